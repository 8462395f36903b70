"""An issue as the mail its readers get: MJML, HTML and plain text, from the same items."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import Any

import mrml
from django.template.loader import render_to_string
from django.urls import reverse

from beffroi.newsletter.delivery.rules import TOKEN_SLOT
from beffroi.newsletter.issues.content import read_content
from beffroi.newsletter.issues.models import IssuePage

_BODY = re.compile(r"(<body[^>]*>)(.*)(</body>)", re.DOTALL)
_EMPTY_LINES = re.compile(r"\n{3,}")
_LINE_ENDS = re.compile(r"[ \t]+$", re.MULTILINE)


class UnreadableMail(Exception):
    """The mail's source was not understood whole."""


@dataclass(frozen=True)
class RenderedIssue:
    """The letter in the forms it is sent in; `TOKEN_SLOT` stands for the reader's token.

    `warnings` tells its editors what it still lacks.
    """

    subject: str
    html: str
    text: str
    mjml: str
    warnings: tuple[str, ...] = ()


def render_issue(issue: IssuePage, *, site_url: str, with_warnings: bool = False) -> RenderedIssue:
    """The issue's mail. `site_url` has no final slash; the same issue gives the same bytes.

    `with_warnings` prints them at the head of the mail, for a preview. Raises UnreadableMail.
    """
    content = read_content(issue, site_url=site_url)
    # Nobody can guess it: a slot that an editor typed, in a link of theirs, is not ours.
    mark = secrets.token_hex(16)
    context = {
        "letter": content,
        "unsubscribe_url": unsubscribe_url(site_url, slot=mark),
        "warnings": content.warnings if with_warnings else (),
    }
    source = render_to_string("issues/mjml/letter.mjml", context)
    return RenderedIssue(
        subject=content.title,
        html=_with_slot(_html(source), mark),
        text=_with_slot(_text(context), mark),
        mjml=_with_slot(source, mark),
        warnings=content.warnings,
    )


def unsubscribe_url(site_url: str, *, slot: str = TOKEN_SLOT) -> str:
    """Where a reader leaves, with the slot of their own token."""
    return f"{site_url}{reverse('audience:leave', args=[slot])}"


def _with_slot(output: str, mark: str) -> str:
    """The one slot is the footer's: what looks like it in an editor's words loses its form."""
    return output.replace(TOKEN_SLOT, TOKEN_SLOT.strip("@")).replace(mark, TOKEN_SLOT)


def _html(source: str) -> str:
    options = mrml.RenderOptions(disable_comments=True, fonts={})
    try:
        output = mrml.to_html(source, None, options)
    except OSError as refused:
        raise UnreadableMail(str(refused)) from refused
    if output.warnings:
        raise UnreadableMail("; ".join(str(warning.kind) for warning in output.warnings))
    # Opened alone in a browser, the letter has a landmark for those who move by landmarks.
    return _BODY.sub(r"\1<main>\2</main>\3", output.content)


def _text(context: dict[str, Any]) -> str:
    text = _LINE_ENDS.sub("", render_to_string("issues/text/letter.txt", context))
    return _EMPTY_LINES.sub("\n\n", text).strip() + "\n"
