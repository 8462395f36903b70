"""Reads of the official geography: codes to towns, territories to towns, towns to labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from beffroi.foundations.dates import format_date
from beffroi.foundations.territories.models import (
    DepartmentPeriod,
    FormerCode,
    IntercommunalityMembership,
    IntercommunalityPeriod,
    RegionPeriod,
    Succession,
    Town,
    TownPeriod,
)
from beffroi.foundations.territories.rules import (
    Bearing,
    Lineage,
    Span,
    bearing_on,
    restore_zero,
)

_MANY = 500


class UnknownCode(Exception):
    """No town bears or ever bore this code."""

    def __init__(self, code: str, on: date) -> None:
        self.code = code
        self.on = on
        super().__init__(
            f"Le code commune «\u00a0{code}\u00a0» est inconnu de la géographie officielle "
            f"au {format_date(on)}."
            if code
            else "Le code commune est vide."
        )


class UnknownTerritory(Exception):
    """The text names no territory of that day."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a code stands for on a day. Several `town_ids`: the town was split, a person decides.

    `code` is the code as read, its leading zero restored; `is_successor` says that another town,
    or the same one under another code, stands for it on that day.
    """

    town_ids: tuple[int, ...]
    code: str
    has_restored_zero: bool
    is_successor: bool


@dataclass(frozen=True, slots=True)
class CodeResolver:
    """The codes of every town at every date, in memory: a register of thousands of rows asks it."""

    lineage: Lineage
    bearings: Mapping[str, list[Bearing]]
    former: Mapping[str, list[int]]

    def resolve(self, code: str, *, on: date) -> Resolution:
        """Find the living town, or towns, that an INSEE code stands for on a day.

        A stale code reaches the successor; a code newer than `on` reaches the town that contained
        it then, else its own town. Raises UnknownCode, worded in French.
        """
        wanted, has_restored_zero = restore_zero(code.strip().upper())
        bearing = bearing_on(self.bearings.get(wanted, ()), on)
        if bearing and bearing.span.holds(on):
            return Resolution((bearing.town_id,), wanted, has_restored_zero, is_successor=False)
        towns = self._elsewhere(wanted, bearing, on)
        if towns:
            found = tuple(sorted(towns))
            return Resolution(found, wanted, has_restored_zero, is_successor=True)
        if bearing and not bearing.span.is_over(on):
            return Resolution((bearing.town_id,), wanted, has_restored_zero, is_successor=False)
        raise UnknownCode(code.strip(), on)

    def _elsewhere(self, code: str, bearing: Bearing | None, on: date) -> frozenset[int]:
        carriers = self.lineage.carriers(bearing.town_id, on) if bearing else frozenset()
        return carriers or self._from_former(code, on)

    def _from_former(self, code: str, on: date) -> frozenset[int]:
        towns = self.lineage.eldest(self.former.get(code, ()))
        return frozenset().union(*(self.lineage.carriers(town, on) for town in towns))


@dataclass(frozen=True, slots=True)
class Territory:
    """A part of the country: `kind` is national, dep, reg or epci; `code` is empty if national."""

    kind: str
    code: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.code}" if self.code else self.kind


@dataclass(frozen=True, slots=True)
class TownLabel:
    """How a town is written on a day."""

    code: str
    name: str
    department_code: str


def load_resolver() -> CodeResolver:
    """Read every town's codes and successions once (three queries)."""
    spans: defaultdict[int, list[Span]] = defaultdict(list)
    bearings: defaultdict[str, list[Bearing]] = defaultdict(list)
    rows = TownPeriod.objects.values_list("town_id", "code", "valid_from", "valid_to")
    for town_id, code, start, end in rows.iterator(chunk_size=10_000):
        span = Span(start, end)
        spans[town_id].append(span)
        bearings[code].append(Bearing(town_id, span))
    former: defaultdict[str, list[int]] = defaultdict(list)
    for code, town_id in FormerCode.objects.values_list("code", "town_id"):
        former[code].append(town_id)
    return CodeResolver(_lineage(spans), dict(bearings), dict(former))


def living_towns(*, on: date) -> Mapping[int, int]:
    """Every town → the town that carries it on that day.

    Itself while it lives; its single successor, or the single town it was part of, otherwise;
    itself again where there is none or several, so that no town is ever lost from a count.
    """
    spans: defaultdict[int, list[Span]] = defaultdict(list)
    for town_id, start, end in TownPeriod.objects.values_list("town_id", "valid_from", "valid_to"):
        spans[town_id].append(Span(start, end))
    lineage = _lineage(spans)
    return {pk: lineage.carrier(pk, on) for pk in Town.objects.values_list("pk", flat=True)}


