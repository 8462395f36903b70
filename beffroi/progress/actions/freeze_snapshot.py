"""Freeze the figures of a day."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.actions import record_act
from beffroi.programme.membership.models import Programme

from .. import frozen
from ..models import Snapshot
from ..permissions import can_freeze
from ..queries import (
    get_programme,
    last_revision,
    measure_progress,
    measured_report,
    rows_behind,
)


class SnapshotDiffers(Exception):
    """This day is frozen already, with other figures: a revision needs a reason."""

    def __init__(self, snapshot: Snapshot, changed: tuple[str, ...]) -> None:
        self.snapshot = snapshot
        self.changed = changed
        super().__init__(snapshot.reference)


class DayNotReached(ValueError):
    """Figures cannot be frozen before the day they describe."""

    def __init__(self, as_of: date) -> None:
        self.as_of = as_of
        super().__init__(as_of.isoformat())


@transaction.atomic
def freeze_snapshot(
    *,
    as_of: date,
    territory: str | None = None,
    frozen_at: datetime,
    frozen_by: User | None = None,
    reason: str = "",
) -> Snapshot:
    """Freeze the figures of `as_of` in a territory (`dep:22`, `reg:53`, `epci:…`, or national).

    The same figures give back the existing snapshot. Other figures make its next revision where
    a `reason` is given, else raise SnapshotDiffers. Raises DayNotReached, PermissionDenied, and
    what `measure_progress` raises.
    """
    if frozen_by is not None and not can_freeze(frozen_by):
        raise PermissionDenied
    if as_of > timezone.localtime(frozen_at).date():
        raise DayNotReached(as_of)
    # Two people who freeze the same day wait for each other here.
    programme = Programme.objects.select_for_update().get(pk=get_programme().pk)
    progress = measure_progress(as_of=as_of, territory=territory)
    report = frozen.freeze(measured_report(progress), rows_behind(progress))
    last = last_revision(programme=programme, as_of=as_of, territory=str(progress.territory))
    if last and last.fingerprint == report.fingerprint:
        return last
    if last and not reason.strip():
        raise SnapshotDiffers(last, _changed(last, report))
    snapshot = Snapshot.record(
        programme=programme,
        report=report,
        revision=last.revision + 1 if last else 1,
        reason=reason.strip() if last else "",
        frozen_at=frozen_at,
        frozen_by=frozen_by,
    )
    verb = "revise_snapshot" if last else "freeze_snapshot"
    record_act(verb=verb, target=snapshot, at=frozen_at, actor=frozen_by, reason=snapshot.reason)
    return snapshot


def _changed(last: Snapshot, report: frozen.Frozen) -> tuple[str, ...]:
    """The labels of the figures that differ, by their value or by the rows behind them."""
    before = {figure.code: frozen.with_rows(figure, last.rows) for figure in last.figures}
    figures = frozen.thaw(report.content).figures
    after = (frozen.with_rows(figure, report.rows) for figure in figures)
    return tuple(figure.label for figure in after if figure != before.get(figure.code))
