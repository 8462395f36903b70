"""Bring the register to what recognised files say: the one way in for imports and replays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import connection, transaction

from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.imports.bounds import Reach
from beffroi.foundations.imports.cells import CellRemark
from beffroi.foundations.imports.files import Row
from beffroi.foundations.imports.intake import Received
from beffroi.foundations.imports.places import Places
from beffroi.foundations.imports.report import CellChange, EndedRow, Outcome, Remark, Report
from beffroi.foundations.imports.sorting import Sorted, Sorter
from beffroi.foundations.mandates.queries import NATIONAL, Scope

# Told how far it is: a step, and a percentage of the whole.
Progress = Callable[[str, int], None]
Afterwards = Callable[[Sequence[Sorted], Report], None]
READING, SORTING, WRITING = "lecture des fichiers", "contrôle des lignes", "comparaison au registre"
_LOCK = 20_221_101
_FROM, _TO = 10, 60


class OtherThanPreviewed(Exception):
    """The register changed since the preview: the same files would now do something else."""

    def __init__(self, report: Report) -> None:
        self.report = report
        super().__init__("the differences are not those that were previewed")


def untold(_step: str, _percent: int) -> None:
    """For those who do not watch."""


@dataclass(frozen=True)
class Terms:
    """How rows are brought in. `today` reads the rows that carry no date of their own. `expected`
    is the fingerprint of the report that a person agreed to. `because` names the act, before the
    name of the file, in the trail of each row."""

    today: date
    by: Authorship
    scope: Scope = NATIONAL
    is_partial: bool = False
    is_dry_run: bool = False
    expected: str = ""
    because: str = "reprise de"
    tell: Progress = untold


def bring_rows(
    *, received: Sequence[Received], report: Report, terms: Terms, afterwards: Afterwards
) -> Report:
    """Sort and write the rows of recognised files, in one transaction, and report on each.

    A refused row, or a refused file, and nothing is written, unless `terms.is_partial`. A dry run
    goes through the very same writes and undoes them. `afterwards` runs in the transaction once
    rows are written for good. Raises OtherThanPreviewed, having written nothing.
    """
    places = Places()
    understood = [file for file in received if _is_placeable(file, places, report)]
    sorter = Sorter(places=places, today=terms.today, reach=Reach(terms.scope))
    files = []
    for rank, file in enumerate(understood):
        terms.tell(SORTING, _FROM + (_TO - _FROM) * rank // len(understood))
        files.append(sorter.sort(file))
    terms.tell(WRITING, _TO)
    with transaction.atomic():
        _one_at_a_time()
        for rows in files:
            _tell(rows, report)
            by = terms.by if terms.by.reason else _because(terms, rows.file.name)
            _write(rows, report, by)
        place = _place_in(understood)
        report.rows.sort(key=place)
        report.changes.sort(key=place)
        report.refused.sort(key=place)
        report.notes.sort(key=place)
        if terms.expected and report.fingerprint != terms.expected:
            raise OtherThanPreviewed(report)
        report.is_written = not terms.is_dry_run and (terms.is_partial or not report.has_refusals)
        if report.is_written:
            afterwards(files, report)
        else:
            transaction.set_rollback(True)
    return report


def _one_at_a_time() -> None:
    """Two imports wait for each other. SQLite's own transactions already do."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _because(terms: Terms, name: str) -> Authorship:
    return replace(terms.by, reason=f"{terms.because} {name}")


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
    report.kinds[name] = rows.file.declared.name
    for refused in rows.refused:
        report.end_row(name, refused.row.line, Outcome.REFUSED, _key(rows, refused.row))
        report.refused += [_remark(name, refused.row, fault) for fault in refused.faults]
    for row, remark in rows.duplicates:
        report.end_row(name, row.line, Outcome.DUPLICATE, _key(rows, row))
        report.notes.append(_remark(name, row, remark))
    report.notes += [_remark(name, row, note) for row, note in rows.notes]


def _write(rows: Sorted, report: Report, by: Authorship) -> None:
    name, declared = rows.file.name, rows.file.declared
    for position, remark in declared.remarks(rows.records).items():
        report.notes.append(_remark(name, rows.rows[position], remark))
    changes = declared.write(rows.records, by)
    if len(changes) != len(rows.records):
        raise AssertionError(f"{declared.name}: every record must end as something")
    for row, change in zip(rows.rows, changes, strict=True):
        report.end_row(name, row.line, Outcome(change.change.value), _key(rows, row))
        report.changes += [CellChange(name, row.line, *cell) for cell in change.differences]


def _key(rows: Sorted, row: Row) -> str:
    """What the file calls the row, where it can be read."""
    position = rows.file.positions[rows.file.declared.key_column]
    return "" if row.flaw else row.cells[position]


def _remark(file: str, row: Row, cell: CellRemark) -> Remark:
    return Remark(file, row.line, cell.column, cell.value, cell.reason)


def _place_in(
    received: Sequence[Received],
) -> Callable[[Remark | CellChange | EndedRow], tuple[int, str, int]]:
    """Remarks in the order of import, then by line; files that were not read come first."""
    ranks = {file.name: rank for rank, file in enumerate(received, start=1)}
    return lambda told: (ranks.get(told.file, 0), told.file, told.line)
