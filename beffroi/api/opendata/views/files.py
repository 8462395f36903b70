"""The files: data, schemas, catalogue. What refuses them is said in plain text."""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, quote_etag
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from ..addresses import full, page_path, schema_path
from ..catalogue import write_catalogue
from ..datasets import BY_CODE, DATASETS
from ..declaration import Dataset
from ..schemas import table_schema
from ..versions import RefusedVersion, Version, open_version, placed, published_days
from ..writing import CONTENT_TYPES, Form, write_pieces

_MAX_AGE_SECONDS = 300
_PLAIN = "text/plain; charset=utf-8"


@require_safe
def current(request: HttpRequest, code: str, suffix: str) -> HttpResponseBase:
    """A dataset as it stands today."""
    return _answer(request, code, suffix, day="")


@require_safe
def version(request: HttpRequest, code: str, day: str, suffix: str) -> HttpResponseBase:
    """A dataset as of a day."""
    return _answer(request, code, suffix, day=day)


@require_safe
@gzip_page
def schema(request: HttpRequest, code: str) -> HttpResponseBase:
    """What the columns of a dataset hold."""
    found = BY_CODE.get(code)
    if found is None:
        return _refuse(f"Aucun jeu de données ne s’appelle «\u00a0{code}\u00a0».", status=404)
    address, page = full(schema_path(found)), full(page_path(found))
    today = open_version(today=timezone.localdate())
    described = table_schema(
        found, address=address, homepage=page, placed=placed(found, today.edition)
    )
    return _document(request, described, "application/json; charset=utf-8")


@require_safe
@gzip_page
def catalogue(request: HttpRequest) -> HttpResponseBase:
    """Every dataset, described for machines."""
    found = write_catalogue(
        DATASETS, open_version(today=timezone.localdate()), days=published_days()
    )
    return _document(request, found, "application/ld+json")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The pages of the open data, for search engines."""
    paths = (reverse("opendata:index"), *map(page_path, DATASETS))
    written = render_to_string("opendata/sitemap.xml", {"addresses": map(full, paths)})
    return HttpResponse(written, content_type="application/xml")


def _answer(request: HttpRequest, code: str, suffix: str, *, day: str) -> HttpResponseBase:
    dataset = BY_CODE.get(code)
    if dataset is None:
        return _refuse(f"Aucun jeu de données ne s’appelle «\u00a0{code}\u00a0».", status=404)
    try:
        found = open_version(day, today=timezone.localdate())
    except RefusedVersion as refused:
        return _refuse(str(refused), status=400)
    offered = found.forms(dataset)
    if suffix not in offered:
        forms = ", ".join(offered)
        reason = f"«\u00a0{code}\u00a0» n’existe pas en {suffix[:20]}. Formes\u00a0: {forms}."
        return _refuse(reason, status=404)
    # A workbook is compressed already.
    send = _send if suffix == Form.ODS else _send_compressed
    return send(request, dataset, Form(suffix), found)


def _send(request: HttpRequest, dataset: Dataset, form: Form, found: Version) -> HttpResponseBase:
    """The file, unless the reader has it already. A `HEAD` reads no row."""
    etag, modified_at = found.etag(dataset, form), found.modified_at
    known = get_conditional_response(request, etag=etag, last_modified=_seconds(modified_at))
    response: HttpResponseBase = known or (
        StreamingHttpResponse(
            () if request.method == "HEAD" else write_pieces(dataset, found.edition, form)
        )
    )
    response["Content-Type"] = CONTENT_TYPES[form]
    name = f"{dataset.code}-{found.as_of.isoformat()}.{form.value}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["ETag"] = etag
    if modified_at:
        response["Last-Modified"] = http_date(modified_at.timestamp())
    return _opened(response)


_send_compressed = gzip_page(_send)


def _document(request: HttpRequest, content: dict[str, Any], content_type: str) -> HttpResponseBase:
    body = json.dumps(content, ensure_ascii=False, indent=1).encode()
    etag = quote_etag(sha256(body).hexdigest()[:32])
    response = get_conditional_response(request, etag=etag) or HttpResponse(body)
    response["Content-Type"] = content_type
    response["ETag"] = etag
    return _opened(response)


def _refuse(reason: str, *, status: int) -> HttpResponse:
    response = HttpResponse(f"{reason}\n", content_type=_PLAIN, status=status)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _opened(response: HttpResponseBase) -> HttpResponseBase:
    """Any page, wherever it comes from, may read it; caches keep it for a few minutes."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "Content-Disposition, ETag, Last-Modified"
    patch_cache_control(response, public=True, max_age=_MAX_AGE_SECONDS)
    return response


def _seconds(instant: datetime | None) -> int | None:
    return int(instant.timestamp()) if instant else None
