"""From an address to a frozen report, for those who may read it."""

from __future__ import annotations

from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag

from ..frozen import OpenedTable
from ..models import Snapshot, UnknownFigure
from ..permissions import may_preview
from ..queries import UnknownSnapshot, get_snapshot
from ..rules import Figure

_MAX_AGE_SECONDS = 3600


def find_report(request: HttpRequest, reference: str) -> Snapshot:
    """A published report; one that is not yet, for those alone who may publish it."""
    try:
        found = get_snapshot(reference)
    except UnknownSnapshot as unknown:
        raise Http404(reference) from unknown
    if not found.is_published and not may_preview(request.user, found):
        raise Http404(reference)
    return found


def open_rows(found: Snapshot, code: str) -> tuple[Figure, OpenedTable]:
    """A figure of a report and the rows behind it; a figure it does not have answers 404."""
    try:
        return found.figure(code), found.rows_behind(code)
    except UnknownFigure as unknown:
        raise Http404(code) from unknown


def frozen_file(
    request: HttpRequest, found: Snapshot, body: bytes, *, name: str, content_type: str
) -> HttpResponse:
    """A download that browsers may keep; one that has these very bytes is told so.

    Caches shared by several readers keep nothing that is not published.
    """
    etag = quote_etag(sha256(body).hexdigest())
    response = get_conditional_response(request, etag=etag) or HttpResponse(body)
    response["Content-Type"] = content_type
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["ETag"] = etag
    if found.is_published:
        patch_cache_control(response, public=True, max_age=_MAX_AGE_SECONDS)
    return unkept_preview(found, response)


def unkept_preview(found: Snapshot, response: HttpResponse) -> HttpResponse:
    """The same answer; that of a report not published yet is kept by nobody, browsers included."""
    if not found.is_published:
        patch_cache_control(response, private=True, no_store=True)
    return response
