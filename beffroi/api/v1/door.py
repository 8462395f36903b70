"""The one door of the API: who may ask, how often, what may be asked, and what may be kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from hashlib import sha256
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote_to_bytes

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from .limits import count_demand
from .problems import Problem, problem_response, refused
from .shape import writing

View = Callable[..., HttpResponseBase]
METHODS = "GET, HEAD, OPTIONS"
LIVE_SECONDS, FROZEN_SECONDS = 300, 3600
_OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "ETag, Link, Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset"
    ),
}
_PREFLIGHT = {
    "Allow": METHODS,
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "Accept, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


class Unchanged(Exception):
    """The caller holds this very answer already."""

    def __init__(self, etag: str) -> None:
        self.etag = etag
        super().__init__(etag)


def tag(request: HttpRequest, response: HttpResponse, *parts: object) -> None:
    """Name the answer by what it is made from, and by the code that shapes it.

    Raises Unchanged where the caller has it.
    """
    written = " ".join(map(str, (writing(), request.get_full_path(), *parts)))
    etag = quote_etag(sha256(written.encode()).hexdigest()[:32])
    if get_conditional_response(request, etag=etag):
        raise Unchanged(etag)
    response["ETag"] = etag


def unchanged_response(unchanged: Unchanged) -> HttpResponse:
    """Nothing new."""
    response = HttpResponse(status=HTTPStatus.NOT_MODIFIED)
    response["ETag"] = unchanged.etag
    return response


def guarded(view: View, *, parameters: Callable[[], Collection[str]] | None = tuple) -> View:
    """A view behind the door; `parameters` gives the names that its address may ask with.

    None lets any name in: for addresses that answer nothing anyhow.
    """

    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = _admit(request, lambda: view(request, *args, **kwargs), parameters)
        for name, value in _OPEN.items():
            response[name] = value
        return response

    door.csrf_exempt = True  # type: ignore[attr-defined]  # it reads, and knows no session
    return door


def _admit(
    request: HttpRequest,
    answer: Callable[[], HttpResponseBase],
    parameters: Callable[[], Collection[str]] | None,
) -> HttpResponseBase:
    if request.method == "OPTIONS":
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=_PREFLIGHT)
    allowance = count_demand(request, at=time.time())
    try:
        _check_method(request)
        if allowance.is_spent:
            raise Problem(HTTPStatus.TOO_MANY_REQUESTS, _spent(allowance.limit))
        _check_accepted(request)
        _check_readable(request)
        if parameters is not None:
            _check_parameters(request, parameters())
        response = _read(request, answer)
    except Problem as problem:
        response = problem_response(problem)
        if problem.status == HTTPStatus.METHOD_NOT_ALLOWED:
            response["Allow"] = METHODS
        if problem.status == HTTPStatus.TOO_MANY_REQUESTS:
            response["Retry-After"] = str(allowance.reset)
    for name, value in allowance.headers.items():
        response[name] = value
    return response


def _spent(limit: int) -> str:
    return (
        f"Une même adresse peut faire {limit}\u00a0demandes par minute\u00a0: attendez le "
        "nombre de secondes que dit l’en-tête Retry-After."
    )


def _check_method(request: HttpRequest) -> None:
    if request.method not in ("GET", "HEAD"):
        raise Problem(
            HTTPStatus.METHOD_NOT_ALLOWED,
            f"Cette API se lit et ne s’écrit pas\u00a0: {METHODS} seulement.",
        )


def _check_accepted(request: HttpRequest) -> None:
    if not request.accepts("application/json"):
        raise Problem(
            HTTPStatus.NOT_ACCEPTABLE,
            "Cette API répond en JSON\u00a0: votre demande n’accepte pas application/json.",
        )


def _check_readable(request: HttpRequest) -> None:
    """Refuse what no text holds: a NUL byte, bytes that are not UTF-8."""
    sent = str(request.META.get("QUERY_STRING", ""))
    raw = unquote_to_bytes(sent.encode("latin-1", "replace")) + request.path.encode(
        "utf-8", "replace"
    )
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        raise refused("L’adresse n’est pas écrite en UTF-8.") from None
    if "\0" in text:
        raise refused("L’adresse contient un caractère nul, qu’aucun texte ne contient.")


def _check_parameters(request: HttpRequest, allowed: Collection[str]) -> None:
    unknown = sorted(set(request.GET) - set(allowed))
    if unknown:
        known = ", ".join(allowed) or "aucun"
        raise refused(
            f"Paramètre inconnu\u00a0: {', '.join(name[:40] for name in unknown[:5])}. "
            f"Paramètres acceptés ici\u00a0: {known}.",
            allowed=list(allowed),
        )


def _read(request: HttpRequest, answer: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    is_head, request.method = request.method == "HEAD", "GET"
    response = answer()
    request.method = "HEAD" if is_head else "GET"
    if not isinstance(response, HttpResponse):
        return response
    if response.status_code in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
        response = _kept(request, response)
    response["Content-Length"] = str(len(response.content))
    if is_head:
        response.content = b""
    return response


def _kept(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if "Cache-Control" not in response:
        response["Cache-Control"] = f"public, max-age={LIVE_SECONDS}"
    if "ETag" in response:
        return response
    etag = quote_etag(sha256(response.content).hexdigest()[:32])
    response["ETag"] = etag
    kept = get_conditional_response(request, etag=etag, response=response)
    return kept if isinstance(kept, HttpResponse) else response
