"""The reports of the demonstration: today's is prepared by one person, reviewed, frozen and
published by another, as the product asks; those of earlier quarters are frozen at once, as the
command line does."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from beffroi.foundations.accounts.models import User
from beffroi.progress.actions import (
    Wanted,
    draft_of,
    freeze_preparation,
    freeze_snapshot,
    prepare_report,
    publish_snapshot,
    review_report,
)
from beffroi.progress.models import Snapshot

A_DEPARTMENT = "dep:22"
_FOREWORD = (
    "Ces chiffres viennent d’un registre inventé pour la démonstration. Ils ne décrivent aucune "
    "commune réelle."
)


def publish_reports(today: date, *, preparer: User, reviewer: User) -> Snapshot:
    """The whole country at the ends of the last two quarters and today, a département at the end of
    the last quarter; gives the country today."""
    ends = _quarter_ends(today, 2)
    for day in ends:
        _publish_at_once("national", day, by=reviewer)
    _publish_at_once(A_DEPARTMENT, ends[-1], by=reviewer)
    return _published("national", today, preparer=preparer, reviewer=reviewer)


def prepare_department(today: date, *, preparer: User) -> None:
    """One département, today, still to be reviewed."""
    prepare_report(
        wanted=Wanted(today, A_DEPARTMENT, _FOREWORD),
        prepared_by=preparer,
        prepared_at=timezone.now(),
    )


def _publish_at_once(territory: str, day: date, *, by: User) -> None:
    frozen = freeze_snapshot(
        as_of=day, territory=territory, foreword=_FOREWORD, frozen_at=timezone.now(), frozen_by=by
    )
    publish_snapshot(reference=frozen.reference, published_at=timezone.now(), published_by=by)


def _published(territory: str, day: date, *, preparer: User, reviewer: User) -> Snapshot:
    now = timezone.now()
    preparation = prepare_report(
        wanted=Wanted(day, territory, _FOREWORD), prepared_by=preparer, prepared_at=now
    )
    review_report(
        preparation_id=preparation.pk,
        seen_fingerprint=draft_of(preparation).frozen.fingerprint,
        reviewed_by=reviewer,
        reviewed_at=timezone.now(),
    )
    snapshot = freeze_preparation(
        preparation_id=preparation.pk, frozen_by=reviewer, frozen_at=timezone.now()
    )
    return publish_snapshot(
        reference=snapshot.reference, published_at=timezone.now(), published_by=reviewer
    )


def _quarter_ends(today: date, count: int) -> list[date]:
    """The last days of the latest quarters that ended before today, oldest first."""
    ends: list[date] = []
    day = today
    while len(ends) < count:
        day = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1) - timedelta(days=1)
        ends.append(day)
    return ends[::-1]
