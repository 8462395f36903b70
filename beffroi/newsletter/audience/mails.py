"""The two mails this room writes to one person: text first, and the same in plain HTML."""

from __future__ import annotations

from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from .models import Subscriber
from .rules import CONFIRMATION_LIFE, CURRENT_WORDING, wording
from .tokens import confirmation_token, leave_token


def absolute(path: str) -> str:
    """The full address of a path of this site."""
    return f"{settings.BEFFROI_SITE_URL}{path}"


def contact_address() -> str:
    """The address a person may write to: the one our mails come from."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def confirmation(subscriber: Subscriber) -> EmailMultiAlternatives:
    """The mail whose link confirms the open request of this subscriber."""
    if subscriber.asked_at is None:
        raise ValueError("no request is open")
    token = confirmation_token(uid=subscriber.uid, asked_at=subscriber.asked_at)
    return _mail(
        subscriber,
        template="confirmation",
        subject="Confirmez votre inscription à la lettre d’information",
        link=absolute(reverse("audience:confirm", args=[token])),
        days=CONFIRMATION_LIFE.days,
    )


def reminder(subscriber: Subscriber) -> EmailMultiAlternatives:
    """The mail that tells a reader of being subscribed already."""
    return _mail(
        subscriber,
        template="reminder",
        subject="Votre adresse est déjà inscrite à la lettre d’information",
        link=absolute(reverse("audience:leave", args=[leave_token(subscriber.uid)])),
    )


def _mail(
    subscriber: Subscriber, *, template: str, subject: str, **context: Any
) -> EmailMultiAlternatives:
    context |= {
        "address": subscriber.email,
        "contact": contact_address(),
        "subject": subject,
        "wording": wording(CURRENT_WORDING),
    }
    mail = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"audience/mail/{template}.txt", context),
        to=[subscriber.mail_address],
        # No out-of-office answer comes back to a mail that says nobody typed it.
        headers={"Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(
        render_to_string(f"audience/mail/{template}.html", context), "text/html"
    )
    return mail
