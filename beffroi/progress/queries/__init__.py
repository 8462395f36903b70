"""Reads: the register as of a day, the figures measured on it, and the frozen reports."""

from .facts import read_facts
from .measured import (
    BeforeLaunch,
    NoProgramme,
    Progress,
    get_programme,
    measure_progress,
    measured_report,
)
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
    "NoProgramme",
    "Progress",
    "UnknownSnapshot",
    "get_programme",
    "get_published",
    "get_snapshot",
    "last_revision",
    "latest_snapshot",
    "list_snapshots",
    "measure_progress",
    "measured_report",
    "read_facts",
    "revised_by",
    "rows_behind",
]
