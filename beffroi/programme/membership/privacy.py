"""What this room keeps about a person, as plain facts that a rights request collects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .models import PostHolder
from .queries import find_holders


@dataclass(frozen=True)
class Holding:
    """One kind of personal data: why it is kept, on what ground, how long."""

    what: str
    purpose: str
    legal_basis: str
    kept: str


HOLDINGS = (
    Holding(
        what="Nom, adresse électronique et téléphone professionnels d’un chef de projet, "
        "dates de ses fonctions",
        purpose="Joindre la personne qui conduit le projet d’une commune, et passer le relais",
        legal_basis="Mission d’intérêt public (article 6, 1, e du RGPD)",
        kept="Deux ans après la fin des fonctions, puis le nom et les coordonnées sont effacés",
    ),
)


def held_about(address: str) -> dict[str, Any]:
    """Everything this room knows about the person at this address, ready for JSON."""
    return {"posts": [_post(holder) for holder in find_holders(address)]}


def _post(holder: PostHolder) -> dict[str, str | None]:
    return {
        "post": holder.post.reference,
        "name": holder.name,
        "email": holder.email,
        "phone": holder.phone,
        "started_on": holder.started_on.isoformat(),
        "ended_on": holder.ended_on.isoformat() if holder.ended_on else None,
    }
