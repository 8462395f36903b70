"""The letter as the delivery takes it, and a sample of the message that leaves."""

from __future__ import annotations

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import urlsplit

from beffroi.newsletter.delivery.rules import TOKEN_SLOT, Letter, Sender
from beffroi.newsletter.issues.models import IssuePage
from beffroi.newsletter.issues.rendering import render_issue, unsubscribe_url

SAMPLE_TOKEN = "apercu"  # noqa: S105


def compose_letter(
    issue: IssuePage, *, site_url: str, audience: str, scheduled_for: datetime
) -> Letter:
    """What approvers approve and the delivery sends; `audience` names the people it goes to."""
    rendered = render_issue(issue, site_url=site_url)
    newsletter = issue.newsletter
    return Letter(
        subject=rendered.subject,
        html=rendered.html,
        text=rendered.text,
        sender=Sender(
            name=newsletter.sender_name,
            address=newsletter.sender_address,
            reply_to=newsletter.reply_to,
        ),
        list_id=f"lettre.{urlsplit(site_url).hostname}",
        unsubscribe_url=unsubscribe_url(site_url),
        audience=audience,
        scheduled_for=scheduled_for,
    )


def sample_message(issue: IssuePage, *, site_url: str, at: datetime) -> bytes:
    """The RFC 5322 message as a reader would get it at that instant, under a made-up token."""
    letter = compose_letter(issue, site_url=site_url, audience=SAMPLE_TOKEN, scheduled_for=at)
    user, _, domain = letter.sender.address.rpartition("@")
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(letter.sender.name, user, domain)
    message["To"] = Address("", SAMPLE_TOKEN, domain)
    if letter.sender.reply_to:
        message["Reply-To"] = letter.sender.reply_to
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{SAMPLE_TOKEN}-{issue.number}@{domain}>"
    message["List-Id"] = f"<{letter.list_id}>"
    message["List-Unsubscribe"] = f"<{_signed(letter.unsubscribe_url)}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(_signed(letter.text), cte="quoted-printable")
    message.add_alternative(_signed(letter.html), subtype="html", cte="quoted-printable")
    return message.as_bytes()


def _signed(text: str) -> str:
    return text.replace(TOKEN_SLOT, SAMPLE_TOKEN)
