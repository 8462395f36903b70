"""The report of an import as a person reads it."""

from __future__ import annotations

import re
from io import StringIO

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from beffroi.foundations.imports.report import CellChange, Outcome, Remark, Report
from beffroi.foundations.money import format_number

_WORDS = {
    Outcome.CREATED: "créées",
    Outcome.UPDATED: "modifiées",
    Outcome.UNCHANGED: "inchangées",
    Outcome.DUPLICATE: "en double",
    Outcome.REFUSED: "refusées",
}
_WIDTH, _LONGEST, _MOST_NOTES, _MOST_CHANGES = 110, 80, 40, 40
_NOTHING = "(vide)"
_UNPRINTABLE = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


def refusal_line(remark: Remark) -> str:
    """`missions.csv, ligne 12, montant, « abc » : montant illisible`, on one line."""
    place = [remark.file, f"ligne {remark.line}", remark.column, _value(remark.value)]
    return f"{', '.join(part for part in place if part)} : {remark.reason}"


def report_text(report: Report) -> str:
    """Counts by file with their totals, then notes, what was left aside, and the conclusion."""
    out = StringIO()
    console = Console(file=out, width=_WIDTH, highlight=False)
    console.print(_table(report))
    _print_changes(report, console)
    for remark in report.notes[:_MOST_NOTES]:
        console.print(escape(f"Note : {refusal_line(remark)}"), soft_wrap=True)
    if len(report.notes) > _MOST_NOTES:
        rest = format_number(len(report.notes) - _MOST_NOTES)
        console.print(f"… et {rest} autres notes (toutes avec --format json).")
    if report.ignored:
        console.print(escape(f"Laissés de côté par leur genre : {', '.join(report.ignored)}."))
    console.print(_conclusion(report))
    return out.getvalue()


def change_line(change: CellChange) -> str:
    """`missions.csv, ligne 12, montant : « 1 000,00 € » → « 1 250,00 € »`, on one line."""
    place = f"{change.file}, ligne {change.line}, {change.column}"
    return f"{place} : {_value(change.old) or _NOTHING} → {_value(change.new) or _NOTHING}"


def _print_changes(report: Report, console: Console) -> None:
    for change in report.changes[:_MOST_CHANGES]:
        console.print(escape(f"Changement : {change_line(change)}"), soft_wrap=True)
    if len(report.changes) > _MOST_CHANGES:
        rest = format_number(len(report.changes) - _MOST_CHANGES)
        console.print(f"… et {rest} autres changements (tous avec --format json).")


def _table(report: Report) -> Table:
    table = Table(title="Reprise des fichiers de suivi")
    table.add_column("fichier")
    for word in _WORDS.values():
        table.add_column(word, justify="right")
    for name, counts in report.files.items():
        table.add_row(escape(name), *(format_number(counts[outcome]) for outcome in _WORDS))
    table.add_section()
    totals = [sum(counts[outcome] for counts in report.files.values()) for outcome in _WORDS]
    table.add_row("total", *map(format_number, totals))
    return table


def _conclusion(report: Report) -> str:
    if report.is_written and report.has_refusals:
        return "Les bonnes lignes sont écrites ; les autres attendent au bureau."
    if report.is_written:
        return "Tout est écrit."
    return "Rien n’a été écrit."


def _value(value: str) -> str:
    flat = _UNPRINTABLE.sub(" ", value)
    short = flat if len(flat) <= _LONGEST else f"{flat[:_LONGEST]}…"
    return f"« {short} »" if flat else ""
