"""The public pages. No cookie is read or set: what a link may do is in the link itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from .actions import StillSuppressed, confirm_subscription, subscribe, withdraw_consent
from .forms import SignUpForm
from .mails import contact_address
from .models import Channel
from .queries import has_confirmed, has_left
from .rules import CURRENT_WORDING, wording
from .tokens import ExpiredToken, InvalidToken, open_confirmation_token, open_leave_token


def discreet(view: Callable[[HttpRequest, str], HttpResponse]) -> Callable[..., HttpResponse]:
    """Keep the page out of caches and search engines, and its address out of other sites' logs."""

    @wraps(view)
    def wrapped(request: HttpRequest, token: str) -> HttpResponse:
        response = view(request, token)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return wrapped


# The three forms below act with no session, so a forged request could do nothing that its author
# could not do directly; and a one-click request of RFC 8058 carries neither cookie nor token.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """The form, and what it sends: the answer never tells whether the address was known."""
    at = timezone.now()
    if request.method != "POST":
        return _sign_up_page(request, SignUpForm(at=at))
    form = SignUpForm(request.POST.dict(), at=at)
    if not form.is_valid():
        return _sign_up_page(request, form.again())
    subscribe(address=form.cleaned_data["email"], at=at, channel=Channel.WEB)
    return HttpResponseRedirect(reverse("audience:sign_up_received"))


def _sign_up_page(request: HttpRequest, form: SignUpForm) -> HttpResponse:
    return render(
        request, "audience/sign_up.html", {"form": form, "wording": wording(CURRENT_WORDING)}
    )


@require_safe
def sign_up_received(request: HttpRequest) -> HttpResponse:
    """The same thanks for every address."""
    return render(request, "audience/sign_up_received.html", {"contact": contact_address()})


@csrf_exempt
@discreet
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A button, since mail scanners open links; pressing it confirms."""
    at = timezone.now()
    try:
        if request.method == "POST":
            confirm_subscription(token=token, at=at)
            return render(request, "audience/confirmed.html")
        confirmed = has_confirmed(open_confirmation_token(token=token, at=at))
    except ExpiredToken:
        return render(request, "audience/link_expired.html", status=410)
    except StillSuppressed:
        context = {"contact": contact_address()}
        return render(request, "audience/still_suppressed.html", context, status=409)
    except InvalidToken:
        return _unknown_link(request)
    return render(request, "audience/confirmed.html" if confirmed else "audience/confirm.html")


@csrf_exempt
@discreet
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """A page that changes nothing, and a POST that unsubscribes at once (RFC 8058)."""
    try:
        if request.method == "POST":
            withdraw_consent(token=token, at=timezone.now(), channel=_leave_channel(request))
            return render(request, "audience/left.html")
        left = has_left(open_leave_token(token))
    except InvalidToken:
        return _unknown_link(request)
    return render(request, "audience/left.html" if left else "audience/leave.html")


def _leave_channel(request: HttpRequest) -> Channel:
    is_one_click = request.POST.get("List-Unsubscribe") == "One-Click"
    return Channel.ONE_CLICK if is_one_click else Channel.WEB


def _unknown_link(request: HttpRequest) -> HttpResponse:
    context = {"contact": contact_address()}
    return render(request, "audience/link_unknown.html", context, status=404)
