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
from ..models import FrozenPicture, Snapshot
from ..permissions import may_act
from ..queries import Draft, draft_report, get_programme, last_revision


class SnapshotDiffers(Exception):
    """This day is frozen already, otherwise: a revision needs a reason.

    `changed` holds the labels of the figures that differ; `around` what else does, as
    `frozen.told_otherwise` names it.
    """

    def __init__(
        self, snapshot: Snapshot, changed: tuple[str, ...], around: tuple[str, ...] = ()
    ) -> None:
        self.snapshot = snapshot
        self.changed = changed
        self.around = around
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
    foreword: str = "",
) -> Snapshot:
    """Freeze the figures of `as_of` in a territory (`dep:22`, `reg:53`, `epci:…`, or national).

    The same report gives back the existing snapshot. Another, were it by its partners alone, makes
    the next revision where a `reason` is given, else raises SnapshotDiffers. Raises DayNotReached,
    PermissionDenied, and what `measure_progress` raises.
    """
    if frozen_by is not None and not may_act(frozen_by, territory or "national", on=as_of):
        raise PermissionDenied
    refuse_the_future(as_of, frozen_at)
    lock_reports()
    draft = draft_report(as_of=as_of, territory=territory, foreword=foreword)
    return keep_revision(draft, reason=reason, frozen_at=frozen_at, frozen_by=frozen_by)


def refuse_the_future(as_of: date, at: datetime) -> None:
    """Raises DayNotReached for a day that comes after the instant `at`."""
    if as_of > timezone.localtime(at).date():
        raise DayNotReached(as_of)


def lock_reports() -> None:
    """Two people who freeze the same day wait for each other here. Raises NoProgramme."""
    Programme.objects.select_for_update().get(pk=get_programme().pk)


def keep_revision(
    draft: Draft, *, reason: str, frozen_at: datetime, frozen_by: User | None
) -> Snapshot:
    """Freeze what was measured, as the next revision of its day and territory.

    Gives back the last one where it holds the same. Raises SnapshotDiffers without a reason.
    """
    last = last_revision(
        programme=draft.programme, as_of=draft.report.as_of, territory=draft.report.territory
    )
    if last and last.fingerprint == draft.frozen.fingerprint:
        return last
    if last and not reason.strip():
        kept = frozen.Frozen(last.content, last.rows)
        around = frozen.told_otherwise(kept, draft.frozen)
        raise SnapshotDiffers(last, _changed(last, draft.frozen), around)
    snapshot = Snapshot.record(
        programme=draft.programme,
        report=draft.frozen,
        revision=last.revision + 1 if last else 1,
        reason=reason.strip() if last else "",
        frozen_at=frozen_at,
        frozen_by=frozen_by,
    )
    FrozenPicture.keep(draft.pictures)
    verb = "revise_snapshot" if last else "freeze_snapshot"
    record_act(verb=verb, target=snapshot, at=frozen_at, actor=frozen_by, reason=snapshot.reason)
    return snapshot


def _changed(last: Snapshot, report: frozen.Frozen) -> tuple[str, ...]:
    """The labels of the figures that differ, by their value or by the rows behind them."""
    before = {figure.code: frozen.with_rows(figure, last.rows) for figure in last.figures}
    figures = frozen.thaw(report.content).figures
    after = (frozen.with_rows(figure, report.rows) for figure in figures)
    return tuple(figure.label for figure in after if figure != before.get(figure.code))
