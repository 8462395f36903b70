"""How money moves from one state to the next, and what identifies it. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum

STATES = ("announced", "programmed", "committed", "paid")

A_PERSON = "personne physique"
WITHHELD = "objet non publié"

_NUMBER = re.compile(r"[0-9]{9}|[0-9]{14}|W[0-9]{9}")


def is_beneficiary_number(text: str) -> bool:
    """True for a SIREN, a SIRET, or the number of an association in the national directory."""
    return bool(_NUMBER.fullmatch(text))


def public_beneficiary(name: str, number: str) -> str:
    """A beneficiary as everybody may read it: one that bears no such number may be a person."""
    return name if is_beneficiary_number(number) else A_PERSON


def public_purpose(purpose: str, number: str) -> str:
    """A purpose as everybody may read it: beside a person, its words may name that person."""
    return purpose if is_beneficiary_number(number) else WITHHELD


def rank(state: str) -> int:
    """The place of a state among the four: 0 announced, 3 paid."""
    return STATES.index(state)


def reference_key(text: str) -> str:
    """A decision's reference without case or spaces: two that differ by these alone look alike."""
    return "".join(text.split()).lower()


class StepFault(StrEnum):
    """Why a step does not follow from those before it."""

    BEFORE_EARLIER_STATE = "before_earlier_state"
    ABOVE_COMMITTED = "above_committed"
    NEGATIVE = "negative"


def step_fault(
    *, state: str, reached_on: date, amount: Decimal, before: Mapping[str, tuple[date, Decimal]]
) -> StepFault | None:
    """What is wrong with a step, given the earlier states (day and amount in euros), if anything.

    Days never go back from one state to the next, and no more is paid than was committed.
    """
    earlier = {known: step for known, step in before.items() if rank(known) < rank(state)}
    if amount < 0:
        return StepFault.NEGATIVE
    if any(reached_on < day for day, _ in earlier.values()):
        return StepFault.BEFORE_EARLIER_STATE
    if state == "paid" and "committed" in earlier and amount > earlier["committed"][1]:
        return StepFault.ABOVE_COMMITTED
    return None
