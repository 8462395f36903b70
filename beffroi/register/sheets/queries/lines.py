"""What a sheet says, line by line. Amounts are euros; every date is a fact of the register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from beffroi.programme.agreements.rules import is_made_up


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


class PartyLine(NamedTuple):
    """Who signs, in what capacity, and when; empty: not yet."""

    capacity: str
    name: str
    signed_on: date | None


class AmendmentLine(NamedTuple):
    """A signed change to an agreement."""

    number: int
    signed_on: date
    purpose: str


class DocumentLine(NamedTuple):
    """A file kept with an agreement; read on the desk alone."""

    pk: int
    title: str


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """A signed document that covers the town, with every town it covers on the day.

    `covered_since` is the day the town came under it, `left_on` the day an amendment let it out.
    """

    pk: int
    programme_code: str
    kind: str
    kind_label: str
    reference: str
    signed_on: date
    counts_as_ort: bool
    intercommunality: str
    towns: tuple[TownLink, ...]
    covered_since: date
    left_on: date | None
    ended_on: date | None
    recorded_as: RecordedAs | None
    parties: tuple[PartyLine, ...] = ()
    amendments: tuple[AmendmentLine, ...] = ()
    documents: tuple[DocumentLine, ...] = ()

    @property
    def number(self) -> str:
        """The number that its signatories gave it; empty where the record gave none."""
        return "" if is_made_up(self.reference) else self.reference


class HolderLine(NamedTuple):
    """Who holds a post: personal data, for the desk alone."""

    name: str
    email: str
    phone: str
    since: date


class FundingLine(NamedTuple):
    """What a post receives in a year from one funder, in euros."""

    year: int
    funder: str
    amount: Decimal


class TenureLine(NamedTuple):
    """A period of a post, held or vacant, whoever held it. Its last day counts."""

    is_vacancy: bool
    started_on: date
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class PostLine:
    """A project manager's post that serves the town. `ended_on` is its last day.

    Neither a holder nor `vacant_since`: nobody has said who holds it.
    """

    pk: int
    reference: str
    employer: str
    employer_kind: str
    started_on: date
    ended_on: date | None
    is_open: bool
    towns: tuple[TownLink, ...]
    recorded_as: RecordedAs | None
    vacant_since: date | None = None
    tenures: tuple[TenureLine, ...] = ()
    fundings: tuple[FundingLine, ...] = ()
    holder: HolderLine | None = None


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
    """One decision to give money for a project in the town, in the state it had by the day.

    `names_a_person`: the beneficiary bears no number of a company, a public body or an association.
    """

    pk: int
    reference: str
    reached_on: date
    funder: str
    state: str
    state_label: str
    amount: Decimal
    beneficiary: str
    names_a_person: bool
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
    """A meeting of the Club that the town came to. Empty `people`: nobody counted its own."""

    pk: int
    title: str
    kind: str
    held_on: date
    people: int | None
