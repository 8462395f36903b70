"""What this room keeps about a person, as plain facts that a rights request collects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .models import CampaignReminder, Confirmation


@dataclass(frozen=True)
class Holding:
    """One kind of personal data: why it is kept, on what ground, how long."""

    what: str
    purpose: str
    legal_basis: str
    kept: str


HOLDINGS = (
    Holding(
        what="Compte de l’agent qui confirme une fiche, date, réponse et commentaire",
        purpose="Savoir qui répond de l’exactitude du registre, et de quand date sa réponse",
        legal_basis="Mission d’intérêt public",
        kept="Autant que le registre, sous la forme du compte",
    ),
    Holding(
        what="Compte de l’agent à qui un rappel est écrit, jour, périmètre, communes restantes",
        purpose="N’écrire qu’une fois par jour, et à ceux-là seulement qui n’ont pas fini",
        legal_basis="Mission d’intérêt public",
        kept="Autant que le compte\u00a0; effacé avec lui",
    ),
)


def held_about(address: str) -> dict[str, Any]:
    """Everything this room knows about the account at this address, ready for JSON."""
    answers = Confirmation.objects.filter(confirmed_by__email__iexact=address)
    reminders = CampaignReminder.objects.filter(recipient__email__iexact=address)
    return {
        "confirmations": [
            {
                "town": row.town_id,
                "at": row.confirmed_at.isoformat(),
                "kind": row.get_kind_display(),
                "comment": row.comment,
            }
            for row in answers
        ],
        "reminders": [
            {"day": row.written_on.isoformat(), "campaign": str(row.campaign), "area": row.area}
            for row in reminders.select_related("campaign")
        ],
    }
