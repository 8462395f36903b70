"""What a write does to each row of a file, in the words of the file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

from beffroi.foundations.money import format_amount, format_number
from beffroi.foundations.territories.models import IntercommunalityPeriod, RegionPeriod
from beffroi.foundations.territories.queries import town_labels
from beffroi.foundations.upsert import Change

# All the values of a column at once, so that names are looked up once: value → its words.
Words = Callable[[Collection[Any]], Mapping[Any, str]]


class Difference(NamedTuple):
    """A cell that the register will say otherwise, as a person reads it; empty for nothing."""

    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """What becomes of one row, and the cells that change."""

    change: Change
    differences: tuple[Difference, ...] = ()


class Shown(NamedTuple):
    """How an attribute of the register is told: its column in the file, and its words."""

    column: str
    words: Words


class Told(Protocol):
    """What an action says it did to a row or a document."""

    @property
    def change(self) -> Change: ...

    @property
    def differences(self) -> Mapping[str, tuple[Any, Any]]: ...


def row_changes(written: Sequence[Told], shown: Mapping[str, Shown]) -> list[RowChange]:
    """Word what was done to each row. `shown` is by attribute; one it leaves out is not told."""
    words = _dictionary((item.differences for item in written), shown)
    return [RowChange(item.change, _worded(item.differences, shown, words)) for item in written]


def _worded(
    differences: Mapping[str, tuple[Any, Any]],
    shown: Mapping[str, Shown],
    words: Mapping[str, Mapping[Any, str]],
) -> tuple[Difference, ...]:
    """By column: two attributes may share one (an employer, town or EPCI)."""
    told: dict[str, Difference] = {}
    for name, (old, new) in differences.items():
        if name in shown:
            column = shown[name].column
            before = told.get(column, Difference(column, "", ""))
            told[column] = Difference(
                column, before.old or words[name][old], before.new or words[name][new]
            )
    return tuple(told.values())


def _dictionary(
    differences: Iterable[Mapping[str, tuple[Any, Any]]], shown: Mapping[str, Shown]
) -> dict[str, dict[Any, str]]:
    values: defaultdict[str, set[Any]] = defaultdict(set)
    for difference in differences:
        for name, pair in difference.items():
            values[name].update(pair)
    return {
        name: {None: "", **shown[name].words(found - {None})}
        for name, found in values.items()
        if name in shown
    }


def each(word: Callable[[Any], str]) -> Words:
    """Words that need no look-up: each value by itself."""
    return lambda values: {value: word(value) for value in values}


def day_in_words(value: date) -> str:
    """`31/12/2022`."""
    return f"{value:%d/%m/%Y}"


def _euros(value: Decimal) -> str:
    return format_amount(value, decimals=2)


def _number(value: Decimal | int) -> str:
    return format_number(value.normalize() + 0 if isinstance(value, Decimal) else value)


as_text = each(str)
as_days = each(day_in_words)
as_euros = each(_euros)
as_numbers = each(_number)
as_yes_or_no = each(lambda value: "oui" if value else "non")


def as_towns(ids: Collection[int]) -> dict[int, str]:
    """`Mansle-les-Fontaines (16206)`, under its latest name."""
    labels = town_labels(ids, on=date.max)
    return {pk: f"{label.name} ({label.code})" for pk, label in labels.items()}


def as_intercommunalities(ids: Collection[int]) -> dict[int, str]:
    """`CC de la Plaine (200069425)`, under its latest name."""
    rows = IntercommunalityPeriod.objects.filter(intercommunality__in=ids).order_by("valid_from")
    return {
        pk: f"{name} ({siren})"
        for pk, name, siren in rows.values_list(
            "intercommunality_id", "name", "intercommunality__siren"
        )
    }


def as_regions(ids: Collection[int]) -> dict[int, str]:
    """The name of a région, its latest."""
    rows = RegionPeriod.objects.filter(region__in=ids).order_by("valid_from")
    return dict(rows.values_list("region_id", "name"))
