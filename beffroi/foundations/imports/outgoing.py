"""The places that exported rows name, written so that an import reads the same place back."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cached_property
from typing import NamedTuple

from django.db.models import F

from beffroi.foundations.territories.models import Intercommunality, RegionPeriod, TownPeriod
from beffroi.foundations.territories.queries import CodeResolver, UnknownCode, load_resolver
from beffroi.foundations.territories.rules import Span


class Written(NamedTuple):
    """A town's code and name."""

    code: str
    name: str


class OutgoingPlaces:
    """Towns, EPCI and régions as files write them, read once for a whole export.

    `today` dates the rows that carry no date of their own, as the import does.
    """

    def __init__(self, *, today: date) -> None:
        self.today = today
        self._written: dict[tuple[int, date], Written] = {}

    def town(self, town_id: int, *, on: date) -> Written:
        """The code that leads an import back to the town on that day, with the name of that code.

        That is the code it bore then. A town that did not live then is written under the nearest
        of its codes that leads back to it, or else, none doing so, under the nearest of all.
        """
        if (town_id, on) not in self._written:
            self._written[town_id, on] = self._write(town_id, on)
        return self._written[town_id, on]

    def siren(self, intercommunality_id: int | None) -> str:
        """The SIREN of an EPCI; empty for none."""
        return self._sirens[intercommunality_id] if intercommunality_id else ""

    def region(self, region_id: int | None) -> str:
        """The latest name of a région; empty for none."""
        return self._regions[region_id] if region_id else ""

    def _write(self, town_id: int, on: date) -> Written:
        periods = self._periods[town_id]
        for span, written in periods:
            if span.holds(on):
                return written
        by_distance = sorted(periods, key=lambda period: _days_away(period[0], on))
        candidates = [written for _, written in by_distance]
        found = (each for each in candidates if self._leads_to(town_id, each.code, on))
        return next(found, candidates[0])

    def _leads_to(self, town_id: int, code: str, on: date) -> bool:
        try:
            return self._resolver.resolve(code, on=on).town_ids == (town_id,)
        except UnknownCode:
            return False

    @cached_property
    def _periods(self) -> dict[int, list[tuple[Span, Written]]]:
        periods: defaultdict[int, list[tuple[Span, Written]]] = defaultdict(list)
        rows = TownPeriod.objects.values_list("town_id", "valid_from", "valid_to", "code", "name")
        for town_id, start, end, code, name in rows.iterator(chunk_size=10_000):
            periods[town_id].append((Span(start, end), Written(code, name)))
        return dict(periods)

    @cached_property
    def _resolver(self) -> CodeResolver:
        return load_resolver()

    @cached_property
    def _sirens(self) -> dict[int, str]:
        return dict(Intercommunality.objects.values_list("pk", "siren"))

    @cached_property
    def _regions(self) -> dict[int, str]:
        in_time = RegionPeriod.objects.order_by(F("valid_from").asc(nulls_first=True))
        return dict(in_time.values_list("region_id", "name"))


def _days_away(span: Span, on: date) -> int:
    if span.end is not None and span.end <= on:
        return (on - span.end).days + 1
    return (span.start - on).days if span.start is not None and span.start > on else 0
