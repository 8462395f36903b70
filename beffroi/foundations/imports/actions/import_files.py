"""Import a follow-up file, or a folder of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.actions import Authorship, record_act
from beffroi.foundations.imports.actions.bring_rows import READING, Terms, bring_rows
from beffroi.foundations.imports.actions.keep_refused_rows import keep_refused_rows
from beffroi.foundations.imports.declarations import follow_up_files
from beffroi.foundations.imports.intake import receive
from beffroi.foundations.imports.models import ReceivedFile
from beffroi.foundations.imports.report import Outcome, Report
from beffroi.foundations.imports.sorting import Sorted
from beffroi.foundations.mandates.queries import NATIONAL, Scope


def import_files(
    *,
    path: Path,
    today: date,
    at: datetime,
    actor: User | None = None,
    scope: Scope = NATIONAL,
    is_partial: bool = False,
    is_dry_run: bool = False,
) -> Report:
    """Read a file or a folder and bring the register to what it says.

    One transaction for the whole: a refused row, or a refused file, and nothing is written, unless
    `is_partial`, which keeps the refused rows for a person to correct. `is_dry_run` gives the same
    report and undoes everything. `today` reads the rows that carry no date of their own. A row out
    of `scope` is refused. Never deletes, writes nothing that is already so.
    """
    by = Authorship(at=at, actor=actor)
    terms = Terms(today=today, by=by, scope=scope, is_partial=is_partial, is_dry_run=is_dry_run)
    return import_on_terms(path=path, terms=terms)


def import_on_terms(*, path: Path, terms: Terms) -> Report:
    """The same, for those who have previewed, or who watch. Raises OtherThanPreviewed."""
    report = Report()
    terms.tell(READING, 0)
    received = receive(path, declared=follow_up_files(), report=report)

    def leave_trail(files: Sequence[Sorted], report: Report) -> None:
        keep_refused_rows(files=files, at=terms.by.at, actor=terms.by.actor)
        _leave_trail(files, report, terms.by)

    return bring_rows(received=received, report=report, terms=terms, afterwards=leave_trail)


def _leave_trail(files: Sequence[Sorted], report: Report, by: Authorship) -> None:
    """One audit line per file that changed something."""
    for file in (rows.file for rows in files):
        counts = report.files[file.name]
        if not counts[Outcome.CREATED] and not counts[Outcome.UPDATED]:
            continue
        kept = ReceivedFile.objects.create(
            name=file.name,
            kind=file.declared.name,
            sha256=file.sha256,
            received_at=by.at,
            received_by=by.actor,
            counts=counts,
        )
        record_act(
            verb="import_files",
            target=kept,
            at=by.at,
            actor=by.actor,
            changes={"counts": [None, counts]},
        )
