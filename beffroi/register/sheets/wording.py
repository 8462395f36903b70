"""The words of the desk for what the rules tell."""

from __future__ import annotations

from typing import NamedTuple

from beffroi.foundations.dates import format_date
from beffroi.foundations.money import format_number

from .rules import ClockState, FrameworkClock, PostState

POSTS = {
    PostState.FILLED: "pourvu",
    PostState.VACANT: "vacant",
    PostState.NONE: "aucun poste",
}


class ClockInWords(NamedTuple):
    """A short state, a sentence, and how it is coloured: good, warn, bad or plain."""

    state: str
    sentence: str
    tone: str


def clock_in_words(clock: FrameworkClock) -> ClockInWords:
    """Where the 18 months stand."""
    if clock.state is ClockState.SIGNED:
        day = format_date(clock.framework_on) if clock.framework_on else ""
        after = ", après l’échéance" if clock.was_late else ""
        return ClockInWords("signée", f"signée le {day}{after}", "good")
    if clock.due_on is None or clock.days_left is None:
        return ClockInWords("adhésion à signer", "pas d’adhésion signée", "plain")
    due = format_date(clock.due_on)
    days = abs(clock.days_left)
    plural = "s" if days > 1 else ""
    if clock.state is ClockState.LATE:
        return ClockInWords(
            "en retard", f"due le {due}, {format_number(days)}\u00a0jour{plural} de retard", "bad"
        )
    tone = "warn" if days <= 92 else "plain"  # noqa: PLR2004
    return ClockInWords("à signer", f"due le {due}, dans {days}\u00a0jour{plural}", tone)
