"""The drawings of published reports, each a file of its own."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from ..models import Snapshot
from ..permissions import may_preview
from .drawing import Drawing, NothingToDraw
from .kept import drawing_of, picture_of
from .subjects import WIDTHS

_CONTENT_TYPES = {"svg": "image/svg+xml", "png": "image/png"}
_YEAR = 365 * 24 * 3600


@require_safe
def drawing(request: HttpRequest, reference: str, name: str, form: str) -> HttpResponse:
    """`name` is that of the drawing, a dash and its width: two lists, both closed."""
    snapshot = _found(request, reference)
    try:
        drawn = _drawn(snapshot, name)
    except NothingToDraw as nothing:
        raise Http404(name) from nothing
    etag = quote_etag(f"{drawn.digest}-{form}")
    response = get_conditional_response(request, etag=etag) or HttpResponse(_body(drawn, form))
    response["Content-Type"] = _CONTENT_TYPES[form]
    response["ETag"] = etag
    _say_how_long(request, response, snapshot, drawn)
    return response


def _found(request: HttpRequest, reference: str) -> Snapshot:
    """A published report; one that is not yet, for those alone who may read it before.

    What the report says is read only where its drawing is not kept.
    """
    found = Snapshot.objects.without_content().select_related("publication", "programme")
    snapshot = get_object_or_404(found, reference=reference)
    if not snapshot.is_published and not may_preview(request.user, snapshot):
        raise Http404(reference)
    return snapshot


def _drawn(snapshot: Snapshot, name: str) -> Drawing:
    subject, _, width = name.rpartition("-")
    widths = {str(one): one for one in WIDTHS}
    if width not in widths:
        raise NothingToDraw(name)
    return drawing_of(snapshot, subject, width=widths[width])


def _body(drawn: Drawing, form: str) -> bytes:
    return picture_of(drawn) if form == "png" else drawn.svg.encode()


def _say_how_long(
    request: HttpRequest, response: HttpResponse, snapshot: Snapshot, drawn: Drawing
) -> None:
    """An address with the digest holds for ever, without it an hour, and a preview not at all."""
    if not snapshot.is_published:
        patch_cache_control(response, private=True, no_store=True)
    elif request.GET.get("v") == drawn.digest:
        patch_cache_control(response, public=True, max_age=_YEAR, immutable=True)
    else:
        patch_cache_control(response, public=True, max_age=3600)
