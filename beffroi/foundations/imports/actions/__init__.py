"""The verbs of this room."""

from .abandon_row import abandon_row
from .bring_rows import OtherThanPreviewed, Terms
from .import_files import import_files
from .open_run import open_run
from .replay_rows import AlreadyDealtWith, Replay, replay_rows
from .run_import import preview_run, write_run
from .settle_run import (
    HasRefusals,
    NotWaiting,
    OtherPreview,
    agree_to_run,
    cancel_run,
    expire_runs,
    is_stuck,
    take_up_run,
)

__all__ = [
    "AlreadyDealtWith",
    "HasRefusals",
    "NotWaiting",
    "OtherPreview",
    "OtherThanPreviewed",
    "Replay",
    "Terms",
    "abandon_row",
    "agree_to_run",
    "cancel_run",
    "expire_runs",
    "import_files",
    "is_stuck",
    "open_run",
    "preview_run",
    "replay_rows",
    "take_up_run",
    "write_run",
]
