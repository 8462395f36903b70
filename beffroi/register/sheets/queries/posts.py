"""The project managers' posts that serve a town: who pays, who holds, since when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, CharField, Value

from beffroi.foundations.territories.queries import TownFamily
from beffroi.programme.membership.models import (
    PostFunding,
    PostHolder,
    PostVacancy,
    ProjectManagerPost,
    ServedTown,
)
from beffroi.programme.membership.rules import covers

from .lines import FundingLine, HolderLine, PostLine, TenureLine
from .names import Names


@dataclass(frozen=True, slots=True)
class PostFacts:
    """The posts around a town, with what is known of each."""

    served: Mapping[ProjectManagerPost, list[ServedTown]]
    tenures: Mapping[int, list[tuple[TenureLine, HolderLine | None]]]
    fundings: Mapping[int, list[FundingLine]]


def posts_around(family: TownFamily) -> PostFacts:
    """The posts that serve, or served, the family by the day. Three queries."""
    serving = ServedTown.objects.filter(town_id__in=family.ids, post__started_on__lte=family.on)
    served: defaultdict[ProjectManagerPost, list[ServedTown]] = defaultdict(list)
    rows = ServedTown.objects.filter(post_id__in=serving.values("post_id"))
    for row in rows.select_related("post").order_by("-post__started_on", "-post_id"):
        served[row.post].append(row)
    ids = [post.pk for post in served]
    return PostFacts(dict(served), tenures_of(ids, on=family.on), fundings_of(ids, on=family.on))


def tenures_of(
    post_ids: Iterable[int], *, on: date
) -> dict[int, list[tuple[TenureLine, HolderLine | None]]]:
    """Who held each post, and when nobody did, by a day, oldest first. One query."""
    ids = list(post_ids)
    if not ids:
        return {}
    text, columns = CharField(), ("post_id", "vacant", "started_on", "ended_on")
    held = (
        PostHolder.objects.filter(post_id__in=ids, started_on__lte=on)
        .annotate(vacant=Value(value=False, output_field=BooleanField()))
        .values_list(*columns, "name", "email", "phone")
    )
    nobody: Any = (
        PostVacancy.objects.filter(post_id__in=ids, started_on__lte=on)
        .annotate(
            vacant=Value(value=True, output_field=BooleanField()),
            **{name: Value("", output_field=text) for name in ("name", "email", "phone")},
        )
        .values_list(*columns, "name", "email", "phone")
    )
    found: defaultdict[int, list[tuple[TenureLine, HolderLine | None]]] = defaultdict(list)
    rows = sorted(held.union(nobody, all=True), key=lambda row: (row[0], row[2]))
    for post_id, vacant, start, end, name, email, phone in rows:
        holder = HolderLine(name, email, phone, start) if name else None
        found[post_id].append((TenureLine(bool(vacant), start, end), holder))
    return dict(found)


def fundings_of(post_ids: Iterable[int], *, on: date) -> dict[int, list[FundingLine]]:
    """What each post received up to the year of a day, latest first. One query."""
    ids = list(post_ids)
    if not ids:
        return {}
    rows = PostFunding.objects.filter(post_id__in=ids, year__lte=on.year)
    found: defaultdict[int, list[FundingLine]] = defaultdict(list)
    columns = ("post_id", "year", "funder__name", "amount")
    for post_id, *line in rows.order_by("-year", "funder__name").values_list(*columns):
        found[post_id].append(FundingLine(*line))
    return dict(found)


def post_lines(facts: PostFacts, names: Names) -> tuple[PostLine, ...]:
    """The posts that serve the town by the day, latest first."""
    lines = (_line(post, served, facts, names) for post, served in facts.served.items())
    return tuple(line for line in lines if line is not None)


def _line(
    post: ProjectManagerPost, served: list[ServedTown], facts: PostFacts, names: Names
) -> PostLine | None:
    on, ids = names.family.on, names.family.ids
    own = [row for row in served if row.town_id in ids and _began(row, on)]
    if not own:
        return None
    tenures = facts.tenures.get(post.pk, [])
    current = [
        (tenure, holder)
        for tenure, holder in tenures
        if covers(tenure.started_on, tenure.ended_on, on)
    ]
    vacancies = [tenure.started_on for tenure, _ in current if tenure.is_vacancy]
    ended_on = post.ended_on if post.ended_on and post.ended_on < on else None
    serves = any(covers(row.started_on, row.ended_on, on) for row in own)
    return PostLine(
        pk=post.pk,
        reference=post.reference,
        employer=employer_of(post, names),
        employer_kind=post.employer_kind,
        started_on=post.started_on,
        ended_on=ended_on,
        is_open=ended_on is None and serves,
        towns=names.links(
            row.town_id for row in served if covers(row.started_on, row.ended_on, on) or not serves
        ),
        recorded_as=names.recorded_as([row.town_id for row in own], post.started_on),
        vacant_since=min(vacancies, default=None),
        tenures=tuple(tenure for tenure, _ in tenures),
        fundings=tuple(facts.fundings.get(post.pk, ())),
        holder=next((holder for _, holder in current if holder), None),
    )


def employer_of(post: ProjectManagerPost, names: Names) -> str:
    """The commune or the EPCI that employs, as it is written on the day."""
    if post.employer_town_id:
        return names.link(post.employer_town_id).name
    return names.intercommunalities.get(post.employer_intercommunality_id or 0, "")


def _began(row: ServedTown, on: date) -> bool:
    return row.started_on is None or row.started_on <= on
