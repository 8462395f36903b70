"""A report as it would be frozen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from django.utils import timezone

from beffroi.programme.membership.models import Programme

from .. import frozen
from ..indicators import Record
from ..memory import register_state, remember
from ..report import Report
from .measured import get_programme, measure_progress, measured_report
from .partners import read_partners
from .rows import rows_behind


class _Measured(NamedTuple):
    """What a report takes from the register, and when."""

    report: Report
    rows: Mapping[str, Sequence[Record]]
    measured_at: datetime


@dataclass(frozen=True)
class Draft:
    """What freezing would keep; `frozen.fingerprint` tells whether it is still the same.

    `pictures` are those that it shows, PNG by SHA-256.
    """

    programme: Programme
    frozen: frozen.Frozen
    measured_at: datetime
    pictures: Mapping[str, bytes] = field(default_factory=dict)

    @cached_property
    def report(self) -> Report:
        """What it says."""
        return frozen.thaw(self.frozen.content)


def draft_report(*, as_of: date, territory: str | None = None, foreword: str = "") -> Draft:
    """Measure the whole report of a day in a territory. Raises what `measure_progress` raises."""
    return _drafted(_measured(as_of, territory), foreword)


def kept_draft(*, as_of: date, territory: str, foreword: str = "", anew: bool = False) -> Draft:
    """The same, measured once in a state of the register, and again where it must be `anew`.

    Rows changed by hand in the database leave no trail: what is frozen is measured anew.
    """
    measured = remember(
        f"draft {territory}",
        on=as_of,
        state=register_state(),
        read=lambda: _measured(as_of, territory),
        anew=anew,
    )
    return _drafted(measured, foreword)


def _measured(as_of: date, territory: str | None) -> _Measured:
    progress = measure_progress(as_of=as_of, territory=territory)
    return _Measured(measured_report(progress), rows_behind(progress), timezone.now())


def _drafted(measured: _Measured, foreword: str) -> Draft:
    """With the words and the partners of now."""
    programme, partners = get_programme(), read_partners()
    report = replace(measured.report, foreword=foreword, partners=partners.named)
    kept = frozen.freeze(report, measured.rows)
    return Draft(programme, kept, measured.measured_at, partners.pictures)
