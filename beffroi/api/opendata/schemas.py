"""The columns of a dataset as a Table Schema (https://specs.frictionlessdata.io/table-schema/)."""

from __future__ import annotations

from typing import Any

from .declaration import Dataset, Field

_TABLE_SCHEMA = "https://specs.frictionlessdata.io/schemas/table-schema.json"


def table_schema(
    dataset: Dataset, *, address: str, homepage: str, placed: str = ""
) -> dict[str, Any]:
    """The schema that every CSV file of the dataset obeys; `address` is the schema's own, `placed`
    says how many rows have a point on the map."""
    schema: dict[str, Any] = {
        "$schema": _TABLE_SCHEMA,
        "name": dataset.code,
        "title": dataset.title,
        "description": " ".join(filter(None, (dataset.description, *dataset.gaps, placed))),
        "countryCode": "FR",
        "homepage": homepage,
        "path": address,
        "fields": [_field(column) for column in dataset.fields],
        "missingValues": [""],
    }
    if dataset.conforms_to:
        schema["sources"] = [{"title": "Schéma dont viennent les colonnes"}]
        schema["sources"][0]["path"] = dataset.conforms_to
    if dataset.key:
        schema["primaryKey"] = list(dataset.key)
    return schema


def _field(column: Field) -> dict[str, Any]:
    described: dict[str, Any] = {"name": column.name, "title": column.title, "type": column.type}
    if column.description:
        described["description"] = column.description
    if column.example:
        described["example"] = column.example
    if column.type == "boolean":
        described |= {"trueValues": ["oui"], "falseValues": ["non"]}
    if column.constraints:
        described["constraints"] = dict(column.constraints)
    return described
