"""The forms in which a frozen report is handed out, each under its own name and type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf import settings

from ..models import Snapshot
from ..queries.partners import logos_of
from ..report import Report
from .files import write_json
from .html import write_html
from .pdf import write_pdf
from .tables import FIGURES, TABLES, TidyTable


@dataclass(frozen=True, slots=True)
class Form:
    """One form: the end of its address, its type, and what writes it, the same bytes each time."""

    name: str
    content_type: str
    write: Callable[[Snapshot], bytes]

    @property
    def extension(self) -> str:
        """`pdf`."""
        return self.name.rpartition(".")[2]

    @property
    def stem(self) -> str:
        """What the name of a kept copy begins with: the table, or the whole report."""
        stem = self.name.rpartition(".")[0]
        return "point-d-avancement" if stem == FIGURES.name else stem


def write_report(snapshot: Snapshot, form: str) -> bytes:
    """A frozen report in one of FORMS."""
    return FORMS[form].write(snapshot)


def _pdf(snapshot: Snapshot) -> bytes:
    address = f"{settings.BEFFROI_SITE_URL}{snapshot.get_absolute_url()}"
    report = snapshot.report
    return write_pdf(report, logos=logos_of(report), address=address)


def _html(report: Report) -> bytes:
    return write_html(report, logos=logos_of(report)).encode()


_CSV = "text/csv; charset=utf-8; header=present"


def _tidy(table: TidyTable) -> Form:
    return Form(f"{table.name}.csv", _CSV, lambda snapshot: table.written(snapshot.report))


FORMS: Mapping[str, Form] = {
    "json": Form(
        "donnees.json",
        "application/json; charset=utf-8",
        lambda snapshot: write_json(snapshot.report).encode(),
    ),
    "csv": _tidy(FIGURES),
    "pdf": Form("point-d-avancement.pdf", "application/pdf", _pdf),
    "html": Form(
        "point-d-avancement.html",
        "text/html; charset=utf-8",
        lambda snapshot: _html(snapshot.report),
    ),
    **{name: _tidy(table) for name, table in TABLES.items() if table is not FIGURES},
}
