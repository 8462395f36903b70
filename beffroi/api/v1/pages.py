"""What is no question: the OpenAPI document, its page, and addresses that do not exist."""

from __future__ import annotations

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from beffroi.api.opendata.catalogue import LICENCE

from .description import describe_api
from .documentation import refusals, subjects_of
from .door import LIVE_SECONDS, guarded
from .paging import MOST, USUAL
from .problems import missing
from .written import ROOT, api_address


def openapi(_: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    written = json.dumps(describe_api(), ensure_ascii=False, indent=2)
    return HttpResponse(written, content_type="application/json")


def nowhere(_: HttpRequest) -> HttpResponse:
    """An address that the API does not have."""
    raise missing(
        "L’API n’a rien à cette adresse\u00a0: toutes les siennes sont décrites par "
        f"{api_address('openapi.json')}."
    )


_refuse = guarded(nowhere, parameters=None)


@csrf_exempt
def documentation(request: HttpRequest) -> HttpResponseBase:
    """The page that describes the API to people."""
    if request.method not in ("GET", "HEAD"):
        return _refuse(request)
    document = describe_api()
    context = {
        "api": document["info"],
        "root": ROOT,
        "base": document["servers"][0]["url"],
        "subjects": subjects_of(document),
        "refusals": refusals(),
        "licence": LICENCE,
        "usual": str(USUAL),
        "most": str(MOST),
        "limit": settings.BEFFROI_API_REQUESTS_PER_MINUTE,
        "kept_minutes": str(LIVE_SECONDS // 60),
        "canonical": api_address(),
    }
    response = render(request, "v1/documentation.html", context)
    response["Link"] = f'<{api_address("openapi.json")}>; rel="service-desc"'
    return response
