"""A frozen report on the desk: previewed, published, verified, revised."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from beffroi.foundations.accounts.models import User
from beffroi.foundations.desk.queries import history_of

from ..actions import publish_snapshot
from ..models import Preparation, Snapshot
from ..permissions import may_act
from ..presentation import write_sections
from ..queries import UnknownSnapshot, get_snapshot, last_revision
from .furniture import furnish, maker, reader


@login_required
@require_safe
def detail(request: HttpRequest, reference: str) -> HttpResponse:
    """What it holds, how it came, and what may be done with it."""
    user = reader(request)
    found = _reached(user, reference)
    last = last_revision(programme=found.programme, as_of=found.as_of, territory=found.territory)
    context = {
        "snapshot": found,
        "preparation": Preparation.objects.filter(snapshot=found)
        .select_related("prepared_by", "reviewed_by")
        .first(),
        "sections": write_sections(found.report),
        "can_act": may_act(user, found.territory, on=found.as_of),
        "is_last": last == found,
        "verified": found.holds() if "verifier" in request.GET else None,
        "history": history_of(found),
    }
    return render(request, "progress/desk/snapshot.html", context | furnish(found.reference))


@login_required
@require_POST
def publish(request: HttpRequest, reference: str) -> HttpResponse:
    """« Publier », asked once: it is never taken back."""
    user = maker(request)
    _reached(user, reference)
    if "sure" not in request.POST:
        messages.error(request, "Cochez la case\u00a0: une publication ne se retire pas.")
    else:
        publish_snapshot(reference=reference, published_at=timezone.now(), published_by=user)
        messages.success(request, "Point d’avancement publié.")
    return redirect("progress_desk:snapshot", reference)


def _reached(user: User, reference: str) -> Snapshot:
    """A frozen report; what is not published, for those alone who may publish it, else 404."""
    try:
        found = get_snapshot(reference)
    except UnknownSnapshot:
        raise Http404(reference) from None
    if not found.is_published and not may_act(user, found.territory, on=found.as_of):
        raise Http404(reference)
    return found
