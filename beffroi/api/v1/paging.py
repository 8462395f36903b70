"""Long lists, page by page, with the addresses of the pages around."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Schema
from pydantic import Field

from .problems import missing

T = TypeVar("T")
MOST, USUAL = 500, 50


class Asked(Schema):
    """What every list may be asked."""

    page: int = Field(1, ge=1, le=1_000_000, description="Rang de la page, à partir de 1.")
    taille: int = Field(USUAL, ge=1, le=MOST, description="Nombre d’éléments par page.")


class Listed(Schema, Generic[T]):
    """A page of a list."""

    count: int = Field(description="Nombre d’éléments dans toute la liste.")
    page: int = Field(description="Rang de cette page.")
    pages: int = Field(description="Nombre de pages.")
    next: str | None = Field(description="Adresse de la page suivante.")
    previous: str | None = Field(description="Adresse de la page précédente.")
    results: list[T] = Field(description="Les éléments de cette page.")


def paginated(
    request: HttpRequest,
    response: HttpResponse,
    items: Sequence[Any] | QuerySet[Any],
    asked: Asked,
) -> tuple[list[Any], dict[str, Any]]:
    """The elements of the page asked for, and what surrounds them; also said in `Link`.

    Raises Problem for a page after the last.
    """
    pages: Paginator[Any] = Paginator(items, asked.taille)
    around = placed(request, response, pages.count, asked)
    return list(pages.page(asked.page).object_list), around


def placed(
    request: HttpRequest, response: HttpResponse, count: int, asked: Asked
) -> dict[str, Any]:
    """What surrounds a page of a list of that length. Raises Problem for one after the last."""
    last = max(1, -(-count // asked.taille))
    if asked.page > last:
        raise missing(f"Il n’y a pas de page {asked.page}\u00a0: la dernière est la page {last}.")
    ranks = {
        "first": 1,
        "prev": asked.page - 1 if asked.page > 1 else None,
        "next": asked.page + 1 if asked.page < last else None,
        "last": last,
    }
    links = {name: _address(request, rank) for name, rank in ranks.items() if rank}
    response["Link"] = ", ".join(f'<{link}>; rel="{name}"' for name, link in links.items())
    return {
        "count": count,
        "page": asked.page,
        "pages": last,
        "next": links.get("next"),
        "previous": links.get("prev"),
    }


def _address(request: HttpRequest, rank: int) -> str:
    query = request.GET.copy()
    query["page"] = str(rank)
    return f"{settings.BEFFROI_SITE_URL}{request.path}?{query.urlencode()}"
