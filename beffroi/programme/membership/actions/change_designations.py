"""End designations, correct one, and put towns together in a group."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from beffroi.foundations.audit.actions import Authorship, bring, record_changes, require_reason
from beffroi.programme.membership.models import Designation, Programme, TownGroup
from beffroi.programme.membership.rules import BackwardPeriod

from .designate_town import check_free, find_group


@transaction.atomic
def end_designations(
    *, designations: Sequence[Designation], ended_on: date, by: Authorship
) -> list[Designation]:
    """Let towns out of their programme from a day on, all or none. Raises BackwardPeriod."""
    traced = []
    for designation in designations:
        row = _lock(designation)
        _check_end(row, ended_on)
        traced.append((row, bring(row, ended_on=ended_on)))
    record_changes(verb="end_designations", rows=traced, by=by)
    return [row for row, _ in traced]


@transaction.atomic
def correct_designation(
    *,
    designation: Designation,
    started_on: date | None,
    ended_on: date | None,
    group_reference: str,
    by: Authorship,
) -> Designation:
    """Bring what was recorded wrongly to what is true, with a reason.

    Raises ReasonMissing, BackwardPeriod, AlreadyDesignated, BeforeLaunch.
    """
    require_reason(by)
    row = _lock(designation)
    programme = row.programme
    check_free(programme, row.town_id, started_on, ended_on, but=row.pk)
    row.started_on, before = started_on, row.started_on
    if ended_on:
        _check_end(row, ended_on)
    row.started_on = before
    group = find_group(programme, group_reference)
    group_id = group.pk if group else None
    told = bring(row, started_on=started_on, ended_on=ended_on, group_id=group_id)
    record_changes(verb="correct_designation", rows=[(row, told)], by=by)
    return row


@transaction.atomic
def group_towns(
    *,
    programme: Programme,
    group_reference: str,
    designations: Sequence[Designation],
    by: Authorship,
) -> TownGroup | None:
    """Put designated towns together under a reference, made where it is new; no reference takes
    them out of their groups."""
    group = find_group(programme, group_reference)
    group_id = group.pk if group else None
    rows = [_lock(designation) for designation in designations]
    traced = [(row, bring(row, group_id=group_id)) for row in rows]
    record_changes(verb="group_towns", rows=traced, by=by)
    return group


def _lock(designation: Designation) -> Designation:
    rows = Designation.objects.select_for_update(of=("self",)).select_related("programme")
    return rows.get(pk=designation.pk)


def _check_end(row: Designation, ended_on: date) -> None:
    """A town is out from its last day on: it was in for a day at least."""
    started_on = row.started_on or row.programme.launched_on
    if ended_on <= started_on:
        raise BackwardPeriod(started_on, ended_on)
