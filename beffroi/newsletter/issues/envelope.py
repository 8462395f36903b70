"""The letter as the delivery takes it, and a sample of the message that leaves."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from beffroi.newsletter.delivery.queries import message_of
from beffroi.newsletter.delivery.rules import Letter, Recipient, Sender
from beffroi.newsletter.issues.models import IssuePage
from beffroi.newsletter.issues.rendering import render_issue, unsubscribe_url

SAMPLE = "apercu"


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
    letter = compose_letter(issue, site_url=site_url, audience=SAMPLE, scheduled_for=at)
    domain = letter.sender.address.rpartition("@")[2]
    reader = Recipient(key=SAMPLE, address=f"{SAMPLE}@{domain}", token=SAMPLE)
    message_id = f"<{SAMPLE}-{issue.number}@{domain}>"
    return message_of(letter, recipient=reader, message_id=message_id, date=at)
