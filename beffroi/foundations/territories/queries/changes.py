"""What happened to towns and EPCI, in a form that two states of the database compare by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Literal, NamedTuple

from django.db.models import Count, Model

from ..models import (
    IntercommunalityMembership,
    IntercommunalityPeriod,
    Succession,
    TownPeriod,
)

Kind = Literal[
    "merged",
    "absorbed",
    "split",
    "created",
    "ended",
    "renamed",
    "recoded",
    "department",
    "epci",
    "epci_created",
    "epci_renamed",
    "epci_ended",
]
ABOUT_EPCI = frozenset({"epci_created", "epci_renamed", "epci_ended"})
_OWN_APP = "territories"


class OfficialChange(NamedTuple):
    """What befell a town, or an EPCI for the `epci_…` kinds; `before` and `after` as written."""

    kind: Kind
    subject_id: int
    before: str
    after: str


class _Period(NamedTuple):
    start: date | None
    end: date | None
    code: str
    name: str
    department: str

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


_Dated = Iterator[tuple[OfficialChange, date]]


def official_changes() -> dict[OfficialChange, tuple[date, ...]]:
    """Every change the database tells, with the days it took place on (six queries)."""
    periods = _town_periods()
    found: defaultdict[OfficialChange, list[date]] = defaultdict(list)
    for changes in (_successions(periods), _descriptions(periods), _memberships(), _groups()):
        for change, day in changes:
            found[change].append(day)
    return {change: tuple(sorted(days)) for change, days in found.items()}


def followed_rows(model: type[Model]) -> dict[int, dict[str, int]]:
    """What other apps keep on each row of a model of this one: key → count by plural name.

    Found through the relations, so that the register above needs no mention here.
    """
    found: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for relation in model._meta.related_objects:  # noqa: SLF001
        follower = relation.related_model
        if isinstance(follower, str) or follower._meta.app_label == _OWN_APP:  # noqa: SLF001
            continue
        name, field = str(follower._meta.verbose_name_plural), relation.field.name  # noqa: SLF001
        rows = follower._base_manager.filter(**{f"{field}__isnull": False})  # noqa: SLF001
        counts = rows.order_by().values_list(field).annotate(count=Count("pk"))
        for key, count in counts:
            found[key][name] = found[key].get(name, 0) + count
    return dict(found)


def _town_periods() -> dict[int, list[_Period]]:
    periods: defaultdict[int, list[_Period]] = defaultdict(list)
    columns = ("town_id", "valid_from", "valid_to", "code", "name", "department__code")
    for town_id, *period in TownPeriod.objects.values_list(*columns):
        periods[town_id].append(_Period(*period))
    for rows in periods.values():
        rows.sort(key=lambda period: period.start or date.min)
    return dict(periods)


def _successions(periods: dict[int, list[_Period]]) -> _Dated:
    heirs: defaultdict[tuple[int, date], list[str]] = defaultdict(list)
    absorbed: defaultdict[tuple[int, date], list[str]] = defaultdict(list)
    born: set[tuple[int, date]] = set()
    rows = Succession.objects.values_list("predecessor_id", "successor_id", "happened_on")
    for old, new, day in rows:
        heirs[old, day].append(_at_start(periods.get(new, ()), day))
        born.add((new, day))
        if (ended := _ending(periods.get(old, ()), day)) and _at_end(periods.get(new, ()), day):
            absorbed[new, day].append(str(ended))
    for (town, day), names in absorbed.items():
        heir = _at_start(periods[town], day)
        yield OfficialChange("absorbed", town, ", ".join(sorted(names)), heir), day
    for (town, day), names in heirs.items():
        ended = _ending(periods.get(town, ()), day)
        kind: Kind = "merged" if ended and len(names) == 1 else "split"
        label = str(ended) if ended else _at_end(periods.get(town, ()), day)
        yield OfficialChange(kind, town, label, ", ".join(sorted(names))), day
    for town, own in periods.items():
        first, last = own[0], own[-1]
        if first.start and (town, first.start) not in born:
            yield OfficialChange("created", town, "", str(first)), first.start
        if last.end and (town, last.end) not in heirs:
            yield OfficialChange("ended", town, str(last), ""), last.end


def _ending(own: list[_Period] | tuple[()], day: date) -> _Period | None:
    """The period that a life ends with on that day."""
    if any(period.start == day for period in own):
        return None
    return next((period for period in own if period.end == day), None)


def _at_start(own: list[_Period] | tuple[()], day: date) -> str:
    return next((str(p) for p in own if (p.start or date.min) <= day < (p.end or date.max)), "")


def _at_end(own: list[_Period] | tuple[()], day: date) -> str:
    return next((str(p) for p in own if (p.start or date.min) < day <= (p.end or date.max)), "")


def _descriptions(periods: dict[int, list[_Period]]) -> _Dated:
    for town, own in periods.items():
        for before, after in pairwise(own):
            if before.end is None or before.end != after.start:
                continue
            if before.name != after.name:
                yield OfficialChange("renamed", town, str(before), str(after)), before.end
            if before.code != after.code:
                yield OfficialChange("recoded", town, str(before), str(after)), before.end
            if before.department != after.department:
                yield (
                    OfficialChange("department", town, before.department, after.department),
                    before.end,
                )


def _memberships() -> _Dated:
    names = _latest_names()
    own: defaultdict[int, list[tuple[date | None, date | None, int]]] = defaultdict(list)
    columns = ("town_id", "valid_from", "valid_to", "intercommunality_id")
    for town, start, end, epci in IntercommunalityMembership.objects.values_list(*columns):
        own[town].append((start, end, epci))
    for town, rows in own.items():
        rows.sort(key=lambda row: row[0] or date.min)
        for before, after in pairwise(rows):
            if after[0]:
                old, new = names.get(before[2], ""), names.get(after[2], "")
                yield OfficialChange("epci", town, old, new), after[0]


def _groups() -> _Dated:
    names = _latest_names()
    spans: defaultdict[int, list[tuple[date, date, str]]] = defaultdict(list)
    columns = ("intercommunality_id", "valid_from", "valid_to", "name")
    for epci, first, last, name in IntercommunalityPeriod.objects.values_list(*columns):
        spans[epci].append((first or date.min, last or date.max, name))
    for epci, rows in spans.items():
        rows.sort()
        start, end = rows[0][0], rows[-1][1]
        for before, after in pairwise(rows):
            if before[2] != after[2]:
                yield OfficialChange("epci_renamed", epci, before[2], after[2]), after[0]
        if start != date.min:
            yield OfficialChange("epci_created", epci, "", names[epci]), start
        if end != date.max:
            yield OfficialChange("epci_ended", epci, names[epci], ""), end


def _latest_names() -> dict[int, str]:
    rows = IntercommunalityPeriod.objects.order_by("valid_from").values_list(
        "intercommunality_id", "name", "intercommunality__siren"
    )
    return {epci: f"{name} ({siren})" for epci, name, siren in rows}
