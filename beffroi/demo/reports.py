"""The reports of the demonstration: prepared by one person, reviewed, frozen and published by
another, as the product asks."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from beffroi.foundations.accounts.models import User
from beffroi.progress.actions import (
    Wanted,
    draft_of,
    freeze_preparation,
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
    """The whole country at the end of the last quarter and today; gives today's."""
    for day in (*_quarter_ends(today, 1), today):
        snapshot = _published("national", day, preparer=preparer, reviewer=reviewer)
    return snapshot


def prepare_department(today: date, *, preparer: User) -> None:
    """One département, today, still to be reviewed."""
    prepare_report(
        wanted=Wanted(today, A_DEPARTMENT, _FOREWORD),
        prepared_by=preparer,
        prepared_at=timezone.now(),
    )


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
