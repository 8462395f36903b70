"""The project managers' posts that serve a town: who pays, who holds, since when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import (
    CharField,
    DateField,
    DecimalField,
    F,
    Field,
    IntegerField,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast

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
    """The posts that serve, or served, the family by the day. Two queries."""
    serving = ServedTown.objects.filter(town_id__in=family.ids, post__started_on__lte=family.on)
    served: defaultdict[ProjectManagerPost, list[ServedTown]] = defaultdict(list)
    rows = ServedTown.objects.filter(post_id__in=serving.values("post_id"))
    for row in rows.select_related("post").order_by("-post__started_on", "-post_id"):
        served[row.post].append(row)
    tenures, fundings = _known_of([post.pk for post in served], on=family.on)
    return PostFacts(dict(served), tenures, fundings)


Known = tuple[dict[int, list[tuple[TenureLine, HolderLine | None]]], dict[int, list[FundingLine]]]


def _known_of(post_ids: list[int], *, on: date) -> Known:
    """Who held each post, when nobody did, and what it received, by a day; read at once."""
    tenures: defaultdict[int, list[tuple[TenureLine, HolderLine | None]]] = defaultdict(list)
    fundings: defaultdict[int, list[FundingLine]] = defaultdict(list)
    if not post_ids:
        return {}, {}
    about = Q(post_id__in=post_ids)
    begun = about & Q(started_on__lte=on)
    held = _told(PostHolder.objects.filter(begun), kind="held")
    vacant = _told(PostVacancy.objects.filter(begun), kind="vacant")
    funded = _told(PostFunding.objects.filter(about, year__lte=on.year), kind="funded")
    rows = held.union(vacant, funded, all=True)
    for post_id, kind, start, end, name, email, phone, year, amount in sorted(
        rows, key=lambda row: (row[2] or date.max, -(row[7] or 0), row[4])
    ):
        if kind == "funded":
            fundings[post_id].append(FundingLine(year, name, Decimal(str(amount))))
        else:
            holder = HolderLine(name, email, phone, start) if name else None
            tenures[post_id].append((TenureLine(kind == "vacant", start, end), holder))
    return dict(tenures), dict(fundings)


_COLUMNS: dict[str, Field[Any, Any]] = {
    "started_on": DateField(),
    "ended_on": DateField(),
    "name": CharField(),
    "email": CharField(),
    "phone": CharField(),
    "year": IntegerField(),
    "amount": DecimalField(max_digits=10, decimal_places=2),
}


def _told(rows: QuerySet[Any], *, kind: str) -> Any:
    """The columns of the three tables, blank where a table lacks one."""
    own = {field.name for field in rows.model._meta.concrete_fields}  # noqa: SLF001
    columns: dict[str, Any] = {
        f"{name}_": Cast(
            F(name) if name in own else Value("" if isinstance(field, CharField) else None), field
        )
        for name, field in _COLUMNS.items()
    }
    if kind == "funded":
        columns["name_"] = Cast("funder__name", CharField())
    named = rows.order_by().annotate(kind_=Value(kind, output_field=CharField()), **columns)
    return named.values_list("post_id", "kind_", *columns)


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
