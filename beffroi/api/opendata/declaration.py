"""What a dataset is: its words, its columns, how its rows are read. One declaration each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from beffroi.foundations.spreadsheets import Cell

from .edition import Edition

Row = tuple[Cell, ...]
Point = tuple[float, float]  # longitude then latitude, in degrees (WGS 84)

_FIRST_PUBLISHED = date(2026, 11, 24)


@dataclass(frozen=True, slots=True)
class Field:
    """A column, as Table Schema describes it: `type` and `constraints` are its own words."""

    name: str
    title: str
    description: str = ""
    type: str = "string"
    example: str = ""
    constraints: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dataset:
    """A set of rows that everybody may read, as of a day.

    `read` gives the rows of an edition, one cell per field, in an order that does not change.
    `count` counts them where reading them all would be long. `gaps` says in French what the
    columns do not hold. `conforms_to` is the public scheme that the columns come from. `is_frozen`
    tells the figures that come from published reports alone. `points` gives, where the rows have a
    place on a map, its coordinates by the text of the column `located_by`.
    """

    code: str
    title: str
    description: str
    keywords: tuple[str, ...]
    fields: tuple[Field, ...]
    read: Callable[[Edition], Iterable[Row]]
    key: tuple[str, ...] = ()
    count: Callable[[Edition], int] | None = None
    gaps: tuple[str, ...] = ()
    conforms_to: str = ""
    is_frozen: bool = False
    first_published: date = _FIRST_PUBLISHED
    points: Callable[[Edition], Mapping[str, Point]] | None = None
    located_by: str = ""

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.fields)


def insee_com(title: str = "Code INSEE de la commune") -> Field:
    """The code of a commune as of the day of the version."""
    return Field(
        "insee_com",
        title,
        "Code officiel de la commune à la date de la version, après fusions et scissions.",
        example="22050",
        constraints={"pattern": "[0-9][0-9AB][0-9]{3}"},
    )


def lib_com() -> Field:
    """The name that goes with `insee_com`."""
    return Field("lib_com", "Nom de la commune", "Nom à la date de la version.", example="Dinan")


def siren_epci(description: str) -> Field:
    """The number of an intercommunality."""
    return Field(
        "siren_epci",
        "SIREN de l’intercommunalité",
        description,
        example="200068989",
        constraints={"pattern": "[0-9]{9}"},
    )


def amount(name: str, title: str, description: str = "") -> Field:
    """An amount in euros."""
    words = description or "Montant en euros."
    return Field(name, title, words, "number", "4607.73", {"minimum": 0})


def day(name: str, title: str, description: str = "", *, is_required: bool = True) -> Field:
    """A day, as ISO 8601 writes it."""
    required = {"required": True} if is_required else {}
    return Field(name, title, description, "date", "2022-09-23", required)
