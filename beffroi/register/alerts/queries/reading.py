"""The register as alerts read it on a day: each row on the town that lives then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import CharField, Q, Value

from beffroi.club.events.queries import towns_met
from beffroi.foundations.mandates.queries import Scope, rows_within
from beffroi.foundations.territories.queries import living_towns, town_labels
from beffroi.programme.agreements.models import AgreementKind, Coverage
from beffroi.programme.membership.models import Designation, ServedTown
from beffroi.programme.support.models import ExpertiseMission, RealisedCommitment
from beffroi.register.campaigns.queries import freshness_of
from beffroi.register.campaigns.rules import Freshness

from ..rules import Place, Post

_GIVEN = ("committed", "paid")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rules need. `met` is None where nobody keeps which towns came to meetings."""

    on: date
    places: Mapping[int, Place]
    adhesions: Mapping[int, date]
    frameworks: Mapping[int, date]
    posts: tuple[Post, ...]
    with_mission: frozenset[int]
    with_money: frozenset[int]
    met: frozenset[int] | None
    freshness: Mapping[int, Freshness]


def read_register(scope: Scope, *, on: date, town_ids: Iterable[int] | None = None) -> Reading:
    """Read what concerns the active towns of an area, or those of them that are given, in a dozen
    queries for the whole country."""
    carriers = living_towns(on=on)
    active = _active(scope, on, carriers)
    if town_ids is not None:
        active &= frozenset(town_ids)
    signed = _first_signatures(on, carriers)
    given = _given(on, carriers)
    labels = town_labels(active, on=on)
    return Reading(
        on=on,
        places={
            town: Place(town, label.name, label.code, label.department_code)
            for town, label in labels.items()
        },
        adhesions=signed[AgreementKind.ADHESION],
        frameworks=signed[AgreementKind.FRAMEWORK],
        posts=_posts(carriers),
        with_mission=given["mission"],
        with_money=given["money"],
        met=_met(on, carriers),
        freshness=freshness_of(active, on=on),
    )


def _active(scope: Scope, on: date, carriers: Mapping[int, int]) -> frozenset[int]:
    rows = Designation.objects.filter(
        Q(started_on__isnull=True) | Q(started_on__lte=on),
        Q(ended_on__isnull=True) | Q(ended_on__gt=on),
        programme__launched_on__lte=on,
    )
    found = rows_within(rows, scope).values_list("town_id", flat=True)
    return frozenset(carriers[town] for town in found)


def _first_signatures(on: date, carriers: Mapping[int, int]) -> dict[str, dict[int, date]]:
    """The day each town was first covered by an adhesion, and by a framework."""
    kinds = (AgreementKind.ADHESION, AgreementKind.FRAMEWORK)
    first: dict[str, dict[int, date]] = {kind: {} for kind in kinds}
    rows = Coverage.objects.filter(agreement__kind__in=kinds, agreement__signed_on__lte=on)
    columns = ("agreement__kind", "town_id", "agreement__signed_on")
    for kind, town, day in rows.values_list(*columns):
        place = carriers[town]
        first[kind][place] = min(day, first[kind].get(place, day))
    return first


def _given(on: date, carriers: Mapping[int, int]) -> dict[str, frozenset[int]]:
    """The towns that got a mission, and those that got money, by a day; one query."""
    missions = _told("mission", ExpertiseMission.objects.filter(notified_on__lte=on))
    money = _told("money", RealisedCommitment.objects.filter(decided_on__lte=on, state__in=_GIVEN))
    found: dict[str, set[int]] = {"mission": set(), "money": set()}
    for what, town in missions.union(money):
        found[what].add(carriers[town])
    return {what: frozenset(towns) for what, towns in found.items()}


def _met(on: date, carriers: Mapping[int, int]) -> frozenset[int] | None:
    towns = towns_met(on)
    return frozenset(carriers[town] for town in towns) if towns else None


def _told(what: str, rows: Any) -> Any:
    named = rows.order_by().annotate(what=Value(what, output_field=CharField()))
    return named.values_list("what", "town_id").distinct()


def _posts(carriers: Mapping[int, int]) -> tuple[Post, ...]:
    """Every post known, ended, begun or to come, with the living towns it serves."""
    columns = ("post__reference", "post__started_on", "post__ended_on", "town_id")
    rows = ServedTown.objects.order_by("post_id", "pk").values_list("post_id", *columns)
    posts = []
    for _, served in groupby(rows, lambda row: row[0]):
        lines = list(served)
        reference, started_on, ended_on = lines[0][1:4]
        towns = tuple(sorted({carriers[line[4]] for line in lines}))
        posts.append(Post(reference, started_on, ended_on, towns))
    return tuple(posts)
