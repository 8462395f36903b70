"""A report as it would be frozen at this instant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from beffroi.programme.membership.models import Programme

from .. import frozen
from ..report import Report
from .measured import measure_progress, measured_report
from .partners import read_partners
from .rows import rows_behind


@dataclass(frozen=True)
class Draft:
    """What freezing now would keep; `frozen.fingerprint` tells whether it is still the same.

    `pictures` are those that it shows, PNG by SHA-256.
    """

    programme: Programme
    frozen: frozen.Frozen
    pictures: Mapping[str, bytes] = field(default_factory=dict)

    @cached_property
    def report(self) -> Report:
        """What it says."""
        return frozen.thaw(self.frozen.content)


def draft_report(*, as_of: date, territory: str | None = None, foreword: str = "") -> Draft:
    """Measure the whole report of a day in a territory. Raises what `measure_progress` raises."""
    progress = measure_progress(as_of=as_of, territory=territory)
    partners = read_partners()
    report = replace(measured_report(progress), foreword=foreword, partners=partners.named)
    kept = frozen.freeze(report, rows_behind(progress))
    return Draft(progress.programme, kept, partners.pictures)
