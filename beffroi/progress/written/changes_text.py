"""A comparison on a terminal, as a French table."""

from __future__ import annotations

import io

from rich.console import Console
from rich.table import Table

from beffroi.foundations.dates import format_date

from ..comparison import Comparison
from .changes import WrittenChange, write_changes


def write_changes_text(comparison: Comparison, *, width: int) -> str:
    """The figures that changed, before and after, and how many of their rows moved."""
    before, after = comparison.before, comparison.after
    written = write_changes(comparison)
    title = f"Du {format_date(before.as_of)} au {format_date(after.as_of)} – {after.territory_name}"
    table = Table(title=title, show_lines=True, expand=True)
    table.add_column("Chiffre", ratio=3)
    for name in ("Avant", "Après", "Différence"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("Lignes", ratio=3)
    for change in written.changes:
        row = (change.figure.label, change.before, change.after, change.difference)
        table.add_row(*row, _rows(change))
    console = Console(file=io.StringIO(), width=width, color_system=None)
    with console.capture() as text:
        if written.changes:
            console.print(table)
        console.print(written.summary)
    return text.get()


def _rows(change: WrittenChange) -> str:
    redefined = "définition changée" if change.versions else ""
    return " ; ".join(part for part in (redefined, change.counts) if part)
