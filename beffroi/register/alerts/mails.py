"""The weekly digest: what is new first, then what remains, of one's own area only."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from beffroi.foundations.accounts.models import User
from beffroi.foundations.dates import format_date
from beffroi.foundations.mandates.queries import scope_of
from beffroi.foundations.notices.mails import (
    RenderedNotice,
    absolute,
    address_notice,
    render_notice,
)

from .queries import alerts_for
from .rules import Alert, grouped

_SHOWN_NEW = 20
_SHOWN_OLD = 5


def digest_mail(person: User, *, on: date) -> EmailMultiAlternatives | None:
    """The mail of the week for one account; None where there is nothing to say."""
    alerts = alerts_for(scope_of(person, on=on), on=on)
    return address_notice(render_digest(alerts, on=on), recipient=person) if alerts else None


def render_digest(alerts: Collection[Alert], *, on: date) -> RenderedNotice:
    """Both parts of the mail, from alerts in the order they press."""
    new = [alert for alert in alerts if alert.is_new(on)]
    old = [alert for alert in alerts if not alert.is_new(on)]
    count = f"{len(alerts)} alerte{'s' if len(alerts) > 1 else ''}"
    told = f", dont {len(new)} nouvelle{'s' if len(new) > 1 else ''}" if new else ""
    return render_notice(
        template="alerts/mail/digest",
        subject=f"Votre semaine\u00a0: {count}{told}",
        context={
            "day": format_date(on),
            "count": count,
            "told": told,
            "sections": [
                (title, grouped(some, shown=shown))
                for title, some, shown in (
                    ("Nouveau depuis une semaine", new, _SHOWN_NEW),
                    ("Toujours en attente", old, _SHOWN_OLD),
                )
                if some
            ],
            "link": absolute(reverse("alerts:index")),
            "choice": absolute(reverse("alerts:digest")),
        },
    )
