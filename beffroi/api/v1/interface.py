"""The API itself: its operations, and how it says that it cannot answer."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from beffroi.progress.days import RefusedDay

from .door import Unchanged, unchanged_response
from .operations import agreements, indicators, letters, meetings, reports, towns
from .problems import Problem, problem_response, refused
from .shape import VERSION

api = NinjaAPI(
    title="API de lecture",
    version=VERSION,
    description="Les communes et les conventions du programme, en lecture seule.",
    openapi_url="",
    docs_url=None,
    urls_namespace="v1",
)
for subject in (towns, agreements, indicators, reports, letters, meetings):
    api.add_router("", subject.router)


@api.exception_handler(Problem)
def _problem(_: HttpRequest, problem: Problem) -> HttpResponse:
    return problem_response(problem)


@api.exception_handler(Unchanged)
def _unchanged(_: HttpRequest, unchanged: Unchanged) -> HttpResponse:
    return unchanged_response(unchanged)


@api.exception_handler(RefusedDay)
def _refused_day(_: HttpRequest, day: RefusedDay) -> HttpResponse:
    return problem_response(refused(str(day)))


@api.exception_handler(ValidationError)
def _refused_values(_: HttpRequest, error: ValidationError) -> HttpResponse:
    names = sorted({str(one["loc"][-1]) for one in error.errors})
    return problem_response(
        refused(f"Valeur refusée pour\u00a0: {', '.join(names)}.", parameters=names)
    )


def parameters_of(operation: str) -> list[str]:
    """The names that an operation may be asked with."""
    paths: dict[str, Any] = api.get_openapi_schema(path_prefix="/")["paths"]
    for methods in paths.values():
        for described in methods.values():
            if described["operationId"] == operation:
                return [one["name"] for one in described["parameters"] if one["in"] == "query"]
    return []
