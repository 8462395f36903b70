"""« Exporter » on the desk: the follow-up files within one's reach, and workbooks to fill in."""

from __future__ import annotations

from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from beffroi.foundations.desk.permissions import reach_of
from beffroi.foundations.imports.declarations import FollowUpFile, follow_up_files
from beffroi.foundations.imports.exporting import export_archive, export_file, file_name
from beffroi.foundations.imports.files import MIME_TYPES, Format
from beffroi.foundations.imports.filling_in import write_template
from beffroi.foundations.imports.outgoing import OutgoingPlaces
from beffroi.foundations.imports.permissions import can_export
from beffroi.foundations.mandates.queries import Scope

_IN_MEMORY = 8 * 1024 * 1024
_LABELS = {
    Format.CSV: "CSV (texte, point-virgule)",
    Format.XLSX: "Excel (XLSX)",
    Format.ODS: "LibreOffice (ODS)",
}


@require_safe
def exports(request: HttpRequest) -> HttpResponse:
    """The choice of files and formats."""
    scope = _scope(request)
    context = {
        "header_title": "Exporter le registre",
        "page_title": "Exporter le registre",
        "breadcrumbs_items": [],
        "files": follow_up_files().values(),
        "formats": _LABELS.items(),
        "is_national": scope.is_national,
    }
    return render(request, "imports/desk/exports.html", context)


@require_safe
def download(request: HttpRequest) -> FileResponse:
    """One follow-up file, or a zip of them all when none is named."""
    scope = _scope(request)
    try:
        fmt = Format(request.GET.get("format", Format.CSV))
    except ValueError:
        raise Http404 from None
    wanted = request.GET.get("file", "")
    today = timezone.localdate()
    out = _spool()
    if not wanted:
        export_archive(out, scope=scope, today=today, fmt=fmt)
        return _answer(out, f"registre-{today.isoformat()}-{fmt}.zip", "application/zip")
    declared = _declared(wanted)
    places = OutgoingPlaces(today=today)
    export_file(out, declared=declared, scope=scope, places=places, fmt=fmt)
    return _answer(out, file_name(declared, fmt), MIME_TYPES[fmt])


@require_safe
def template(request: HttpRequest, name: str) -> FileResponse:
    """The workbook to fill in for one follow-up file."""
    _scope(request)
    declared = _declared(name)
    out = _spool()
    write_template(out, declared=declared)
    return _answer(out, f"modele-{declared.name}.xlsx", MIME_TYPES[Format.XLSX])


def _scope(request: HttpRequest) -> Scope:
    """The person's reach; PermissionDenied without the role, or without a mandate."""
    scope = reach_of(request.user)
    if scope.is_empty or not can_export(request.user):
        raise PermissionDenied
    return scope


def _declared(name: str) -> FollowUpFile[Any]:
    declared = follow_up_files().get(name)
    if declared is None:
        raise Http404
    return declared


def _spool() -> IO[bytes]:
    """A file in memory, on disk when it grows."""
    return SpooledTemporaryFile(max_size=_IN_MEMORY)  # type: ignore[return-value]


def _answer(out: IO[bytes], name: str, kind: str) -> FileResponse:
    out.seek(0)
    response = FileResponse(out, as_attachment=True, filename=name, content_type=kind)
    response["Cache-Control"] = "no-store"
    return response
