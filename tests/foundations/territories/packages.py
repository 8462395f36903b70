"""Small packages of the same form as those of npm, written in a temporary folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

REGIONS = [{"code": "28", "nom": "Normandie"}, {"code": "93", "nom": "Provence"}]
DEPARTMENTS = [
    {"code": "14", "region": "28", "nom": "Calvados"},
    {"code": "04", "region": "93", "nom": "Alpes-de-Haute-Provence"},
]


def commune(
    code: str, name: str, *former: str, siren: str | None = None, population: int | None = 1_000
) -> dict[str, Any]:
    """A living commune; `former` codes were absorbed by it."""
    row: dict[str, Any] = {"code": code, "nom": name, "type": "commune-actuelle"}
    row["departement"] = code[:2]
    row["siren"] = siren or f"21{code}00"
    if population is not None:
        row["population"] = population
    if former:
        row["anciensCodes"] = list(former)
    return row


def delegated(code: str, head: str) -> dict[str, Any]:
    """A former commune, now a part of `head`."""
    return {"code": code, "nom": f"Part {code}", "type": "commune-deleguee", "chefLieu": head}


def write_package(
    folder: Path,
    year: int,
    communes: list[dict[str, Any]],
    epci: dict[str, list[str]] | None = None,
    **files: Any,
) -> None:
    """The package of a year; `epci` maps a SIREN to the codes of its members."""
    groups = [
        {
            "code": siren,
            "nom": f"CC {siren}",
            "type": "CC",
            "membres": [{"code": code, "siren": f"21{code}00"} for code in members],
        }
        for siren, members in (epci or {"200000001": [communes[0]["code"]]}).items()
    ]
    content = {
        "regions": REGIONS,
        "departements": DEPARTMENTS,
        "communes": communes,
        "epci": groups,
    } | files
    data = folder / f"cog-{year}" / "data"
    data.mkdir(parents=True, exist_ok=True)
    for name, rows in content.items():
        (data / f"{name}.json").write_text(json.dumps(rows), encoding="utf-8")
