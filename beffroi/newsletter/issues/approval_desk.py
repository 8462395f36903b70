"""The desk's page where an issue is read as it will leave, approved by two people, and sent."""

from __future__ import annotations

from typing import Any

from csp.decorators import csp_replace
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from beffroi.foundations.accounts.models import User
from beffroi.newsletter.audience.queries import audience_size
from beffroi.newsletter.delivery.actions import EmptyAudience, MailingExists, NotApproved
from beffroi.newsletter.delivery.models import Mailing
from beffroi.newsletter.delivery.queries import find_mailing, ledger, ledger_line

from .actions.approve_issue import ApprovalRefused, approve_issue, withdraw_approval
from .actions.deliver_issue import NotEntitled, NotScheduled, release_issue
from .models import IssuePage
from .permissions import can_approve, can_deliver, can_follow
from .rules import ApprovalRefusal
from .tasks import deliver_released_issue
from .whole_letter import (
    WholeLetter,
    author_of,
    is_approved,
    latest_letters,
    latest_version,
    letter_of,
    standing_approvals,
)

REFUSALS = {
    ApprovalRefusal.NOT_ENTITLED: "Votre compte n’a pas le droit d’approuver.",
    ApprovalRefusal.NOT_SCHEDULED: "Ce numéro n’a pas encore de date d’envoi : donnez-la d’abord.",
    ApprovalRefusal.CONTENT_CHANGED: (
        "Le numéro a changé depuis que vous l’avez lu. Relisez-le tel qu’il est maintenant, "
        "puis approuvez-le."
    ),
    ApprovalRefusal.OWN_WORK: (
        "Vous avez écrit la dernière version : une autre personne doit l’approuver."
    ),
    ApprovalRefusal.UNPUBLISHED_FIGURES: (
        "Ce numéro prend des chiffres dans un point d’avancement qui n’est pas encore publié. "
        "Publiez-le d’abord, ou choisissez-en un autre."
    ),
    ApprovalRefusal.ALREADY_APPROVED: (
        "Vous avez déjà approuvé cette version. Il faut une seconde personne."
    ),
}


def _person(request: HttpRequest) -> User:
    """The signed-in person, who must be able to approve, send, or edit letters."""
    user = request.user
    if not isinstance(user, User) or not can_follow(user):
        raise PermissionDenied
    return user


def _page_url(issue: IssuePage) -> str:
    return reverse("issues_desk:approval", args=[issue.number])


def _shown_letter(version: IssuePage, mailing: Mailing | None) -> WholeLetter | None:
    """What left, once it has left; until then what would leave today."""
    if mailing is not None:
        return WholeLetter(mailing.letter, mailing.content_hash)
    return letter_of(version)


@login_required
@require_safe
def approval(request: HttpRequest, number: int) -> HttpResponse:
    """The issue as it stands, who approved it, and what each person may do now."""
    user = _person(request)
    issue = get_object_or_404(IssuePage, number=number)
    version = latest_version(issue)
    mailing = find_mailing(version.number)
    whole = _shown_letter(version, mailing)
    approvals = standing_approvals(issue, content_hash=whole.content_hash) if whole else []
    author = author_of(version)
    context: dict[str, Any] = {
        "page": issue,
        "issue": version,
        "whole": whole,
        "author": author,
        "approvals": approvals,
        "voided": issue.approvals.count() - len(approvals),
        "is_approved": whole is not None and is_approved(issue, content_hash=whole.content_hash),
        "mine": next((one for one in approvals if one.approver_id == user.pk), None),
        "can_approve": can_approve(user) and author != user,
        "is_own_work": can_approve(user) and author == user,
        "can_deliver": can_deliver(user),
        "audience_size": audience_size(),
        "mailing": mailing,
        "ledger_line": ledger_line(ledger(mailing)) if mailing else "",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": "Accueil"},
            {"url": reverse("issues_desk:approvals"), "label": "Approbations"},
            {"url": "", "label": f"Numéro {number}"},
        ],
        "header_title": f"Approbation du numéro {number}",
        "header_icon": "check",
    }
    return render(request, "issues/desk/approval.html", context)


@login_required
@require_safe
def approvals(request: HttpRequest) -> HttpResponse:
    """The issues that have a date and have not left, and how far their approval is."""
    _person(request)
    context = {
        "waiting": [letter for letter in latest_letters(50) if letter.waits],
        "sent": Mailing.objects.order_by("-number")[:24],
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": "Accueil"},
            {"url": "", "label": "Approbations"},
        ],
        "header_title": "Approbations",
        "header_icon": "check",
    }
    return render(request, "issues/desk/approvals.html", context)


@login_required
@require_POST
def approve(request: HttpRequest, number: int) -> HttpResponse:
    """Approve exactly what was shown: its hash comes with the form."""
    user = _person(request)
    issue = get_object_or_404(IssuePage, number=number)
    try:
        approve_issue(
            issue_id=issue.pk,
            approver=user,
            content_hash=request.POST.get("content_hash", ""),
            approved_at=timezone.now(),
        )
    except ApprovalRefused as refused:
        messages.error(request, REFUSALS[refused.refusal])
    else:
        messages.success(request, "Votre approbation est enregistrée.")
    return redirect(_page_url(issue))


@login_required
@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take one's own approval back."""
    user = _person(request)
    issue = get_object_or_404(IssuePage, number=number)
    asked = request.POST.get("approval")
    mine = next(
        (one for one in issue.approvals.filter(approver=user) if str(one.pk) == asked), None
    )
    if mine is None:
        raise Http404("approbation introuvable")
    withdraw_approval(approval_id=mine.pk, approver=user, withdrawn_at=timezone.now())
    messages.success(request, "Votre approbation est retirée.")
    return redirect(_page_url(issue))


@login_required
@require_POST
def deliver(request: HttpRequest, number: int) -> HttpResponse:
    """Open the mailing and let the worker deliver it."""
    user = _person(request)
    issue = get_object_or_404(IssuePage, number=number)
    try:
        with transaction.atomic():
            mailing = release_issue(issue_id=issue.pk, opened_at=timezone.now(), opened_by=user)
            transaction.on_commit(lambda: deliver_released_issue.enqueue(mailing.pk))
    except NotEntitled:
        raise PermissionDenied from None
    except NotScheduled:
        messages.error(request, REFUSALS[ApprovalRefusal.NOT_SCHEDULED])
    except NotApproved:
        messages.error(request, "Deux personnes doivent approuver cette version avant l’envoi.")
    except MailingExists:
        messages.error(request, "Ce numéro est déjà parti : une lettre ne part qu’une fois.")
    except EmptyAudience:
        messages.error(request, "Personne n’est abonné : il n’y a rien à envoyer.")
    else:
        messages.success(request, "L’envoi est ouvert. Le registre se remplit à mesure.")
    return redirect(_page_url(issue))


@login_required
@require_http_methods(["GET", "HEAD"])
@xframe_options_sameorigin
@csp_replace(  # type: ignore[arg-type]
    {"script-src": ["'none'"], "style-src": ["'unsafe-inline'"], "frame-ancestors": ["'self'"]}
)
def mail(request: HttpRequest, number: int, part: str) -> HttpResponse:
    """One part of the mail as it will leave, to be read before approving."""
    _person(request)
    version = latest_version(get_object_or_404(IssuePage, number=number))
    whole = _shown_letter(version, find_mailing(version.number))
    if whole is None:
        return HttpResponse("Ce numéro n’a pas de date d’envoi.", content_type="text/plain")
    if part == "text":
        return HttpResponse(whole.letter.text, content_type="text/plain; charset=utf-8")
    return HttpResponse(whole.letter.html)
