"""The dated lines of the register, read once for any of some days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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


class _Member(NamedTuple):
    """A town that belongs to some sets of towns, from a day up to, not including, another."""

    town: int
    first: date
    end: date | None
    sets: tuple[str, ...]
    signature: Signature


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
    members: tuple[_Member, ...]
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
        for town, first, end, names, signature in self.members:
            if first <= day and (end is None or end > day):
                place = living.get(town, town)
                for name in names:
                    towns = signed[name]
                    towns[place] = min(signature, towns.get(place, signature))
        return signed


def read_register(
    programme: Programme, days: Sequence[date], *, with_labels: bool = False
) -> Register:
    """Read what the facts of some days, in order, stand on; labels are those of the last day."""
    members = (*_stays(programme), *map(_covered, coverage_periods(programme)))
    posts, met = read_posts(programme), towns_met_first(days[-1])
    tallies = tuple(
        add_up(kind, days=days, labelled=with_labels)
        for kind in (commitments(programme, days), missions(programme), brownfields())
    )
    vacancies = PostVacancy.objects.filter(post__programme=programme)
    named = (one.town for one in members)
    towns = {*named, *posts.towns, *met}.union(*(tally.towns for tally in tallies))
    carriers = load_carriers(towns)
    return Register(
        programme=programme,
        days=tuple(days),
        living=tuple(Living(carriers.on(day)) for day in days),
        members=members,
        plans=list_plans(programme),
        posts=posts,
        vacancies=tuple(vacancies.values_list("post__reference", "started_on", "ended_on")),
        meetings=list_meetings(days[-1]),
        met=met,
        tallies=tallies,
    )


def _stays(programme: Programme) -> Iterator[_Member]:
    """The towns of the programme; an unknown first day is the launch, and none comes before it."""
    rows = Designation.objects.filter(programme=programme)
    launch = programme.launched_on
    for town, start, end in rows.values_list("town_id", "started_on", "ended_on"):
        since = start or launch
        yield _Member(town, max(since, launch), end, (ACTIVE,), Signature(since))


def _covered(one: CoveragePeriod) -> _Member:
    reference = "" if is_made_up(one.reference) else one.reference
    sets = (one.kind, ORT) if one.counts_as_ort else (one.kind,)
    signature = Signature(one.since, reference)
    return _Member(one.town_id, one.first_on, one.until, sets, signature)
