"""A file of centres: points of communes or of EPCI, in GeoJSON (RFC 7946)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

_TOWN_CODES = ("insee_com", "CODGEO", "codgeo", "code_insee", "INSEE_COM", "code")
_SIREN = "siren_epci"
_DEGREES = ("crs84", "4326")
_DECIMALS = 5  # about a metre
_SHOWN = 60


class UnreadableCentres(Exception):
    """The file is missing or is not a GeoJSON of points; the text says why, in French."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"Fichier de centres illisible\u00a0: {path.name} ({reason}).")


class CentreKind(StrEnum):
    """What the points are the centres of."""

    TOWN = "commune"
    INTERCOMMUNALITY = "epci"


@dataclass(frozen=True, slots=True)
class CentreFeature:
    """A point of the file: its place among the features (the first is 1), its code, its position.

    `fault` says in French why it cannot be placed.
    """

    number: int
    code: str
    longitude: float = 0.0
    latitude: float = 0.0
    fault: str = ""


@dataclass(frozen=True, slots=True)
class CentresFile:
    """What the file holds."""

    kind: CentreKind
    features: tuple[CentreFeature, ...]


def read_centres(path: Path) -> CentresFile:
    """Read every feature. Raises UnreadableCentres."""
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise UnreadableCentres(path, "ce n’est pas un fichier JSON en UTF-8") from error
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or not features:
        raise UnreadableCentres(path, "il ne contient aucun point")
    projection = str((content.get("crs") or {}).get("properties", {}).get("name", "crs84")).lower()
    if not any(known in projection for known in _DEGREES):
        raise UnreadableCentres(path, f"projection inconnue\u00a0: {projection[:_SHOWN]}")
    code, kind = _code_column(path, features[0])
    read = (
        _feature(number, one, code)
        for number, one in enumerate(features, start=1)
        if not _is_other(one, kind)
    )
    return CentresFile(kind, tuple(read))


def _code_column(path: Path, first: Any) -> tuple[str, CentreKind]:
    names = _properties(first)
    if _SIREN in names:
        return _SIREN, CentreKind.INTERCOMMUNALITY
    found = next((name for name in _TOWN_CODES if name in names), None)
    if found is None:
        columns = ", ".join((*_TOWN_CODES, _SIREN))
        raise UnreadableCentres(path, f"aucun code parmi ses propriétés\u00a0: {columns}")
    return found, CentreKind.TOWN


def _is_other(feature: Any, kind: CentreKind) -> bool:
    """True for the parts of the Paris metropolis that a file of EPCI lists beside it."""
    return kind is CentreKind.INTERCOMMUNALITY and _properties(feature).get("type") == "ept"


def _feature(number: int, feature: Any, column: str) -> CentreFeature:
    code = str(_properties(feature).get(column) or "").strip()
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    try:
        if not geometry or geometry["type"] != "Point":
            raise ValueError
        longitude, latitude = (round(float(one), _DECIMALS) for one in geometry["coordinates"][:2])
    except (KeyError, TypeError, ValueError):
        return CentreFeature(number, code, fault="ce n’est pas un point")
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):  # noqa: PLR2004 - degrees
        return CentreFeature(number, code, fault="ce point n’est pas en degrés")
    return CentreFeature(number, code, longitude, latitude)


def _properties(feature: Any) -> dict[str, Any]:
    found = feature.get("properties") if isinstance(feature, dict) else None
    return found if isinstance(found, dict) else {}
