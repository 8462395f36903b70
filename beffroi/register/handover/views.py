"""The handover of a post: a page of the desk, and the same as a PDF."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from beffroi.foundations.accounts.models import User
from beffroi.foundations.desk.permissions import reach_of

from .permissions import can_read
from .queries import Handover, PostOutOfReach, read_handover
from .typesetting import typeset
from .wording import document_of


@login_required
@require_safe
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """« Passation »: everything the next person on the post needs to know."""
    found = _found(request, pk, timezone.localdate())
    home = {"url": reverse("wagtailadmin_home"), "label": "Accueil"}
    towns = [
        {"url": reverse("sheets:town", args=[sheet.identity.town_id]), "label": sheet.identity.name}
        for sheet in found.sheets[:1]
    ]
    document = document_of(found)
    context = {
        "document": document,
        "handover": found,
        "breadcrumbs_items": [home, *towns, {"url": "", "label": document["title"]}],
        "header_title": document["title"],
        "header_icon": "clipboard-list",
    }
    return render(request, "handover/desk/post.html", context)


@login_required
@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The same, to print or to send."""
    today = timezone.localdate()
    document = document_of(_found(request, pk, today))
    response = HttpResponse(typeset(document, on=today), content_type="application/pdf")
    name = f"{slugify(document['title'])}-{today:%Y-%m-%d}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _found(request: HttpRequest, pk: int, day: date) -> Handover:
    user = request.user
    if not isinstance(user, User):
        raise PermissionDenied
    scope = reach_of(user)
    if not can_read(user, scope):
        raise PermissionDenied
    try:
        return read_handover(post_id=pk, as_of=day, scope=scope)
    except PostOutOfReach as refusal:
        raise Http404 from refusal