def find_territory(text: str | None, *, on: date) -> Territory:
    """Read `dep:22`, `reg:53`, `epci:200068989`, `national` or nothing, with the name of that day.

    Raises UnknownTerritory, worded in French.
    """
    kind, _, code = (text or "national").strip().partition(":")
    kind, code = kind.strip().lower(), code.strip().upper()
    if kind == "national" and not code:
        return Territory("national", "", "France entière")
    if kind not in _NAMES:
        raise UnknownTerritory(
            f"Territoire illisible\u202f: «\u00a0{text}\u00a0»\u202f; "
            "attendu\u00a0: national, dep:22, reg:53 ou epci:200068989."
        )
    name = _NAMES[kind](code, on)
    if name is None:
        raise UnknownTerritory(
            f"Aucun territoire «\u00a0{kind}:{code}\u00a0» au {format_date(on)}."
        )
    return Territory(kind, code, name)


def town_ids_in(territory: Territory, *, on: date) -> frozenset[int] | None:
    """The living towns of a territory on a day; None stands for the whole country."""
    if territory.kind == "national":
        return None
    if territory.kind == "epci":
        rows = IntercommunalityMembership.objects.as_of(on).filter(
            intercommunality__siren=territory.code
        )
        return frozenset(rows.values_list("town_id", flat=True))
    towns = TownPeriod.objects.as_of(on)
    if territory.kind == "dep":
        towns = towns.filter(department__code=territory.code)
    else:
        departments = DepartmentPeriod.objects.as_of(on).filter(region__code=territory.code)
        towns = towns.filter(department_id__in=departments.values("department_id"))
    return frozenset(towns.values_list("town_id", flat=True))


def department_towns(department_ids: Iterable[int]) -> QuerySet[Any, dict[str, Any]]:
    """The towns of départements, as a subquery of `town_id`.

    A town belongs to the département of its last period, so that one that merged stays with those
    who followed it.
    """
    later = TownPeriod.objects.filter(
        town_id=OuterRef("town_id"), valid_from__gte=OuterRef("valid_to")
    )
    rows = TownPeriod.objects.filter(department_id__in=department_ids)
    return rows.filter(~Exists(later)).values("town_id")


def town_labels(ids: Iterable[int], *, on: date) -> dict[int, TownLabel]:
    """Code, name and département of towns on a day.

    A town that no longer lives, or not yet, keeps the label nearest to that day.
    """
    wanted = frozenset(ids)
    rows = TownPeriod.objects.all()
    if len(wanted) <= _MANY:
        rows = rows.filter(town_id__in=wanted)
    written: defaultdict[int, list[tuple[Bearing, TownLabel]]] = defaultdict(list)
    columns = ("town_id", "valid_from", "valid_to", "code", "name", "department__code")
    for town_id, start, end, *label in rows.values_list(*columns):
        if town_id in wanted:
            written[town_id].append((Bearing(town_id, Span(start, end)), TownLabel(*label)))
    return {town_id: _label_on(labels, on) for town_id, labels in written.items()}


def _label_on(labels: list[tuple[Bearing, TownLabel]], on: date) -> TownLabel:
    nearest = bearing_on((bearing for bearing, _ in labels), on)
    return next(label for bearing, label in labels if bearing is nearest)


def _lineage(spans: Mapping[int, list[Span]]) -> Lineage:
    successors: defaultdict[int, list[tuple[int, date]]] = defaultdict(list)
    predecessors: defaultdict[int, list[tuple[int, date]]] = defaultdict(list)
    columns = ("predecessor_id", "successor_id", "happened_on")
    for predecessor, successor, day in Succession.objects.values_list(*columns):
        successors[predecessor].append((successor, day))
        predecessors[successor].append((predecessor, day))
    return Lineage(dict(spans), dict(successors), dict(predecessors))


def _department_name(code: str, on: date) -> str | None:
    rows = DepartmentPeriod.objects.as_of(on).filter(department__code=code)
    return rows.values_list("name", flat=True).first()


def _region_name(code: str, on: date) -> str | None:
    rows = RegionPeriod.objects.as_of(on).filter(region__code=code)
    return rows.values_list("name", flat=True).first()


def _intercommunality_name(code: str, on: date) -> str | None:
    rows = IntercommunalityPeriod.objects.as_of(on).filter(intercommunality__siren=code)
    return rows.values_list("name", flat=True).first()


_NAMES = {"dep": _department_name, "reg": _region_name, "epci": _intercommunality_name}
