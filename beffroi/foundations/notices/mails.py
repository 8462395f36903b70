"""The making of one mail: text first, and the same in HTML that asks nothing of the network."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from typing import Any

import mrml
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from beffroi.foundations.accounts.models import User

_LINES = re.compile(r"\s*[\r\n]\s*")
_BODY = re.compile(r"(<body[^>]*>)(.*)(</body>)", re.DOTALL)
_EMPTY_LINES = re.compile(r"\n{3,}")
_LINE_ENDS = re.compile(r"[ \t]+$", re.MULTILINE)


class UnreadableMail(Exception):
    """The mail's source was not understood whole."""


@dataclass(frozen=True, slots=True)
class RenderedNotice:
    """A mail before it is addressed."""

    subject: str
    text: str
    html: str


def absolute(path: str) -> str:
    """The full address of a path of this site."""
    return f"{settings.BEFFROI_SITE_URL}{path}"


def render_notice(*, template: str, subject: str, context: Mapping[str, Any]) -> RenderedNotice:
    """Both parts, from `<template>.txt` and `<template>.mjml`. Raises UnreadableMail."""
    subject = _LINES.sub(" ", subject).strip()  # a title pasted in two lines is no header
    told = {
        **context,
        "subject": subject,
        "site": settings.BEFFROI_SITE_URL,
        "contact": parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
    }
    text = _LINE_ENDS.sub("", render_to_string(f"{template}.txt", told))
    return RenderedNotice(
        subject=subject,
        text=_EMPTY_LINES.sub("\n\n", text).strip() + "\n",
        html=_html(render_to_string(f"{template}.mjml", told)),
    )


def address_notice(notice: RenderedNotice, *, recipient: User) -> EmailMultiAlternatives:
    """The mail, ready to leave for one account."""
    mail = EmailMultiAlternatives(
        subject=notice.subject,
        body=notice.text,
        to=[formataddr((recipient.get_full_name(), recipient.email))],
        # No out-of-office answer comes back to a mail that says nobody typed it.
        headers={"Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(notice.html, "text/html")
    return mail


def _html(source: str) -> str:
    options = mrml.RenderOptions(disable_comments=True, fonts={})
    try:
        output = mrml.to_html(source, None, options)
    except OSError as refused:
        raise UnreadableMail(str(refused)) from refused
    if output.warnings:
        raise UnreadableMail("; ".join(str(warning.kind) for warning in output.warnings))
    # Opened alone in a browser, the mail has a landmark for those who move by landmarks.
    return _BODY.sub(r"\1<main>\2</main>\3", output.content)
