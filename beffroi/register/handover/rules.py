"""What a newcomer does in the first weeks, drawn from facts. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from beffroi.foundations.dates import format_date
from beffroi.foundations.money import format_amount


@dataclass(frozen=True, slots=True)
class TownFacts:
    """What the first weeks depend on, for one town. `due_on` while no framework is signed."""

    name: str
    has_adhesion: bool
    due_on: date | None
    is_late: bool
    is_up_to_date: bool
    is_reached: bool


def first_steps(
    *,
    towns: Iterable[TownFacts],
    is_holder_known: bool,
    unsigned: Iterable[str],
    to_pay: int,
    to_pay_amount: Decimal,
    officers: int,
) -> list[str]:
    """The steps, the most pressing first. `unsigned` names agreements that wait for a signature;
    `to_pay` counts the decisions that are not paid yet."""
    known = list(towns)
    steps = [*_agreements(known)]
    steps += [f"Obtenir les signatures qui manquent\u00a0: {name}." for name in unsigned]
    if not is_holder_known:
        steps.append("Faire inscrire votre nom et votre prise de fonctions sur le poste.")
    if officers:
        steps.append("Vous présenter aux agents de l’État cités parmi les contacts.")
    if to_pay:
        decisions = "la décision" if to_pay == 1 else f"les {to_pay} décisions"
        steps.append(
            f"Suivre {decisions} de financement à verser, {format_amount(to_pay_amount)} en tout."
        )
    steps += [f"Confirmer la fiche de {town.name}." for town in known if not town.is_up_to_date]
    steps += [
        f"Chercher une première aide pour {town.name}\u00a0: ni mission, ni financement, "
        "ni rencontre à ce jour."
        for town in known
        if not town.is_reached
    ]
    return steps


def _agreements(towns: list[TownFacts]) -> Iterator[str]:
    dated = sorted((town.due_on, town.name, town.is_late) for town in towns if town.due_on)
    for due_on, name, is_late in dated:
        day = format_date(due_on)
        if is_late:
            yield f"Faire signer la convention-cadre de {name}, due le {day} et en retard."
        else:
            yield f"Faire signer la convention-cadre de {name} avant le {day}."
    for town in towns:
        if not town.has_adhesion:
            yield f"Faire signer la convention d’adhésion de {town.name}."
