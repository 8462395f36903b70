"""The forms in which a frozen report is handed out, each under its own name and type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf import settings

from ..models import Snapshot
from .files import write_csv, write_json
from .html import write_html
from .pdf import write_pdf


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


def write_report(snapshot: Snapshot, form: str) -> bytes:
    """A frozen report in one of FORMS."""
    return FORMS[form].write(snapshot)


def _pdf(snapshot: Snapshot) -> bytes:
    address = f"{settings.BEFFROI_SITE_URL}{snapshot.get_absolute_url()}"
    return write_pdf(snapshot.report, address=address)


FORMS: Mapping[str, Form] = {
    "json": Form(
        "donnees.json",
        "application/json; charset=utf-8",
        lambda snapshot: write_json(snapshot.report).encode(),
    ),
    "csv": Form(
        "donnees.csv",
        "text/csv; charset=utf-8; header=present",
        lambda snapshot: write_csv(snapshot.report).encode(),
    ),
    "pdf": Form("point-d-avancement.pdf", "application/pdf", _pdf),
    "html": Form(
        "point-d-avancement.html",
        "text/html; charset=utf-8",
        lambda snapshot: write_html(snapshot.report).encode(),
    ),
}
