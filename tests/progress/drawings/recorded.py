"""The sample report, frozen in the database."""

from __future__ import annotations

from datetime import UTC, datetime

from beffroi.programme.membership.models import Programme
from beffroi.progress.actions import publish_snapshot
from beffroi.progress.frozen import freeze
from beffroi.progress.indicators import TABLES
from beffroi.progress.models import Snapshot
from beffroi.progress.report import Report
from tests.progress.factories import make_programme
from tests.progress.samples import sample_report

_FROZEN_AT = datetime(2022, 9, 26, 9, 0, tzinfo=UTC)


def record_report(report: Report | None = None, *, published: bool = True) -> Snapshot:
    """A snapshot of that report, of the sample one unless told, published or not."""
    made = Snapshot.record(
        programme=Programme.objects.first() or make_programme(),
        report=freeze(report or sample_report(), dict.fromkeys(TABLES, ())),
        revision=1,
        reason="",
        frozen_at=_FROZEN_AT,
        frozen_by=None,
    )
    if published:
        return publish_snapshot(reference=made.reference, published_at=_FROZEN_AT)
    return made
