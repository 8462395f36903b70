"""The API described for people, from the OpenAPI document itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from shlex import quote
from typing import Any
from urllib.parse import urlencode

from .description import REFUSALS

_DEEPEST = 6
_TYPES = {
    "string": "texte",
    "integer": "nombre entier",
    "number": "nombre",
    "boolean": "vrai ou faux",
    "array": "liste",
    "object": "objet",
    "null": "null",
}
_FORMATS = {"date": "date", "date-time": "date et heure"}


@dataclass(frozen=True, slots=True)
class Described:
    """A parameter or a property: its name, its type in words, what it says, an example."""

    name: str
    kind: str
    text: str
    example: str = ""
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class OperationPage:
    """An operation as the page shows it."""

    anchor: str
    title: str
    text: str
    path: str
    parameters: tuple[Described, ...]
    example: str
    fields: tuple[Described, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A status that says no."""

    status: str
    title: str
    example: str


@dataclass(frozen=True, slots=True)
class Subject:
    """The operations on one subject."""

    title: str
    operations: tuple[OperationPage, ...]


def subjects_of(document: dict[str, Any]) -> list[Subject]:
    """The operations of a document, by subject, in its order."""
    found: dict[str, list[OperationPage]] = {}
    for path, methods in document["paths"].items():
        for operation in methods.values():
            title = operation.get("tags", ["Autres"])[0]
            found.setdefault(title, []).append(_operation(document, path, operation))
    return [Subject(title, tuple(operations)) for title, operations in found.items()]


def refusals() -> list[Refusal]:
    """How the API says no."""
    return [Refusal(status, title, example) for status, (_, title, example) in REFUSALS.items()]


def _operation(document: dict[str, Any], path: str, operation: dict[str, Any]) -> OperationPage:
    base = document["servers"][0]["url"]
    content = operation["responses"]["200"].get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    return OperationPage(
        anchor=operation["operationId"].replace("_", "-"),
        title=operation["summary"],
        text=operation["description"],
        path=path,
        parameters=tuple(map(_parameter, operation["parameters"])),
        example=f"curl {quote(base + _example(path, operation['parameters']))}",
        fields=tuple(_fields(document["components"]["schemas"], schema)),
    )


def _parameter(parameter: dict[str, Any]) -> Described:
    schema = parameter["schema"]
    text = parameter.get("description", "")
    if "enum" in schema:
        text = f"{text} L’un de\u00a0: {', '.join(map(str, schema['enum']))}."
    if "maximum" in schema and "minimum" in schema:
        text = f"{text} De {schema['minimum']} à {schema['maximum']}."
    if "default" in schema:
        text = f"{text} Par défaut\u00a0: {schema['default']}."
    return Described(
        parameter["name"],
        _kind({}, schema),
        text,
        str(parameter.get("example", "")),
        is_required=parameter["required"],
    )


def _example(path: str, parameters: Iterable[dict[str, Any]]) -> str:
    """The path with the example of its parameters, and with the first one that narrows."""
    narrowing: dict[str, str] = {}
    for parameter in parameters:
        example = parameter.get("example")
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", str(example))
        elif example is not None and (parameter["required"] or not narrowing):
            narrowing[parameter["name"]] = str(example)
    return f"{path}?{urlencode(narrowing)}" if narrowing else path


def _fields(
    schemas: dict[str, Any], schema: dict[str, Any], before: str = "", depth: int = 0
) -> Iterator[Described]:
    """Every property that an answer may hold, at any depth, by its dotted name."""
    schema = _inner(schemas, schema)
    for name, one in schema.get("properties", {}).items():
        whole = f"{before}{name}"
        yield Described(whole, _kind(schemas, one), one.get("description", ""))
        if depth < _DEEPEST:
            yield from _below(schemas, one, whole, depth)


def _below(
    schemas: dict[str, Any], schema: dict[str, Any], whole: str, depth: int
) -> Iterator[Described]:
    inner = _inner(schemas, schema)
    while True:
        if inner.get("type") == "array":
            whole, inner = f"{whole}[]", _inner(schemas, inner.get("items", {}))
        elif isinstance(inner.get("additionalProperties"), dict):
            whole, inner = f"{whole}.*", _inner(schemas, inner["additionalProperties"])
        else:
            break
    yield from _fields(schemas, inner, f"{whole}.", depth + 1)


def _inner(schemas: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """The schema itself, without its name nor the null beside it."""
    real = [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]
    if len(real) == 1:
        schema = real[0]
    if "$ref" in schema:
        found: dict[str, Any] = schemas[schema["$ref"].rpartition("/")[2]]
        return found
    return schema


def _kind(schemas: dict[str, Any], schema: dict[str, Any]) -> str:
    choices = schema.get("anyOf", (schema,))
    words: list[str] = []
    for choice in choices:
        inner = _inner(schemas, choice)
        word = _FORMATS.get(inner.get("format", "")) or _TYPES.get(inner.get("type", ""), "valeur")
        if word == "nombre entier" and any(one.get("type") == "number" for one in choices):
            continue  # an integer is a number
        words.append(word)
    return " ou ".join(dict.fromkeys(words))
