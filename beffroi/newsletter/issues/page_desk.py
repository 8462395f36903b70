"""What Wagtail's own page actions may not do to the letter."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.models import Page

from .models import Approval, IssuePage, NewsletterPage

_NO_COPY = "Un numéro ne sert qu’une fois : ajoutez un numéro plutôt que d’en copier un."
_APPROVED = "Quelqu’un a approuvé ce numéro : il reste, avec la preuve de son approbation."


def refuse_copy(request: HttpRequest, page: Page) -> HttpResponse | None:
    """An issue's number is its own, and a copied letter would copy its issues."""
    if not isinstance(page.specific, IssuePage | NewsletterPage):
        return None
    messages.error(request, _NO_COPY)
    return redirect("wagtailadmin_explore", page.get_parent().pk)


def refuse_deletion(request: HttpRequest, pages: Iterable[Page]) -> HttpResponse | None:
    """Who approved what is kept, hence the issue that it bears on, alone or in its letter."""
    for page in pages:
        if Approval.objects.filter(issue__path__startswith=page.path).exists():
            messages.error(request, _APPROVED)
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None
