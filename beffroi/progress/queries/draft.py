"""A report as it would be frozen at this instant."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from beffroi.programme.membership.models import Programme

from .. import frozen
from ..report import Report
from .measured import measure_progress, measured_report
from .rows import rows_behind


@dataclass(frozen=True)
class Draft:
    """What freezing now would keep; `frozen.fingerprint` tells whether it is still the same."""

    programme: Programme
    frozen: frozen.Frozen

    @cached_property
    def report(self) -> Report:
        """What it says."""
        return frozen.thaw(self.frozen.content)


def draft_report(*, as_of: date, territory: str | None = None, foreword: str = "") -> Draft:
    """Measure the whole report of a day in a territory. Raises what `measure_progress` raises."""
    progress = measure_progress(as_of=as_of, territory=territory)
    report = replace(measured_report(progress), foreword=foreword)
    return Draft(progress.programme, frozen.freeze(report, rows_behind(progress)))
