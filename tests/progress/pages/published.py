"""Reports made up in memory, frozen and published without a register behind them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from beffroi.progress.frozen import freeze
from beffroi.progress.models import Publication, Snapshot
from beffroi.progress.report import Report, Series
from beffroi.progress.rules import Reading
from tests.progress.factories import make_programme
from tests.progress.samples import sample_report

NOW = datetime(2022, 9, 26, 9, 0, tzinfo=UTC)


def publish(report: Report | None = None, *, is_public: bool = True, **changes: Any) -> Snapshot:
    """A whole report, published; `changes` are to its fields."""
    report = replace(report or sample_report(), **changes)
    snapshot = Snapshot.record(
        programme=make_programme(),
        report=freeze(report, {figure.table: [] for figure in report.figures}),
        revision=report.revision,
        reason=report.reason,
        frozen_at=NOW,
        frozen_by=None,
    )
    if is_public:
        Publication.objects.create(snapshot=snapshot, published_at=NOW)
    return snapshot


def long_report() -> Report:
    """The sample with every figure followed over twenty-four quarters, as after six years."""
    report = sample_report()
    days = tuple(date(2020 + n // 4, 3 * (n % 4) + 3, 28) for n in range(24))
    series = report.series
    assert series is not None
    readings = {
        figure.code: (Reading(figure.value, figure.numerator, figure.denominator),) * len(days)
        for figure in report.figures
    }
    parts = tuple(
        replace(part, readings={code: (one[-1],) * 24 for code, one in part.readings.items()})
        for part in series.parts
    )
    return replace(report, as_of=days[-1], series=Series(days, readings, parts))
