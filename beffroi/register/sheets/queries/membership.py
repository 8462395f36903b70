"""A town's places in programmes, and its group."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from beffroi.foundations.territories.queries import TownFamily
from beffroi.programme.membership.models import Designation

from .lines import MembershipLine, TownLink
from .names import Names


def designations_around(family: TownFamily) -> list[Designation]:
    """The designations of the family, and those of the other towns of its groups. One query."""
    own = Q(town_id__in=family.ids)
    groups = Designation.objects.filter(own, group__isnull=False).values("group_id")
    rows = Designation.objects.filter(own | Q(group_id__in=groups))
    return list(rows.select_related("programme", "group").order_by("programme_id", "pk"))


def membership_lines(rows: Iterable[Designation], names: Names) -> tuple[MembershipLine, ...]:
    """The places of the town in programmes, latest first."""
    lines = [_line(row, names) for row in rows if row.town_id in names.family.ids]
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


def _line(row: Designation, names: Names) -> MembershipLine:
    started_on = row.started_on or row.programme.launched_on
    return MembershipLine(
        pk=row.pk,
        programme_code=row.programme.code,
        programme=row.programme.name,
        started_on=started_on,
        ended_on=row.ended_on if row.ended_on and row.ended_on <= names.family.on else None,
        is_open=is_open(row, names.family.on),
        group=row.group.reference if row.group else "",
        recorded_as=names.recorded_as([row.town_id], started_on),
    )
