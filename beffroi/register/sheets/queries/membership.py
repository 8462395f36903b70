"""A town's places in programmes, its group, and the posts that serve it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from beffroi.foundations.territories.queries import TownFamily
from beffroi.programme.membership.models import Designation, ProjectManagerPost, ServedTown

from .lines import MembershipLine, PostLine, TownLink
from .names import Names


def designations_around(family: TownFamily) -> list[Designation]:
    """The designations of the family, and those of the other towns of its groups. One query."""
    own = Q(town_id__in=family.ids)
    groups = Designation.objects.filter(own, group__isnull=False).values("group_id")
    rows = Designation.objects.filter(own | Q(group_id__in=groups))
    return list(rows.select_related("programme", "group").order_by("programme_id", "pk"))


def membership_lines(rows: Iterable[Designation], names: Names) -> tuple[MembershipLine, ...]:
    """The places of the town in programmes, latest first."""
    lines = [_membership(row, names) for row in rows if row.town_id in names.family.ids]
    by_day = [line for line in lines if line.started_on <= names.family.on]
    return tuple(sorted(by_day, key=lambda line: line.started_on, reverse=True))


def group_links(rows: Iterable[Designation], names: Names) -> tuple[TownLink, ...]:
    """The other towns in the same groups on the day."""
    on, family = names.family.on, names.family
    others = [row.town_id for row in rows if row.town_id not in family.ids and is_open(row, on)]
    return names.links(others)


def is_open(row: Designation, on: date) -> bool:
    """Whether a designation holds on a day."""
    started_on = row.started_on or row.programme.launched_on
    return started_on <= on and (row.ended_on is None or row.ended_on > on)


def posts_around(family: TownFamily) -> dict[ProjectManagerPost, list[int]]:
    """The posts that serve the family by the day, each with every town it serves. One query."""
    serving = ServedTown.objects.filter(town_id__in=family.ids, post__started_on__lte=family.on)
    rows = ServedTown.objects.filter(post_id__in=serving.values("post_id"))
    served: defaultdict[ProjectManagerPost, list[int]] = defaultdict(list)
    for row in rows.select_related("post").order_by("-post__started_on", "-post_id"):
        served[row.post].append(row.town_id)
    return dict(served)


def post_lines(served: dict[ProjectManagerPost, list[int]], names: Names) -> tuple[PostLine, ...]:
    """The posts, latest first."""
    return tuple(_post(post, town_ids, names) for post, town_ids in served.items())


def _membership(row: Designation, names: Names) -> MembershipLine:
    started_on = row.started_on or row.programme.launched_on
    return MembershipLine(
        pk=row.pk,
        programme_code=row.programme.code,
        programme=row.programme.name,
        started_on=started_on,
        ended_on=row.ended_on if row.ended_on and row.ended_on <= names.family.on else None,
        is_open=is_open(row, names.family.on),
        group=row.group.reference if row.group else "",
        recorded_as=names.recorded_as(row.town_id, started_on),
    )


def _post(post: ProjectManagerPost, town_ids: list[int], names: Names) -> PostLine:
    own = [town_id for town_id in town_ids if town_id in names.family.ids]
    ended_on = post.ended_on if post.ended_on and post.ended_on < names.family.on else None
    return PostLine(
        pk=post.pk,
        reference=post.reference,
        employer=_employer(post, names),
        employer_kind=post.employer_kind,
        started_on=post.started_on,
        ended_on=ended_on,
        is_open=ended_on is None,
        towns=names.links(town_ids),
        recorded_as=min(
            (names.recorded_as(town_id, post.started_on) for town_id in own),
            key=lambda origin: origin is not None,
        ),
    )


def _employer(post: ProjectManagerPost, names: Names) -> str:
    if post.employer_town_id:
        return names.link(post.employer_town_id).name
    return names.intercommunalities.get(post.employer_intercommunality_id or 0, "")
