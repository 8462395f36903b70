"""The yearly npm packages of the official geography: folders `cog-YYYY/data/*.json`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from sys import intern
from typing import Any

from .rules import Commune, Edition

_FOLDER = re.compile(r"cog-(\d{4})")
_FILES = ("regions", "departements", "communes", "epci")
_ABSORBED = {
    "commune-deleguee": "chefLieu",
    "commune-associee": "chefLieu",
    "arrondissement-municipal": "commune",
}


class CogRefused(Exception):
    """The packages cannot be read; the text says why, in French."""


class PackagesMissing(CogRefused):
    """No package at all under the folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"Aucun millésime de la géographie officielle sous {folder}\u00a0: "
            "lancez «\u00a0make setup\u00a0» pour installer les paquets."
        )


class UnknownVintage(CogRefused):
    """No package of this year."""

    def __init__(self, year: int, available: Iterable[int]) -> None:
        self.year = year
        names = ", ".join(map(str, available))
        super().__init__(
            f"Le millésime {year} n’est pas installé. Millésimes présents\u00a0: {names}."
        )


class UnreadablePackage(CogRefused):
    """A file is missing, broken, or not in the expected form."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"Fichier illisible\u00a0: {path} ({reason}).")


def available_vintages(folder: Path) -> list[int]:
    """The years installed under `folder`. Raises PackagesMissing when there is none."""
    names = [entry.name for entry in folder.iterdir()] if folder.is_dir() else []
    years = sorted(int(match[1]) for name in names if (match := _FOLDER.fullmatch(name)))
    if not years:
        raise PackagesMissing(folder)
    return years


def read_edition(folder: Path, year: int) -> Edition:
    """Read one package. Raises UnknownVintage or UnreadablePackage."""
    available = available_vintages(folder)
    if year not in available:
        raise UnknownVintage(year, available)
    data = folder / f"cog-{year}" / "data"
    files = {name: _read_rows(data / f"{name}.json") for name in _FILES}
    try:
        return _edition(year, files)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        reason = f"colonne ou valeur inattendue\u00a0: {error}"
        raise UnreadablePackage(data, reason) from error


def _read_rows(path: Path) -> list[dict[str, Any]]:
    try:
        rows = json.loads(path.read_bytes())
    except OSError as error:
        raise UnreadablePackage(path, "fichier absent") from error
    except ValueError as error:
        raise UnreadablePackage(path, f"JSON mal formé\u00a0: {error}") from error
    if not isinstance(rows, list) or not rows:
        raise UnreadablePackage(path, "une liste non vide était attendue")
    return rows


def _edition(year: int, files: Mapping[str, list[dict[str, Any]]]) -> Edition:
    living = {
        intern(row["code"]): row for row in files["communes"] if row["type"] == "commune-actuelle"
    }
    members = [
        (member, intern(epci["code"]))
        for epci in files["epci"]
        for member in epci["membres"]
        if member["code"] in living
    ]
    sirens = {member["code"]: member.get("siren") for member, _ in members}
    # Until 2021 the overseas collectivities stand on the communes' own rows only.
    overseas = {
        place["code"]: place["nom"]
        for row in living.values()
        if (place := row.get("collectiviteOutremer"))
    }
    return Edition(
        year=year,
        regions=overseas | {row["code"]: row["nom"] for row in files["regions"]},
        departments={code: (code, name) for code, name in overseas.items()}
        | {row["code"]: (row["region"], row["nom"]) for row in files["departements"]},
        communes={code: _commune(row, sirens.get(code)) for code, row in living.items()},
        intercommunalities={row["code"]: (row["type"], row["nom"]) for row in files["epci"]},
        members={intern(member["code"]): siren for member, siren in members},
        containers=_containers(files["communes"], living),
    )


def _commune(row: Mapping[str, Any], siren: str | None) -> Commune:
    department = row.get("departement") or row["collectiviteOutremer"]["code"]
    population = row.get("population")
    # The same few strings come back every year: kept once, six editions weigh little more than one.
    return Commune(
        intern(row["nom"]),
        intern(department),
        intern(row.get("siren") or siren or "") or None,
        None if population is None else int(population),
    )


def _containers(rows: Iterable[Mapping[str, Any]], living: Mapping[str, Any]) -> dict[str, str]:
    """The living commune of each code that is only a part of it: absorbed communes, municipal
    arrondissements. A delegated commune's own row is the surest."""
    found = {old: code for code, row in living.items() for old in row.get("anciensCodes", ())}
    found |= {
        row["code"]: row[whole]
        for row in rows
        if (whole := _ABSORBED.get(row["type"])) and row[whole] in living
    }
    return {intern(old): intern(code) for old, code in found.items() if old not in living}
