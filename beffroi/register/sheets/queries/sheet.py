"""The sheet of a town, as every page reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from beffroi.register.alerts.rules import Alert
from beffroi.register.campaigns.rules import Freshness
from beffroi.register.sheets.rules import FrameworkClock

from .lines import (
    AgreementLine,
    BrownfieldLine,
    FormerName,
    MeetingLine,
    MembershipLine,
    Missions,
    Money,
    PostLine,
    TownLink,
)


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
    freshness: Freshness
    timeline: tuple[TimelineEvent, ...] = ()
    alerts: tuple[Alert, ...] = ()

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
