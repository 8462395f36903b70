"""Who may take a report from its preparation to the public: the role says who, mandates say where.

One right covers every step; that two people are needed is a rule of the steps themselves.
"""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AnonymousUser, Permission
from django.db.models import Q, QuerySet
from django.utils import timezone

from beffroi.foundations.accounts.models import User
from beffroi.foundations.mandates.queries import Scope, scope_of
from beffroi.foundations.territories.queries import departments_holding

from .models import Snapshot

SEE, FREEZE = "progress.view_snapshot", "progress.add_snapshot"


def can_see(user: User) -> bool:
    """Whether this person follows the reports on the desk."""
    return user.is_active and (user.has_perm(SEE) or user.has_perm(FREEZE))


def can_freeze(user: User) -> bool:
    """Whether this person's role makes reports, wherever it is."""
    return user.is_active and user.has_perm(FREEZE)


def covers(scope: Scope, territory: str, *, on: date) -> bool:
    """Whether a reach holds the whole of a territory (`national`, `dep:22`, …) as it was on a day.

    An EPCI across two départements is held by those who have both.
    """
    if scope.is_national:
        return True
    departments = departments_holding(territory, on=on)
    return bool(departments) and departments <= scope.department_ids  # type: ignore[operator]


def may_act(user: User, territory: str, *, on: date) -> bool:
    """Whether this person may prepare, review, freeze and publish the reports of a territory.

    `on` is the day of the figures; the mandates are those of today.
    """
    return can_freeze(user) and covers(scope_of(user, on=timezone.localdate()), territory, on=on)


def may_preview(user: User | AnonymousUser, snapshot: Snapshot) -> bool:
    """Whether this person may read a report that is not published yet."""
    return isinstance(user, User) and may_act(user, snapshot.territory, on=snapshot.as_of)


def makers(territory: str, *, on: date) -> list[User]:
    """Every account that may act on the reports of a territory, by key."""
    app, codename = FREEZE.split(".")
    given = Permission.objects.filter(content_type__app_label=app, codename=codename)
    able = Q(groups__permissions__in=given) | Q(user_permissions__in=given)
    users: QuerySet[User] = User.objects.filter(able, is_active=True).distinct().order_by("pk")
    today = timezone.localdate()
    return [user for user in users if covers(scope_of(user, on=today), territory, on=on)]
