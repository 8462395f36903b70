"""How far a person reaches in this room: by the towns, deny by default."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet

from beffroi.foundations.mandates.queries import Scope, rows_within, towns_within
from beffroi.foundations.territories.models import Town
from beffroi.programme.membership.models import (
    Designation,
    ProjectManagerPost,
    ServedTown,
    TownGroup,
)


class OutsideScope(PermissionError):
    """Towns that the person may not let in or take out."""

    def __init__(self, town_ids: Collection[int]) -> None:
        self.town_ids = frozenset(town_ids)
        super().__init__("Des communes sont hors de votre périmètre.")


def visible_designations(scope: Scope) -> QuerySet[Designation]:
    """The designations of the towns of an area."""
    return rows_within(Designation.objects.all(), scope)


def editable_designations(scope: Scope) -> QuerySet[Designation]:
    """Those that are seen."""
    return visible_designations(scope)


def visible_groups(scope: Scope) -> QuerySet[TownGroup]:
    """The groups with a town in the area; an empty one is for the whole country."""
    if scope.is_national:
        return TownGroup.objects.all()
    return TownGroup.objects.filter(pk__in=visible_designations(scope).values("group_id"))


def editable_groups(scope: Scope) -> QuerySet[TownGroup]:
    """Those that are seen."""
    return visible_groups(scope)


def visible_posts(scope: Scope) -> QuerySet[ProjectManagerPost]:
    """The posts that serve a town of the area, or that such a town employs."""
    if scope.is_national:
        return ProjectManagerPost.objects.all()
    served = rows_within(ServedTown.objects.all(), scope).values("post_id")
    return ProjectManagerPost.objects.filter(
        Q(pk__in=served) | Q(employer_town__in=towns_within(scope))
    )


def editable_posts(scope: Scope) -> QuerySet[ProjectManagerPost]:
    """Those that are seen."""
    return visible_posts(scope)


def towns_outside(town_ids: Collection[int], *, scope: Scope) -> frozenset[int]:
    """Which of these towns a person may not let in or take out. One query."""
    wanted = frozenset(town_ids)
    reached = towns_within(scope)
    if reached is None or not wanted:
        return frozenset()
    inside = Town.objects.filter(pk__in=wanted).filter(pk__in=reached)
    return wanted - frozenset(inside.values_list("pk", flat=True))


def check_towns(town_ids: Collection[int], *, scope: Scope) -> None:
    """Raises OutsideScope when a town lies outside the area."""
    if outside := towns_outside(town_ids, scope=scope):
        raise OutsideScope(outside)
