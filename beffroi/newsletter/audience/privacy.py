"""What this room keeps about a person, as plain facts that a rights request collects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .models import Consent
from .queries import find_subscriber, find_suppression


@dataclass(frozen=True)
class Holding:
    """One kind of personal data: why it is kept, on what ground, how long."""

    what: str
    purpose: str
    legal_basis: str
    kept: str


HOLDINGS = (
    Holding(
        what="Adresse électronique, dates de demande, de confirmation et de désinscription",
        purpose="Envoyer la lettre d’information",
        legal_basis="Consentement",
        kept="Trois ans après la désinscription ; trente jours sans confirmation",
    ),
    Holding(
        what="Journal des consentements : acte, date, moyen, texte accepté",
        purpose="Prouver le consentement",
        legal_basis="Obligation légale (article 7 du RGPD)",
        kept="Autant que l’adresse",
    ),
    Holding(
        what="Empreinte de l’adresse retirée, motif et date",
        purpose="Ne plus jamais écrire à cette adresse, même après l’effacement ou un import",
        legal_basis="Obligation légale (respect du retrait et de l’opposition)",
        kept="Sans limite ; l’empreinte ne permet pas de retrouver l’adresse",
    ),
)


def held_about(address: str) -> dict[str, Any]:
    """Everything this room knows about the person at this address, ready for JSON."""
    subscriber = find_subscriber(address)
    suppression = find_suppression(address)
    return {
        "subscriber": subscriber
        and {
            "email": subscriber.email,
            "state": subscriber.state.label,
            "asked_at": _instant(subscriber.asked_at),
            "confirmed_at": _instant(subscriber.confirmed_at),
            "withdrawn_at": _instant(subscriber.withdrawn_at),
            "reminded_at": _instant(subscriber.reminded_at),
            "consents": [_consent(consent) for consent in subscriber.consents.all()],
        },
        "suppression": suppression
        and {"reason": suppression.get_reason_display(), "at": _instant(suppression.at)},
    }


def _consent(consent: Consent) -> dict[str, str | None]:
    return {
        "act": consent.get_kind_display(),
        "at": _instant(consent.at),
        "channel": consent.get_channel_display(),
        "wording": consent.wording,
        "evidence": consent.evidence,
    }


def _instant(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
