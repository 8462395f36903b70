"""Import a follow-up file, or a folder of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.actions import Authorship, record_act
from beffroi.foundations.imports.actions.keep_refused_rows import keep_refused_rows
from beffroi.foundations.imports.cells import CellRemark
from beffroi.foundations.imports.declarations import FollowUpFile, follow_up_files
from beffroi.foundations.imports.files import Row
from beffroi.foundations.imports.intake import Received, receive
from beffroi.foundations.imports.models import ReceivedFile
from beffroi.foundations.imports.places import Places
from beffroi.foundations.imports.report import Outcome, Remark, Report
from beffroi.foundations.imports.sorting import Sorted, Sorter
from beffroi.foundations.upsert import Change


def import_files(
    *,
    path: Path,
    today: date,
    at: datetime,
    actor: User | None = None,
    is_partial: bool = False,
    is_dry_run: bool = False,
) -> Report:
    """Read a file or a folder and bring the register to what it says.

    One transaction for the whole: a refused row, or a refused file, and nothing is written, unless
    `is_partial`, which keeps the refused rows for a person to correct. `is_dry_run` gives the same
    report and undoes everything. `today` reads the rows that carry no date of their own. Never
    deletes, writes nothing that is already so.
    """
    report = Report()
    places = Places()
    by = Authorship(at=at, actor=actor)
    declared = follow_up_files()
    received = receive(path, declared=declared, report=report)
    with transaction.atomic():
        received = [file for file in received if _is_placeable(file, places, report)]
        sorter = Sorter(places=places, today=today)
        sorted_files = []
        for file in received:
            rows = sorter.sort(file)
            sorted_files.append(rows)
            _tell(rows, report)
            _write(rows, report, by)
        report.is_written = not is_dry_run and (is_partial or not report.has_refusals)
        if report.is_written:
            keep_refused_rows(files=sorted_files, at=at)
            _leave_trail(received, report, at=at, actor=actor)
        else:
            transaction.set_rollback(True)
    place = _place_in(received)
    report.refused.sort(key=place)
    report.notes.sort(key=place)
    return report


def _is_placeable(file: Received, places: Places, report: Report) -> bool:
    """Whether the official geography is there for the file; said once, not at each row."""
    if not file.declared.needs_towns:
        return True
    wanted = file.declared.needs_intercommunalities
    gap = places.gaps(needs_intercommunalities=wanted)
    if gap:
        report.refuse_file(Remark(file.name, 1, "", ";".join(file.table.header), gap))
    return not gap


def _tell(rows: Sorted, report: Report) -> None:
    """Count and say what is not written: refusals, duplicates, notes."""
    name = rows.file.name
    for refused in rows.refused:
        report.count(name, Outcome.REFUSED)
        report.refused += [_remark(name, refused.row, fault) for fault in refused.faults]
    for row, remark in rows.duplicates:
        report.count(name, Outcome.DUPLICATE)
        report.notes.append(_remark(name, row, remark))
    report.notes += [_remark(name, row, note) for row, note in rows.notes]


def _write(rows: Sorted, report: Report, by: Authorship) -> None:
    name, declared = rows.file.name, rows.file.declared
    for position, remark in declared.remarks(rows.records).items():
        report.notes.append(_remark(name, rows.rows[position], remark))
    for change in _changes(declared, rows.records, by):
        report.count(name, Outcome(change.value))


def _changes(
    declared: FollowUpFile[Any], records: Sequence[Any], by: Authorship
) -> Sequence[Change]:
    changes = declared.write(records, by)
    if len(changes) != len(records):
        raise AssertionError(f"{declared.name}: every record must end as something")
    return changes


def _remark(file: str, row: Row, cell: CellRemark) -> Remark:
    return Remark(file, row.line, cell.column, cell.value, cell.reason)


def _leave_trail(
    received: Sequence[Received], report: Report, *, at: datetime, actor: User | None
) -> None:
    """One audit line per file that changed something."""
    for file in received:
        counts = report.files[file.name]
        if not counts[Outcome.CREATED] and not counts[Outcome.UPDATED]:
            continue
        kept = ReceivedFile.objects.create(
            name=file.name,
            kind=file.declared.name,
            sha256=file.sha256,
            received_at=at,
            received_by=actor,
            counts=counts,
        )
        record_act(
            verb="import_files", target=kept, at=at, actor=actor, changes={"counts": [None, counts]}
        )


def _place_in(received: Sequence[Received]) -> Callable[[Remark], tuple[int, str, int]]:
    """Remarks in the order of import, then by line; files that were not read come first."""
    ranks = {file.name: rank for rank, file in enumerate(received, start=1)}
    return lambda remark: (ranks.get(remark.file, 0), remark.file, remark.line)
