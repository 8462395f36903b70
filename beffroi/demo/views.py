"""The demonstration's mailbox, read in the browser as a reader would read it."""

from __future__ import annotations

from pathlib import Path

from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from .mailbox import FiledMessage, find_message, message_keys

PER_PAGE = 25
SHOWN = {
    "From": "De",
    "To": "À",
    "Reply-To": "Réponse à",
    "Subject": "Objet",
    "Date": "Date",
    "List-Unsubscribe": "List-Unsubscribe",
    "Message-ID": "Message-ID",
}


def _folder() -> Path:
    """The box of the running demonstration; elsewhere this address does not exist."""
    if not settings.BEFFROI_DEMONSTRATION:
        raise Http404("pas de démonstration ici")
    return Path(settings.BEFFROI_VAR) / "demo" / "boite"


def _get_message(key: str) -> FiledMessage:
    message = find_message(_folder(), key)
    if message is None:
        raise Http404("message introuvable")
    return message


@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """The list of the messages, newest first."""
    folder = _folder()
    page = Paginator(message_keys(folder), PER_PAGE).get_page(request.GET.get("page"))
    messages = [message for key in page if (message := find_message(folder, key))]
    return render(request, "demo/mailbox.html", {"page_obj": page, "filed": messages})


@require_safe
@csp_update({"frame-src": ["'self'"]})  # type: ignore[arg-type]
def message(request: HttpRequest, key: str) -> HttpResponse:
    """One message: its headers, its HTML part in a frame, its text part."""
    filed = _get_message(key)
    headers = [(label, filed.message[name]) for name, label in SHOWN.items() if filed.message[name]]
    return render(request, "demo/message.html", {"filed": filed, "headers": headers})


@require_safe
@xframe_options_sameorigin
@csp_replace(  # type: ignore[arg-type]
    {
        "script-src": ["'none'"],
        "style-src": ["'unsafe-inline'"],
        "frame-ancestors": ["'self'"],
    }
)
def message_html(request: HttpRequest, key: str) -> HttpResponse:  # noqa: ARG001
    """The HTML part alone. Mail carries its style inside, so the policy allows it here only."""
    return HttpResponse(_get_message(key).html)
