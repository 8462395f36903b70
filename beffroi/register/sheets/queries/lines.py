"""What a sheet says, line by line. Amounts are euros; every date is a fact of the register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from ..rules import FrameworkClock


class TownLink(NamedTuple):
    """A town as another one's sheet names it."""

    town_id: int
    code: str
    name: str

    @property
    def label(self) -> str:
        """`Mansle-les-Fontaines (16206)`."""
        return f"{self.name} ({self.code})"


@dataclass(frozen=True, slots=True)
class RecordedAs:
    """How the town was written when a row was signed, where it is written otherwise on the sheet.

    `is_former_town`: another commune then, which this one continues."""

    code: str
    name: str
    is_former_town: bool

    @property
    def label(self) -> str:
        """`Fontclaireau (16140)`."""
        return f"{self.name} ({self.code})"


class FormerName(NamedTuple):
    """A code and name that the town bore up to, not including, `until`."""

    code: str
    name: str
    until: date | None


@dataclass(frozen=True, slots=True)
class MembershipLine:
    """A place in a programme. Empty `started_on`: since the programme's launch."""

    pk: int
    programme_code: str
    programme: str
    started_on: date
    ended_on: date | None
    is_open: bool
    group: str
    recorded_as: RecordedAs | None


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """A signed document that covers the town, with every town it covers."""

    pk: int
    programme_code: str
    kind: str
    kind_label: str
    reference: str
    signed_on: date
    counts_as_ort: bool
    intercommunality: str
    towns: tuple[TownLink, ...]
    recorded_as: RecordedAs | None


@dataclass(frozen=True, slots=True)
class PostLine:
    """A project manager's post that serves the town. `ended_on` is its last day."""

    pk: int
    reference: str
    employer: str
    employer_kind: str
    started_on: date
    ended_on: date | None
    is_open: bool
    towns: tuple[TownLink, ...]
    recorded_as: RecordedAs | None


class StateTotal(NamedTuple):
    """The money of one state."""

    state: str
    label: str
    amount: Decimal
    number: int


class FunderTotal(NamedTuple):
    """The money of one funder; `amounts` follows the four states in their order."""

    funder: str
    amounts: tuple[Decimal, ...]
    number: int

    @property
    def total(self) -> Decimal:
        """The sum over the states."""
        return sum(self.amounts, Decimal(0))


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One decision to give money for a project in the town."""

    pk: int
    reference: str
    decided_on: date
    funder: str
    state: str
    state_label: str
    amount: Decimal
    beneficiary: str
    purpose: str
    recorded_as: RecordedAs | None


@dataclass(frozen=True, slots=True)
class Money:
    """What was decided for the town: every total, and the latest decisions.

    `decisions` stops at a limit; `count` does not.
    """

    by_state: tuple[StateTotal, ...] = ()
    by_funder: tuple[FunderTotal, ...] = ()
    count: int = 0
    decisions: tuple[DecisionLine, ...] = ()

    @property
    def total(self) -> Decimal:
        """Every decision, whatever its state."""
        return sum((line.amount for line in self.by_state), Decimal(0))

    @property
    def committed(self) -> Decimal:
        """What is committed, paid or not yet."""
        reached = {"committed", "paid"}
        return sum((line.amount for line in self.by_state if line.state in reached), Decimal(0))

    @property
    def left_out(self) -> int:
        """How many decisions the list does not show."""
        return self.count - len(self.decisions)


@dataclass(frozen=True, slots=True)
class MissionLine:
    """An expert's mission."""

    pk: int
    reference: str
    theme: str
    funder: str
    notified_on: date
    amount: Decimal
    recorded_as: RecordedAs | None


@dataclass(frozen=True, slots=True)
class Missions:
    """The latest missions, and the totals of all of them."""

    lines: tuple[MissionLine, ...] = ()
    count: int = 0
    amount: Decimal = Decimal(0)

    @property
    def left_out(self) -> int:
        """How many missions the list does not show."""
        return self.count - len(self.lines)


@dataclass(frozen=True, slots=True)
class BrownfieldLine:
    """A laureate of the brownfield fund. Areas in m²; housing is floor area, not dwellings."""

    pk: int
    reference: str
    edition: str
    decided_on: date
    area_m2: Decimal
    housing_m2: Decimal
    recorded_as: RecordedAs | None

    @property
    def hectares(self) -> Decimal:
        """The area in hectares."""
        return self.area_m2 / 10_000


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting of the Club that the town could attend: national, or of its région."""

    pk: int
    title: str
    kind: str
    held_on: date
    is_national: bool
    participants: int | None


class EventKind(StrEnum):
    """What a line of the timeline tells."""

    TERRITORY = "territory"
    MEMBERSHIP = "membership"
    AGREEMENT = "agreement"
    POST = "post"
    MONEY = "money"
    MISSION = "mission"
    LAUREATE = "laureate"
    MEETING = "meeting"
    CONFIRMATION = "confirmation"


EVENT_LABELS = {
    EventKind.TERRITORY: "Commune",
    EventKind.MEMBERSHIP: "Programme",
    EventKind.AGREEMENT: "Convention",
    EventKind.POST: "Poste",
    EventKind.MONEY: "Financement",
    EventKind.MISSION: "Expertise",
    EventKind.LAUREATE: "Friche",
    EventKind.MEETING: "Rencontre",
    EventKind.CONFIRMATION: "Confirmation",
}


class TimelineEvent(NamedTuple):
    """One dated fact, as a French sentence without a full stop."""

    day: date
    kind: EventKind
    sentence: str

    @property
    def label(self) -> str:
        """What it is about, in a word."""
        return EVENT_LABELS[self.kind]


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the town is on the day of the sheet, was before, and became."""

    town_id: int
    code: str
    name: str
    department_code: str
    department_name: str
    region_code: str
    region_name: str
    epci_siren: str
    epci_name: str
    population: int | None
    centrality: str
    is_living: bool
    ended_on: date | None
    former_names: tuple[FormerName, ...]
    former_towns: tuple[FormerName, ...]
    heirs: tuple[TownLink, ...]
    parts: tuple[TownLink, ...]

    @property
    def label(self) -> str:
        """`Mansle-les-Fontaines (16206)`."""
        return f"{self.name} ({self.code})"


@dataclass(frozen=True, slots=True)
class TownSheet:
    """Everything the register knows of a town on a day; nothing dated after it."""

    as_of: date
    identity: Identity
    memberships: tuple[MembershipLine, ...]
    group: tuple[TownLink, ...]
    clock: FrameworkClock
    agreements: tuple[AgreementLine, ...]
    posts: tuple[PostLine, ...]
    money: Money
    missions: Missions
    brownfields: tuple[BrownfieldLine, ...]
    meetings: tuple[MeetingLine, ...]
    timeline: tuple[TimelineEvent, ...]

    @property
    def is_followed(self) -> bool:
        """True when the town has a place in a programme on the day."""
        return any(line.is_open for line in self.memberships)

    @property
    def open_posts(self) -> tuple[PostLine, ...]:
        """The posts held or to fill on the day."""
        return tuple(post for post in self.posts if post.is_open)

    @property
    def is_ort(self) -> bool:
        """True when an agreement signed by the day counts as ORT."""
        return any(line.counts_as_ort for line in self.agreements)
