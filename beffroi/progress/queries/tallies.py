"""Rows added up by town in the database, for every day that is asked, in one reading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    F,
    Func,
    IntegerField,
    Max,
    Min,
    QuerySet,
    Sum,
    Value,
    When,
)

from beffroi.offers.calls.models import BrownfieldProject
from beffroi.programme.membership.models import Programme
from beffroi.programme.support.models import ExpertiseMission, RealisedCommitment
from beffroi.programme.support.queries import GIVEN, given_commitments

from ..indicators import Tallied, Tally
from ..indicators.tables import BY_FUNDER, THEME, YEAR

Labels = Mapping[str, Mapping[str, Mapping[int, Tally]]]


class _Hundredths(Func):
    """A decimal of two places as a whole number: SQLite would add decimals up as floats."""

    template = "CAST(ROUND(%(expressions)s * 100) AS BIGINT)"
    output_field = BigIntegerField()


class _Sum(NamedTuple):
    """What the rows of a town add up to, from the day of one rank up to that of another."""

    town: int
    first: int
    end: int
    tally: Tally


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of rows: what it adds up, the day a row counts from, and up to which it counts."""

    rows: QuerySet[Any]
    quantity: str
    since: str
    until: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)


def commitments(programme: Programme, days: Sequence[date]) -> Kind:
    """The decisions that `realised_amount` adds up on any of the days, in order."""
    rows = RealisedCommitment.objects.filter(programme=programme, state__in=GIVEN)
    if len(days) == 1:
        rows = given_commitments(programme, as_of=days[0])
    return Kind(rows, "amount", "decided_on", "cancelled_on", {BY_FUNDER: "funder__name"})


def missions(programme: Programme) -> Kind:
    """Experts' missions."""
    rows = ExpertiseMission.objects.filter(programme=programme)
    by = {BY_FUNDER: "funder__name", THEME: "theme"}
    return Kind(rows, "amount", "notified_on", labels=by)


def brownfields() -> Kind:
    """Laureates of the brownfield fund."""
    return Kind(BrownfieldProject.objects.all(), "area_m2", "decided_on")


@dataclass(frozen=True, slots=True)
class Tallies:
    """The sums of one kind of rows, by town as the register keeps it, over the days asked."""

    sums: tuple[_Sum, ...]
    labels: Labels

    @property
    def towns(self) -> frozenset[int]:
        """The towns that have a row, as the register keeps them."""
        return frozenset(one.town for one in self.sums)

    def on_each_day(self, living: Sequence[Mapping[int, int]]) -> list[Tallied]:
        """What stands on each day, by the town that lives then: `living` says which, day by day."""
        changes: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for town, first, end, (count, hundredths) in self.sums:
            changes[first].append((town, count, hundredths))
            changes[end].append((town, -count, -hundredths))
        standing: dict[int, tuple[int, int]] = {}
        found = []
        for rank, moved in enumerate(living):
            for town, count, hundredths in changes[rank]:
                before = standing.get(town, (0, 0))
                standing[town] = (before[0] + count, before[1] + hundredths)
            labels = _moved_labels(self.labels, moved)
            found.append(Tallied(_moved(standing.items(), moved), labels))
        return found


def add_up(kind: Kind, *, days: Sequence[date], labelled: bool = False) -> Tallies:
    """Add up rows by town, for every day of an ordered sequence; by label on the last one too."""
    rows = kind.rows.filter(**{f"{kind.since}__lte": days[-1]}).order_by()
    is_dated = len(days) > 1
    ranked = rows.annotate(
        first=_rank(kind.since, days) if is_dated else Value(0),
        end=_rank(kind.until, days) if is_dated and kind.until else Value(len(days)),
    )
    found = _added(ranked.values("town_id", "first", "end"), kind)
    sums = tuple(
        _Sum(town, first, end, Tally(count, hundredths or 0))
        for town, first, end, count, hundredths in found
        if first < end
    )
    return Tallies(sums, _labels(rows, kind) if labelled else {})


def _labels(rows: QuerySet[Any], kind: Kind) -> Labels:
    paths: dict[str, Any] = {by: F(path) for by, path in kind.labels.items()}
    paths[YEAR] = _year(rows, kind.since)
    labels: dict[str, dict[str, dict[int, Tally]]] = {}
    for by, path in paths.items():
        named = labels.setdefault(by, {})
        for town, label, count, hundredths in _added(
            rows.annotate(label=path).values("town_id", "label"), kind
        ):
            named.setdefault(str(label), {})[town] = Tally(count, hundredths or 0)
    return labels


def _added(groups: QuerySet[Any, Any], kind: Kind) -> Iterable[Any]:
    names = groups.query.values_select + tuple(groups.query.annotation_select)
    added = groups.annotate(count=Count("pk"), hundredths=Sum(_Hundredths(F(kind.quantity))))
    rows: Iterable[Any] = added.values_list(*names, "count", "hundredths")
    return rows


def _rank(path: str, days: Sequence[date]) -> Case:
    """The rank of the first day that is not before the date; their number where none is."""
    ranks = (When(**{f"{path}__lte": day}, then=Value(rank)) for rank, day in enumerate(days))
    return Case(*ranks, default=Value(len(days)), output_field=IntegerField())


def _year(rows: QuerySet[Any], path: str) -> Case:
    """The year of a date, by comparing alone: SQLite calls Python back to extract it."""
    span = rows.aggregate(first=Min(path), last=Max(path))
    first, last = span["first"] or date.min, span["last"] or date.min
    years = (
        When(**{f"{path}__lte": date(year, 12, 31)}, then=Value(year))
        for year in range(first.year, last.year)
    )
    return Case(*years, default=Value(last.year), output_field=IntegerField())


def _moved(
    sums: Iterable[tuple[int, tuple[int, int]]], living: Mapping[int, int]
) -> dict[int, Tally]:
    """By the town that lives, without those that have nothing."""
    moved: dict[int, Tally] = {}
    for town, (count, hundredths) in sums:
        if count:
            place = living.get(town, town)
            known = moved.get(place)
            one = Tally(count, hundredths)
            moved[place] = known.with_more(one) if known else one
    return moved


def _moved_labels(labels: Labels, living: Mapping[int, int]) -> Labels:
    return {
        by: {label: _moved(sums.items(), living) for label, sums in named.items()}
        for by, named in labels.items()
    }
