"""The register as alerts read it on a day: each row on the town that lives then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, CharField, Exists, F, OuterRef, Value

from beffroi.club.events.models import Attendance
from beffroi.foundations.mandates.queries import Scope, rows_within
from beffroi.foundations.territories.models import Town
from beffroi.foundations.territories.queries import living_towns, town_labels
from beffroi.programme.agreements.models import AgreementKind
from beffroi.programme.agreements.queries import covered_on
from beffroi.programme.agreements.rules import Deadline, deadline_of
from beffroi.programme.membership.models import (
    PostHolder,
    PostVacancy,
    ProjectManagerPost,
    ServedTown,
)
from beffroi.programme.membership.queries import designations_on
from beffroi.programme.support.models import ExpertiseMission, RealisedCommitment
from beffroi.programme.support.queries import GIVEN, standing
from beffroi.register.campaigns.queries import freshness_of
from beffroi.register.campaigns.rules import Freshness

from ..rules import Place, Post


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rules need. `met` is None where nobody keeps which towns came to meetings."""

    on: date
    places: Mapping[int, Place]
    deadlines: Mapping[int, Deadline]
    posts: tuple[Post, ...]
    with_mission: frozenset[int]
    with_money: frozenset[int]
    met: frozenset[int] | None
    freshness: Mapping[int, Freshness]


def read_register(scope: Scope, *, on: date, town_ids: Iterable[int] | None = None) -> Reading:
    """Read what concerns the active towns of an area, or those of them that are given, in eleven
    queries for the whole country."""
    carriers = living_towns(on=on)
    active = _active(scope, on, carriers)
    if town_ids is not None:
        active &= frozenset(town_ids)
    given = _given(on, carriers)
    labels = town_labels(active, on=on)
    return Reading(
        on=on,
        places={
            town: Place(town, label.name, label.code, label.department_code)
            for town, label in labels.items()
        },
        deadlines=_deadlines(on, carriers),
        posts=_posts(on, carriers),
        with_mission=given["mission"],
        with_money=given["money"],
        met=given["meeting"] or None,
        freshness=freshness_of(active, on=on),
    )


def _active(scope: Scope, on: date, carriers: Mapping[int, int]) -> frozenset[int]:
    rows = designations_on(on).filter(programme__launched_on__lte=on)
    found = rows_within(rows, scope).values_list("town_id", flat=True)
    return frozenset(carriers[town] for town in found)


def _deadlines(on: date, carriers: Mapping[int, int]) -> dict[int, Deadline]:
    """The eighteen months of each town that signed its adhesion."""
    kinds = (AgreementKind.ADHESION, AgreementKind.FRAMEWORK)
    first: dict[str, dict[int, date]] = {kind: {} for kind in kinds}
    rows: Any = covered_on(on).filter(agreement__kind__in=kinds)
    for kind, town, day in rows.values_list("agreement__kind", "town_id", "since"):
        place = carriers[town]
        first[kind][place] = min(day, first[kind].get(place, day))
    return {
        town: deadline_of(
            town_id=town,
            adhesion_signed_on=signed_on,
            framework_signed_on=first[AgreementKind.FRAMEWORK].get(town),
            as_of=on,
        )
        for town, signed_on in first[AgreementKind.ADHESION].items()
    }


def _given(on: date, carriers: Mapping[int, int]) -> dict[str, frozenset[int]]:
    """The towns that got a mission, those that got money, those that came to a meeting, by a day;
    one query."""
    missions = _told("mission", ExpertiseMission.objects.filter(notified_on__lte=on))
    given = RealisedCommitment.objects.filter(standing(on), decided_on__lte=on, state__in=GIVEN)
    money = _told("money", given)
    met = _told("meeting", Attendance.objects.filter(meeting__held_on__lte=on))
    found: dict[str, set[int]] = {"mission": set(), "money": set(), "meeting": set()}
    for what, town in missions.union(money, met, all=True):
        found[what].add(carriers[town])
    return {what: frozenset(towns) for what, towns in found.items()}


def _told(what: str, rows: Any) -> Any:
    """The towns that have such a row: asked town by town, where the rows may be 100,000."""
    named = Town.objects.annotate(what=Value(what, output_field=CharField()))
    return named.filter(Exists(rows.filter(town_id=OuterRef("pk")))).values_list("what", "pk")


@dataclass(slots=True)
class _Held:
    """What is read of a post before it is one."""

    reference: str = ""
    started_on: date = date.min
    ended_on: date | None = None
    towns: set[int] | None = None
    vacant_since: date | None = None
    holders: list[date | None] | None = None


def _posts(on: date, carriers: Mapping[int, int]) -> tuple[Post, ...]:
    """Every post, begun or to come, with the living towns it serves, its vacancy and the last day
    of its last holder; one query."""
    posts: dict[int, _Held] = {}
    for post_id, what, reference, town, started_on, ended_on in _post_rows():
        post = posts.setdefault(post_id, _Held(towns=set(), holders=[]))
        lasts = ended_on is None or ended_on >= on
        if what == "post":
            post.reference, post.started_on, post.ended_on = reference, started_on, ended_on
        elif what == "town":
            if lasts or ended_on == post.ended_on:
                post.towns.add(carriers[town])  # type: ignore[union-attr]
        elif what == "holder":
            post.holders.append(ended_on)  # type: ignore[union-attr]
        elif lasts and started_on <= on:
            post.vacant_since = started_on
    return tuple(_whole(post) for _, post in sorted(posts.items()))


def _whole(post: _Held) -> Post:
    last = max((day or date.max for day in post.holders or ()), default=date.max)
    return Post(
        reference=post.reference,
        started_on=post.started_on,
        ended_on=post.ended_on,
        town_ids=tuple(sorted(post.towns or ())),
        vacant_since=post.vacant_since,
        leaves_on=None if last == date.max else last,
    )


def _post_rows() -> Any:
    """The posts, then the towns they serve, their holders and their vacancies, as rows alike."""
    parts = [
        _alike("post", ProjectManagerPost.objects.all(), "pk", reference=F("reference")),
        _alike("town", ServedTown.objects.all(), "post_id", town=F("town_id")),
        _alike("holder", PostHolder.objects.all(), "post_id"),
        _alike("vacancy", PostVacancy.objects.all(), "post_id"),
    ]
    return sorted(parts[0].union(*parts[1:], all=True), key=lambda row: row[1] != "post")


def _alike(what: str, rows: Any, post: str, **told: F) -> Any:
    columns = {
        "post_key": F(post),
        "what": Value(what, output_field=CharField()),
        "named": told.get("reference", Value("", output_field=CharField())),
        "place": told.get("town", Value(None, output_field=BigIntegerField())),
        "first_day": F("started_on"),
        "last_day": F("ended_on"),
    }
    return rows.order_by().annotate(**columns).values_list(*columns)
