"""The letters: the published issues, as text."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import P, PathEx, Query, Router

from beffroi.newsletter.issues.content import Item, Section, read_content
from beffroi.newsletter.issues.models import IssuePage

from ..paging import Asked, Listed, paginated
from ..problems import missing
from ..queries import letter_published, letters_published
from ..schemas import LetterDetail, LetterInList
from ..written import api_address

router = Router(tags=["Lettres"])
# The people who make the letter are named in it, and stay there.
_PEOPLE = "colophon"


@router.get(
    "/lettres",
    response=Listed[LetterInList],
    url_name="list_letters",
    operation_id="list_letters",
    summary="Les numéros de la lettre",
)
def list_letters(request: HttpRequest, response: HttpResponse, asked: Query[Asked]) -> Any:
    """Les numéros publiés de la lettre d’information, du plus récent au plus ancien."""
    issues, around = paginated(request, response, letters_published(), asked)
    return {**around, "results": [_listed(issue) for issue in issues]}


@router.get(
    "/lettres/{number}",
    response=LetterDetail,
    url_name="read_letter",
    operation_id="read_letter",
    summary="Un numéro de la lettre",
)
def read_letter(
    request: HttpRequest,  # noqa: ARG001  # ninja gives it
    number: PathEx[int, P(description="Numéro de la lettre.", examples=[17])],
) -> Any:
    """Un numéro publié, rubrique par rubrique\u00a0: le texte de chaque élément, son lien, les
    chiffres figés qu’il cite. L’ours, qui nomme des personnes, n’y est pas."""
    issue = letter_published(number)
    if issue is None:
        raise missing(f"Aucun numéro {number} de la lettre n’est publié.")
    content = read_content(issue, site_url=settings.BEFFROI_SITE_URL)
    sections = [_section(section) for section in content.sections]
    return {
        **_listed(issue),
        "headline": content.headline.text,
        "sections": [section for section in sections if section["items"]],
    }


def _listed(issue: IssuePage) -> dict[str, Any]:
    return {
        "number": issue.number,
        "title": issue.title,
        "issued_on": issue.issued_on,
        "page": urljoin(f"{settings.BEFFROI_SITE_URL}/", issue.get_url() or ""),
        "api": api_address("lettres", issue.number),
    }


def _section(section: Section) -> dict[str, Any]:
    items = [_item(item) for item in section.items if item.kind != _PEOPLE]
    return {"title": section.title, "items": items}


def _item(item: Item) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "title": item.title,
        "value": item.value,
        "facts": item.facts,
        "text": item.prose.text,
        "html": str(item.prose.mail),
        "picture": item.picture.alt if item.picture else "",
        "credit": item.credit,
        "link": {"label": item.link.label, "url": item.link.url} if item.link else None,
        "figures": [
            f"{figure.label}\u00a0: {figure.value}"
            for figure in (item.frozen.figures if item.frozen else ())
        ],
    }
