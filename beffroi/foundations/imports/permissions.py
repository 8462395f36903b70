"""Who may bring files in, correct refused rows, and take the register out.

The role says what, the mandates say where; without a mandate, nothing.
"""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from beffroi.foundations.accounts.models import User
from beffroi.foundations.desk.permissions import reach_of
from beffroi.foundations.imports.models import ImportRun, RefusedRow
from beffroi.foundations.mandates.queries import towns_within


def can_import(user: User | AnonymousUser) -> bool:
    """Whether a person may bring files in: the right, and a reach."""
    return user.has_perm("imports.add_importrun") and not reach_of(user).is_empty


def can_see_queue(user: User | AnonymousUser) -> bool:
    """Whether a person may read the rows to correct."""
    may = user.has_perm("imports.view_refusedrow") or user.has_perm("imports.change_refusedrow")
    return may and not reach_of(user).is_empty


def can_correct(user: User | AnonymousUser) -> bool:
    """Whether a person may correct, replay and abandon the rows they see."""
    return user.has_perm("imports.change_refusedrow") and not reach_of(user).is_empty


def visible_runs(user: User) -> QuerySet[ImportRun]:
    """One's own imports; all of them for a national reach."""
    if not can_import(user):
        return ImportRun.objects.none()
    runs = ImportRun.objects.select_related("created_by")
    return runs if reach_of(user).is_national else runs.filter(created_by=user)


def visible_refused_rows(user: User) -> QuerySet[RefusedRow]:
    """The rows that one brought in, or whose town is in one's area; all for a national reach."""
    if not can_see_queue(user):
        return RefusedRow.objects.none()
    rows = RefusedRow.objects.select_related("received_by", "resolved_by")
    scope = reach_of(user)
    towns = towns_within(scope)
    if towns is None:
        return rows
    return rows.filter(Q(received_by=user) | Q(town__in=towns))


def can_export(user: User | AnonymousUser) -> bool:
    """Whether the account keeps the register: the role that sees the correction queue. What it may
    take out is for its mandates to say."""
    return user.is_active and user.has_perm("imports.view_refusedrow")
