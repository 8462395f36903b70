"""Reads of everything the register knows of a town, of a département, of a région."""

from .areas import AreaOutOfReach, AreaSheet, AreaTotals, public_area_sheet, read_area_sheet
from .lines import (
    AgreementLine,
    BrownfieldLine,
    DecisionLine,
    FormerName,
    FunderTotal,
    MeetingLine,
    MembershipLine,
    MissionLine,
    Missions,
    Money,
    PartyLine,
    PostLine,
    RecordedAs,
    StateTotal,
    TownLink,
)
from .overview import TownLine, followed_towns, matches
from .sheet import EventKind, Identity, TimelineEvent, TownSheet
from .town import TownOutOfReach, public_sheet, read_sheet
from .trail import histories, money_pages, sheet_history, town_links, town_name

__all__ = [
    "AgreementLine",
    "AreaOutOfReach",
    "AreaSheet",
    "AreaTotals",
    "BrownfieldLine",
    "DecisionLine",
    "EventKind",
    "FormerName",
    "FunderTotal",
    "Identity",
    "MeetingLine",
    "MembershipLine",
    "MissionLine",
    "Missions",
    "Money",
    "PartyLine",
    "PostLine",
    "RecordedAs",
    "StateTotal",
    "TimelineEvent",
    "TownLine",
    "TownLink",
    "TownOutOfReach",
    "TownSheet",
    "followed_towns",
    "histories",
    "matches",
    "money_pages",
    "public_area_sheet",
    "public_sheet",
    "read_area_sheet",
    "read_sheet",
    "sheet_history",
    "town_links",
    "town_name",
]
