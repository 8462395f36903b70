"""What the register tells today of the rows that moved between two reports."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Max, Q

from beffroi.foundations.territories.models import Succession, TownPeriod
from beffroi.foundations.territories.queries import (
    UnknownTerritory,
    find_territory,
    moved_towns,
    town_ids_in,
    town_labels,
)
from beffroi.offers.calls.models import BrownfieldProject
from beffroi.programme.agreements.models import AgreementKind, Coverage
from beffroi.programme.agreements.queries import covered_on
from beffroi.programme.agreements.rules import framework_due_on
from beffroi.programme.membership.models import Designation, Programme

from ..comparison import Cause, Circumstances, Comparison, Heir, Kind, Movement, Why
from ..comparison.compare import CODE
from ..indicators.tables import OF_TOWNS
from ..rules import RowKey
from .fates import fates_of

_AGREEMENTS = {
    "adhesion_signed": AgreementKind.ADHESION,
    "adhesion_share": AgreementKind.ADHESION,
    "framework_towns": AgreementKind.FRAMEWORK,
    "ort_towns": AgreementKind.FRAMEWORK,
    "security_towns": AgreementKind.SECURITY,
    "csi_towns": AgreementKind.INTEGRATED_SECURITY,
}
_LATE, _LAUREATES, _MEMBERS = "late_agreements", "brownfield_towns", "active_towns"


def read_circumstances(comparison: Comparison, *, programme: Programme) -> Circumstances:
    """Why rows moved, as far as the register tells; a dozen queries, none where nothing moved."""
    if not any(figure.movements for figure in comparison.figures):
        return Circumstances()
    register = _Register(programme, comparison)
    arrived, departed = register.changes_of_territory()
    return Circumstances(
        heirs=register.heirs(),
        withdrawals=register.withdrawals(),
        joinings=register.joinings(),
        arrived=arrived,
        departed=departed,
        same_places=register.same_places(),
        events=dict(register.events()),
        fates={**register.uncovered(), **fates_of(comparison, programme=programme)},
    )


@dataclass(frozen=True)
class _Register:
    programme: Programme
    comparison: Comparison

    @property
    def first_day(self) -> date:
        """The day of the earlier report."""
        return self.comparison.before.as_of

    @property
    def last_day(self) -> date:
        """The day of the later report."""
        return self.comparison.after.as_of

    @cached_property
    def living(self) -> Mapping[int, int]:
        """The towns that are gone on the last day → the one that stands for each."""
        return moved_towns(on=self.last_day)

    @cached_property
    def left(self) -> frozenset[int]:
        """The towns that left a figure."""
        return frozenset(one.key for one in self._moved(Kind.LEFT) if isinstance(one.key, int))

    @cached_property
    def entered(self) -> frozenset[int]:
        """The towns that entered a figure."""
        return frozenset(one.key for one in self._moved(Kind.ENTERED) if isinstance(one.key, int))

    def _moved(self, *kinds: Kind) -> Iterator[Movement]:
        for figure in self.comparison.figures:
            yield from (one for one in figure.movements if one.kind in kinds)

    def heirs(self) -> dict[int, Heir]:
        """The towns that left because another stands for them, with the day they ended."""
        gone = {town: self.living[town] for town in self.left if town in self.living}
        if not gone:
            return {}
        labels = town_labels(gone.values(), on=self.last_day)
        rows = Succession.objects.filter(predecessor_id__in=gone, happened_on__lte=self.last_day)
        days = rows.values_list("predecessor_id").annotate(day=Max("happened_on"))
        ended: dict[int, date] = dict(days)
        return {town: Heir(heir, str(labels[heir]), ended.get(town)) for town, heir in gone.items()}

    def withdrawals(self) -> dict[int, date]:
        """The last day on which a designation of each town ended, by the later day."""
        rows = self._designations(self.left).filter(ended_on__lte=self.last_day)
        return _latest(self._on_living(rows.values_list("town_id", "ended_on")))

    def joinings(self) -> dict[int, date]:
        """The day on which each town last joined; the launch where the record gives none."""
        rows = self._designations(self.entered).values_list("town_id", "started_on")
        launched_on = self.programme.launched_on
        found = self._on_living((town, day or launched_on) for town, day in rows)
        return _latest((town, day) for town, day in found if day <= self.last_day)

    def _designations(self, towns: Collection[int]) -> Any:
        carried = {gone for gone, heir in self.living.items() if heir in towns} if towns else set()
        return Designation.objects.filter(
            programme=self.programme, town_id__in=carried.union(towns)
        )

    def changes_of_territory(self) -> tuple[frozenset[str], frozenset[str]]:
        """The codes of the towns that came into the territory, and of those that went out."""
        text = self.comparison.after.territory
        try:
            before, after = (
                town_ids_in(find_territory(text, on=day), on=day)
                for day in (self.first_day, self.last_day)
            )
        except UnknownTerritory:
            return frozenset(), frozenset()
        if before is None or after is None:
            return frozenset(), frozenset()
        lasting = {self.living.get(town, town) for town in before}
        gone = {town for town in before if self.living.get(town, town) not in after}
        arrived = town_labels(after - lasting, on=self.last_day)
        departed = town_labels(gone, on=self.first_day)
        return (
            frozenset(label.code for label in arrived.values()),
            frozenset(label.code for label in departed.values()),
        )

    def same_places(self) -> frozenset[tuple[str, str]]:
        """The codes of towns that are written otherwise on the two days, before and after."""
        pairs = {
            pair
            for one in self._moved(Kind.CORRECTED, Kind.CHANGED)
            for change in one.changes
            for pair in zip(CODE.findall(change.before), CODE.findall(change.after), strict=False)
            if pair[0] != pair[1]
        }
        if not pairs:
            return frozenset()
        old = _bearers({before for before, _ in pairs}, on=self.first_day)
        new = _bearers({after for _, after in pairs}, on=self.last_day)
        return frozenset(
            (before, after)
            for before, after in pairs
            if before in old and self.living.get(old[before], old[before]) == new.get(after)
        )

    def events(self) -> Iterator[tuple[tuple[str, RowKey], date]]:
        """The day that put each town into each figure, where the rows of the figure keep none."""
        codes = {
            figure.code
            for figure in self.comparison.figures
            if figure.figure.table in OF_TOWNS and figure.moved(Kind.ENTERED)
        }
        if codes & {*_AGREEMENTS, _LATE}:
            yield from self._signatures(codes)
        if _LAUREATES in codes:
            rows = BrownfieldProject.objects.filter(decided_on__lte=self.last_day)
            for town, day in _earliest(self._on_living(rows.values_list("town_id", "decided_on"))):
                yield (_LAUREATES, town), day

    def _signatures(self, codes: set[str]) -> Iterator[tuple[tuple[str, RowKey], date]]:
        rows: Any = covered_on(self.last_day).filter(agreement__programme=self.programme)
        columns = ("agreement__kind", "agreement__counts_as_ort", "town_id", "since")
        signed = list(rows.values_list(*columns))
        for code in codes & _AGREEMENTS.keys():
            kind = _AGREEMENTS[code]
            days = (
                (town, day)
                for one, counts_as_ort, town, day in signed
                if one == kind and (code != "ort_towns" or counts_as_ort)
            )
            for town, day in _earliest(self._on_living(days)):
                yield (code, town), day
        adhesions = ((t, day) for one, _, t, day in signed if one == AgreementKind.ADHESION)
        for town, day in _earliest(self._on_living(adhesions)) if _LATE in codes else ():
            yield (_LATE, town), framework_due_on(day) + timedelta(days=1)

    def uncovered(self) -> dict[tuple[str, RowKey], Cause]:
        """The towns that amendments took out of their agreements, by the later day."""
        codes = {figure.code for figure in self.comparison.figures if figure.moved(Kind.LEFT)}
        codes &= _AGREEMENTS.keys()
        if not codes:
            return {}
        towns = {*self.left, *(gone for gone, heir in self.living.items() if heir in self.left)}
        rows = Coverage.objects.filter(
            Q(removed_by__signed_on__lte=self.last_day),
            agreement__programme=self.programme,
            town_id__in=towns,
        ).values_list("agreement__kind", "town_id", "removed_by__signed_on")
        days = {(kind, self.living.get(town, town)): day for kind, town, day in rows}
        return {
            (code, town): Cause(Why.UNCOVERED, day)
            for (kind, town), day in days.items()
            for code in codes
            if _AGREEMENTS[code] == kind
        }

    def _on_living(self, rows: Iterable[tuple[int, date]]) -> Iterator[tuple[int, date]]:
        return ((self.living.get(town, town), day) for town, day in rows)


def _bearers(codes: set[str], *, on: date) -> dict[str, int]:
    rows: Any = TownPeriod.objects.as_of(on).filter(code__in=codes)
    return dict(rows.values_list("code", "town_id"))


def _latest(rows: Iterable[tuple[int, date]]) -> dict[int, date]:
    found: dict[int, date] = {}
    for town, day in rows:
        found[town] = max(day, found.get(town, day))
    return found


def _earliest(rows: Iterable[tuple[int, date]]) -> Iterable[tuple[int, date]]:
    found: dict[int, date] = {}
    for town, day in rows:
        found[town] = min(day, found.get(town, day))
    return found.items()
