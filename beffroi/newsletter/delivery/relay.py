"""The outgoing relay that the settings name."""

from __future__ import annotations

from django.conf import settings
from django.core.mail.utils import DNS_NAME

from .engine.transport import Relay, SmtpTransport


def relay_transport() -> SmtpTransport:
    """A transport to the relay of `BEFFROI_EMAIL_URL`; it connects when first used."""
    relay = Relay(
        host=settings.EMAIL_HOST,
        port=settings.EMAIL_PORT,
        user=settings.EMAIL_HOST_USER,
        password=settings.EMAIL_HOST_PASSWORD,
        starttls=settings.EMAIL_USE_TLS,
        tls=settings.EMAIL_USE_SSL,
        timeout=settings.EMAIL_TIMEOUT,
        helo_name=DNS_NAME.get_fqdn(),
    )
    return SmtpTransport(relay)
