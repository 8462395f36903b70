"""Reads: the register as of a day, the figures measured on it, and the frozen reports."""

from .choices import Choice, choices_on, search_territories, successors_of
from .comparing import (
    NotEarlier,
    OtherTerritory,
    compare_days,
    compare_snapshots,
    compare_with_last,
    earlier_snapshots,
)
from .draft import Draft, draft_report, kept_draft
from .explored import explore, explore_rows, facts_on
from .facts import read_facts, tally_facts
from .measured import (
    BeforeLaunch,
    NoProgramme,
    Progress,
    get_programme,
    measure_departments,
    measure_parts,
    measure_progress,
    measured_report,
)
from .neighbours import Neighbours, frozen_on, neighbours_of
from .rows import rows_behind
from .snapshots import (
    UnknownSnapshot,
    get_published,
    get_snapshot,
    last_revision,
    latest_snapshot,
    list_snapshots,
    revised_by,
)

__all__ = [
    "BeforeLaunch",
    "Choice",
    "Draft",
    "Neighbours",
    "NoProgramme",
    "NotEarlier",
    "OtherTerritory",
    "Progress",
    "UnknownSnapshot",
    "choices_on",
    "compare_days",
    "compare_snapshots",
    "compare_with_last",
    "draft_report",
    "earlier_snapshots",
    "explore",
    "explore_rows",
    "facts_on",
    "frozen_on",
    "get_programme",
    "get_published",
    "get_snapshot",
    "kept_draft",
    "last_revision",
    "latest_snapshot",
    "list_snapshots",
    "measure_departments",
    "measure_parts",
    "measure_progress",
    "measured_report",
    "neighbours_of",
    "read_facts",
    "revised_by",
    "rows_behind",
    "search_territories",
    "successors_of",
    "tally_facts",
]
