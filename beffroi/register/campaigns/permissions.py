"""Who may answer, and who may ask. Roles say what; mandates say where."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet

from beffroi.foundations.accounts.models import User
from beffroi.foundations.mandates.models import Mandate, MandateKind
from beffroi.foundations.mandates.queries import Scope, rows_within
from beffroi.foundations.territories.models import Town

CONFIRM = "campaigns.add_confirmation"
SEE = "campaigns.view_campaign"
OPEN = "campaigns.add_campaign"


def can_see(user: User, scope: Scope) -> bool:
    """Follow the campaigns of one's own area. Partners have no area, hence nothing here."""
    return user.is_active and scope.has_area and user.has_perm(SEE)


def can_confirm(user: User) -> bool:
    """Answer for the towns of one's area."""
    return user.is_active and user.has_perm(CONFIRM)


def can_open(user: User, scope: Scope) -> bool:
    """Open, prolong and close campaigns, and write to those who have not answered."""
    return user.is_active and scope.is_national and user.has_perm(OPEN)


def towns_in_reach(scope: Scope, town_ids: Iterable[int]) -> frozenset[int]:
    """Those of these towns that an area holds."""
    rows = Town.objects.filter(pk__in=frozenset(town_ids))
    return frozenset(rows_within(rows, scope, town="pk").values_list("pk", flat=True))


def keepers(*, on: date) -> QuerySet[User]:
    """The accounts that answer for an area on a day: a mandate there, and the role to do so."""
    in_force = Mandate.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=on), started_on__lte=on
    ).exclude(kind=MandateKind.ORGANISATION)
    app, codename = CONFIRM.split(".")
    given = Permission.objects.filter(content_type__app_label=app, codename=codename)
    able = Q(groups__permissions__in=given) | Q(user_permissions__in=given) | Q(is_superuser=True)
    rows = User.objects.filter(able, is_active=True, pk__in=in_force.values("user_id"))
    return rows.exclude(email="").distinct().order_by("pk")


def recipients(*, on: date) -> QuerySet[User]:
    """Those whom campaigns write to: who follows the whole country follows it on the desk."""
    national = Mandate.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=on),
        started_on__lte=on,
        kind=MandateKind.NATIONAL,
    )
    return keepers(on=on).exclude(pk__in=national.values("user_id"))
