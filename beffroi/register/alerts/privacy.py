"""What this room keeps about a person, as plain facts that a rights request collects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .models import AlertDecision, DigestRefusal, WeeklyDigest


@dataclass(frozen=True)
class Holding:
    """One kind of personal data: why it is kept, on what ground, how long."""

    what: str
    purpose: str
    legal_basis: str
    kept: str


HOLDINGS = (
    Holding(
        what="Compte de l’agent qui reporte ou classe une alerte, date et motif",
        purpose="Savoir qui a décidé de la suite donnée à une alerte, et pourquoi",
        legal_basis="Mission d’intérêt public",
        kept="Autant que le registre, sous la forme du compte",
    ),
    Holding(
        what="Compte qui reçoit le résumé hebdomadaire, semaine, nombre d’alertes\u00a0; refus",
        purpose="N’écrire qu’une fois par semaine, et jamais à qui ne le veut pas",
        legal_basis="Mission d’intérêt public",
        kept="Autant que le compte\u00a0; effacé avec lui",
    ),
)


def held_about(address: str) -> dict[str, Any]:
    """Everything this room knows about the account at this address, ready for JSON."""
    decisions = AlertDecision.objects.filter(decided_by__email__iexact=address)
    digests = WeeklyDigest.objects.filter(recipient__email__iexact=address)
    refusal = DigestRefusal.objects.filter(user__email__iexact=address).first()
    return {
        "decisions": [
            {"alert": row.sentence, "at": row.decided_at.isoformat(), "reason": row.reason}
            for row in decisions
        ],
        "digests": [{"year": row.iso_year, "week": row.iso_week} for row in digests],
        "digest_refused_since": refusal.since.isoformat() if refusal else None,
    }
