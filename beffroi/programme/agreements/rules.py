"""What agreements are called, when they fall due, when they count as ORT. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from beffroi.foundations.dates import add_months

MONTHS_TO_FRAMEWORK = 18
_MADE_UP = "commune-"


def reference_of_town(town_id: int) -> str:
    """The reference of an agreement that came without a number: made from the town's lasting
    identity, so that a town has one of its kind whatever becomes of its code."""
    return f"{_MADE_UP}{town_id}"


def is_made_up(reference: str) -> bool:
    """True when `reference_of_town` made it: nobody gave the agreement a number."""
    return reference.startswith(_MADE_UP) and reference.removeprefix(_MADE_UP).isdecimal()


def framework_due_on(adhesion_signed_on: date) -> date:
    """The last day to sign a framework agreement: eighteen calendar months after the adhesion."""
    return add_months(adhesion_signed_on, MONTHS_TO_FRAMEWORK)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A town's eighteen months, as of a day. `days_left` is negative once they have passed.

    `framework_signed_on` is the first signature of a framework that covers the town by that day.
    """

    town_id: int
    adhesion_signed_on: date
    due_on: date
    framework_signed_on: date | None
    days_left: int

    @property
    def is_met(self) -> bool:
        """True once a framework agreement covers the town, even signed after the deadline."""
        return self.framework_signed_on is not None

    @property
    def is_late(self) -> bool:
        """True when the deadline has passed and nothing covers the town."""
        return not self.is_met and self.days_left < 0

    @property
    def days_late(self) -> int:
        """Days since the deadline, 0 for a town that is not late."""
        return -self.days_left if self.is_late else 0


def deadline_of(
    *, town_id: int, adhesion_signed_on: date, framework_signed_on: date | None, as_of: date
) -> Deadline:
    """The eighteen months of a town, as of a day."""
    due_on = framework_due_on(adhesion_signed_on)
    return Deadline(town_id, adhesion_signed_on, due_on, framework_signed_on, (due_on - as_of).days)


class OrtGround(StrEnum):
    """Why an agreement should count as ORT, or not."""

    NOT_A_FRAMEWORK = "not_a_framework"
    NO_INTERCOMMUNALITY = "no_intercommunality"
    NO_MAIN_TOWN = "no_main_town"
    MAIN_TOWN_SIGNS = "main_town_signs"
    MAIN_TOWN_DOES_NOT_SIGN = "main_town_does_not_sign"


@dataclass(frozen=True, slots=True)
class OrtSuggestion:
    """What the rule suggests, for a person to decide; `main_town_id` where one is known."""

    counts: bool
    ground: OrtGround
    main_town_id: int | None = None


def suggest_ort(
    *, is_framework: bool, populations: Mapping[int, int] | None, signing_town_ids: Collection[int]
) -> OrtSuggestion:
    """A framework counts as ORT where the main town of its EPCI signs too.

    `populations` gives the inhabitants of the EPCI's members, None without an EPCI. The main town
    is the most populous member; of equals, nobody is main.
    """
    if not is_framework:
        return OrtSuggestion(counts=False, ground=OrtGround.NOT_A_FRAMEWORK)
    if populations is None:
        return OrtSuggestion(counts=False, ground=OrtGround.NO_INTERCOMMUNALITY)
    most = max(populations.values(), default=0)
    largest = [town_id for town_id, people in populations.items() if people == most]
    if len(largest) != 1:
        return OrtSuggestion(counts=False, ground=OrtGround.NO_MAIN_TOWN)
    signs = largest[0] in signing_town_ids
    ground = OrtGround.MAIN_TOWN_SIGNS if signs else OrtGround.MAIN_TOWN_DOES_NOT_SIGN
    return OrtSuggestion(counts=signs, ground=ground, main_town_id=largest[0])
