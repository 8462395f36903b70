"""What the API answers when it cannot answer: a problem (RFC 9457), with its reason in French."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse

MEDIA_TYPE = "application/problem+json"
_TITLES = {
    HTTPStatus.BAD_REQUEST: "Demande refusée",
    HTTPStatus.NOT_FOUND: "Introuvable",
    HTTPStatus.METHOD_NOT_ALLOWED: "Méthode refusée",
    HTTPStatus.NOT_ACCEPTABLE: "Format refusé",
    HTTPStatus.TOO_MANY_REQUESTS: "Trop de demandes",
}


class Problem(Exception):
    """No answer, and why: `detail` is a French sentence, `more` says it to programs."""

    def __init__(self, status: HTTPStatus, detail: str, **more: Any) -> None:
        self.status = status
        self.detail = detail
        self.more = more
        super().__init__(detail)


def refused(detail: str, **more: Any) -> Problem:
    """The demand itself makes no sense."""
    return Problem(HTTPStatus.BAD_REQUEST, detail, **more)


def missing(detail: str, **more: Any) -> Problem:
    """Nothing of that name is there."""
    return Problem(HTTPStatus.NOT_FOUND, detail, **more)


def problem_response(problem: Problem) -> HttpResponse:
    """The problem as it is sent; nobody keeps it."""
    content = {
        "type": "about:blank",
        "title": _TITLES[problem.status],
        "status": problem.status.value,
        "detail": problem.detail,
        **problem.more,
    }
    body = json.dumps(content, ensure_ascii=False)
    response = HttpResponse(body, status=problem.status, content_type=MEDIA_TYPE)
    response["Cache-Control"] = "no-store"
    return response
