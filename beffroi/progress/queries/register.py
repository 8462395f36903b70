"""The dated lines of the register, read once for any of some days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from beffroi.club.events.queries import towns_met_first
from beffroi.foundations.territories.queries import load_carriers
from beffroi.programme.agreements.models import AgreementKind
from beffroi.programme.agreements.queries import CoveragePeriod, coverage_periods
from beffroi.programme.agreements.rules import is_made_up
from beffroi.programme.membership.models import Designation, PostVacancy, Programme
from beffroi.programme.membership.rules import covers

from ..indicators import Listed, Signature, Towns
from .listed import Posts, list_meetings, list_plans, read_posts
from .tallies import Tallies, add_up, brownfields, commitments, missions

ACTIVE, ORT = "active", "ort"
Signed = dict[str, dict[int, Signature]]
_NAMES = (ACTIVE, *AgreementKind.values, ORT)


class Living(dict[int, int]):
    """Every town → the town that lives on a day: itself, unless it is kept here."""

    def __missing__(self, town: int) -> int:
        return town


class _Stay(NamedTuple):
    """A town in the programme: the last day does not count, an unknown first day is the launch."""

    town: int
    started_on: date | None
    ended_on: date | None


class Known(NamedTuple):
    """What the small tables of the register say of one day."""

    signed: Signed
    posts: Listed
    meetings: Listed
    met: Towns
    vacant: frozenset[str]


@dataclass(frozen=True, slots=True)
class Register:
    """The lines of a programme, whole where they are few and added up by town where they are many.

    `living` says for each of the days which town stands for which; `tallies` are the commitments,
    the missions and the brownfields.
    """

    programme: Programme
    days: tuple[date, ...]
    living: tuple[Living, ...]
    stays: tuple[_Stay, ...]
    coverages: tuple[CoveragePeriod, ...]
    plans: Listed
    posts: Posts
    vacancies: tuple[tuple[str, date, date | None], ...]
    meetings: Listed
    met: dict[int, date]
    tallies: tuple[Tallies, ...]

    def on(self, rank: int) -> Known:
        """The day of that rank."""
        day, living = self.days[rank], self.living[rank]
        posts = self.posts.on(day, living)
        vacant = frozenset(post for post, start, end in self.vacancies if covers(start, end, day))
        return Known(
            signed=self._signed(day, living),
            posts=posts,
            meetings=self.meetings.held_by(day),
            met=frozenset(living[town] for town, first in self.met.items() if first <= day),
            vacant=vacant.intersection(map(str, posts.keys)),
        )

    def _signed(self, day: date, living: Living) -> Signed:
        """Since when, and by which agreement, towns belong to each set: the first counts."""
        signed: Signed = {name: {} for name in _NAMES}
        for name, town, signature in (*self._stays_on(day), *self._coverages_on(day)):
            towns, place = signed[name], living[town]
            towns[place] = min(signature, towns.get(place, signature))
        return signed

    def _stays_on(self, day: date) -> Iterator[tuple[str, int, Signature]]:
        launch = self.programme.launched_on
        if day < launch:
            return
        for town, start, end in self.stays:
            if (start is None or start <= day) and (end is None or end > day):
                yield ACTIVE, town, Signature(start or launch)

    def _coverages_on(self, day: date) -> Iterator[tuple[str, int, Signature]]:
        for one in self.coverages:
            if one.holds(day):
                reference = "" if is_made_up(one.reference) else one.reference
                signature = Signature(one.since, reference)
                yield one.kind, one.town_id, signature
                if one.counts_as_ort:
                    yield ORT, one.town_id, signature


def read_register(
    programme: Programme, days: Sequence[date], *, with_labels: bool = False
) -> Register:
    """Read what the facts of some days, in order, stand on; labels are those of the last day."""
    rows = Designation.objects.filter(programme=programme)
    stays = tuple(_Stay(*row) for row in rows.values_list("town_id", "started_on", "ended_on"))
    coverages = tuple(coverage_periods(programme))
    posts, met = read_posts(programme), towns_met_first(days[-1])
    tallies = tuple(
        add_up(kind, days=days, labelled=with_labels)
        for kind in (commitments(programme, days), missions(programme), brownfields())
    )
    vacancies = PostVacancy.objects.filter(post__programme=programme)
    named: Iterable[int] = (one.town for one in stays)
    covered = (one.town_id for one in coverages)
    towns = {*named, *covered, *posts.towns, *met}.union(*(tally.towns for tally in tallies))
    carriers = load_carriers(towns)
    return Register(
        programme=programme,
        days=tuple(days),
        living=tuple(Living(carriers.on(day)) for day in days),
        stays=stays,
        coverages=coverages,
        plans=list_plans(programme),
        posts=posts,
        vacancies=tuple(vacancies.values_list("post__reference", "started_on", "ended_on")),
        meetings=list_meetings(days[-1]),
        met=met,
        tallies=tallies,
    )
