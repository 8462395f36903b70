"""A frozen report, and the rows behind its figures, as files."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from ..queries.partners import pictures_of
from ..written.files import write_rows
from ..written.forms import FORMS
from ..written.rows import write_rows_json
from ..written.tables import TABLES
from .found import find_report, frozen_file, open_rows

_A_YEAR = 365 * 24 * 3600


@require_safe
def download(request: HttpRequest, reference: str, form: str) -> HttpResponse:
    """The report as a file."""
    found = find_report(request, reference)
    written = FORMS[form]
    name = f"{written.stem}-{reference}.{written.extension}"
    body = written.write(found)
    return frozen_file(request, found, body, name=name, content_type=written.content_type)


@require_safe
def rows(request: HttpRequest, reference: str, code: str, form: str) -> HttpResponse:
    """The rows behind one figure as a file."""
    found = find_report(request, reference)
    one, table = open_rows(found, code)
    text = write_rows(table) if form == "csv" else write_rows_json(found.report, one, table)
    name = f"{reference}-{code}.{form}"
    return frozen_file(
        request, found, text.encode(), name=name, content_type=FORMS[form].content_type
    )


@require_safe
def logo(request: HttpRequest, fingerprint: str) -> HttpResponse:  # noqa: ARG001
    """A frozen logo: its address says what it holds, so that it is kept for good."""
    body = pictures_of([fingerprint]).get(fingerprint)
    if body is None:
        raise Http404(fingerprint)
    response = HttpResponse(body, content_type="image/png")
    patch_cache_control(response, public=True, max_age=_A_YEAR, immutable=True)
    return response


@require_safe
def schema(request: HttpRequest, name: str) -> JsonResponse:  # noqa: ARG001
    """The Table Schema of one of the tables of a report."""
    if name not in TABLES:
        raise Http404(name)
    response = JsonResponse(TABLES[name].schema(), json_dumps_params={"ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"
    return response
