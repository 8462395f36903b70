"""Bring corrected rows in again, through the very reading, sorting and writing of an import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.imports.actions.bring_rows import Terms, bring_rows
from beffroi.foundations.imports.actions.keep_refused_rows import reason_of
from beffroi.foundations.imports.cells import CellRemark
from beffroi.foundations.imports.declarations import FollowUpFile
from beffroi.foundations.imports.files import Row, Table
from beffroi.foundations.imports.intake import Received
from beffroi.foundations.imports.kinds import cells_of, kind_of
from beffroi.foundations.imports.models import RefusedRow, Resolution
from beffroi.foundations.imports.report import CellChange, Outcome, Remark, Report
from beffroi.foundations.imports.sorting import Sorted
from beffroi.foundations.mandates.queries import Scope


class AlreadyDealtWith(Exception):
    """Somebody dealt with the row meanwhile."""


@dataclass
class Replay:
    """What became of each replayed row, by its key."""

    outcomes: dict[int, Outcome] = field(default_factory=dict)
    refused: dict[int, list[CellRemark]] = field(default_factory=dict)
    changes: list[CellChange] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)


@transaction.atomic
def replay_rows(
    *,
    rows: Sequence[RefusedRow],
    today: date,
    by: Authorship,
    scope: Scope,
    cells: Mapping[int, Mapping[str, str]] | None = None,
    is_dry_run: bool = False,
) -> Replay:
    """Bring refused rows in, as received or with corrected `cells` (by the row's key, then column).

    The rows of one file and kind go in together, as in their file: those of one document must
    agree. A row that is taken is dealt with; one that is refused again stays, with its reasons of
    today. A dry run tells the same and changes nothing. Raises AlreadyDealtWith.
    """
    keys = [row.pk for row in rows]
    locked = list(RefusedRow.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    if any(row.resolved_at for row in locked):
        raise AlreadyDealtWith
    replay = Replay()
    terms = Terms(
        today=today,
        by=by,
        scope=scope,
        is_partial=True,
        is_dry_run=is_dry_run,
        because="correction de",
    )
    for batch in _batches(locked, cells or {}):
        batch.bring(terms, replay)
    return replay


@dataclass(frozen=True)
class _Batch:
    """Refused rows that came in the same file, each with the cells to read, by line."""

    file_name: str
    declared: FollowUpFile[Any]
    rows: dict[int, tuple[RefusedRow, Mapping[str, str]]]

    def bring(self, terms: Terms, replay: Replay) -> None:
        """Sort and write them as their file would have been."""

        def settle(files: Sequence[Sorted], _report: Report) -> None:
            for sorted_rows in files:
                self._settle(sorted_rows, terms.by)

        report = Report()
        bring_rows(received=[self._received()], report=report, terms=terms, afterwards=settle)
        self._tell(report, replay)

    def _received(self) -> Received:
        columns = self.declared.columns
        table = tuple(
            Row(line, tuple(cells.get(column, "") for column in columns))
            for line, (_, cells) in sorted(self.rows.items())
        )
        positions = {column: position for position, column in enumerate(columns)}
        return Received(self.file_name, "", self.declared, Table("", columns, table), positions)

    def _settle(self, sorted_rows: Sorted, by: Authorship) -> None:
        refused = {refusal.row.line: refusal for refusal in sorted_rows.refused}
        for line, (row, cells) in self.rows.items():
            again = refused.get(line)
            if again is None:
                _close(row, cells, self.declared, by)
            elif dict(cells) == cells_of(row, self.declared):
                row.column, row.value, _ = again.faults[0]
                row.reason = reason_of(again)
                row.is_contradicted = again.is_contradicted
                row.save()

    def _tell(self, report: Report, replay: Replay) -> None:
        for remark in report.refused:
            told = CellRemark(remark.column, remark.value, remark.reason)
            # A refusal of the whole file (no geography) is one of each row.
            lines = self.rows if report.refused_files else [remark.line]
            for line in lines:
                replay.refused.setdefault(self.rows[line][0].pk, []).append(told)
        for ended in report.rows:
            if ended.outcome is not Outcome.REFUSED:
                replay.outcomes[self.rows[ended.line][0].pk] = ended.outcome
        replay.changes += report.changes
        replay.notes += report.notes


def _batches(rows: Sequence[RefusedRow], cells: Mapping[int, Mapping[str, str]]) -> list[_Batch]:
    """By file and kind; two rows of one line came in two versions of the file, and go apart."""
    batches: dict[tuple[str, str, int], _Batch] = {}
    for row in rows:
        declared = kind_of(row)
        if declared is None:
            continue
        version = 0
        while True:
            batch = batches.setdefault(
                (row.file_name, declared.name, version), _Batch(row.file_name, declared, {})
            )
            if row.line not in batch.rows:
                break
            version += 1
        batch.rows[row.line] = row, cells.get(row.pk) or cells_of(row, declared)
    return list(batches.values())


def _close(
    row: RefusedRow,
    cells: Mapping[str, str],
    declared: FollowUpFile[Any],
    by: Authorship,
) -> None:
    received = cells_of(row, declared)
    row.correction = [
        [column, received[column], cells[column]]
        for column in declared.columns
        if cells[column] != received[column]
    ]
    row.resolution = Resolution.CORRECTED if row.correction else Resolution.REPLAYED
    row.resolved_at, row.resolved_by = by.at, by.actor
    row.save()
