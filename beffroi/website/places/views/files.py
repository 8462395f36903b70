"""A list of towns, downloaded."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag

from beffroi.foundations.imports.files import MIME_TYPES, Format

from ..queries import FollowedTown, Ground
from ..tables import write_towns

_MAX_AGE_SECONDS = 300


def towns_response(
    request: HttpRequest, towns: Iterable[FollowedTown], ground: Ground, *, name: str
) -> HttpResponse:
    """A CSV file that browsers ask for again, and get only when it changed."""
    body = write_towns(towns, ground)
    etag = quote_etag(sha256(body).hexdigest())
    response = get_conditional_response(request, etag=etag) or HttpResponse(body)
    response["Content-Type"] = f"{MIME_TYPES[Format.CSV]}; header=present"
    response["Content-Disposition"] = f'attachment; filename="{name}-{ground.as_of}.csv"'
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=_MAX_AGE_SECONDS)
    return response
