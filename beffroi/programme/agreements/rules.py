"""What agreements are called. Pure."""

from __future__ import annotations


def reference_of_town(town_id: int) -> str:
    """The reference of an agreement that came without a number: made from the town's lasting
    identity, so that a town has one of its kind whatever becomes of its code."""
    return f"commune-{town_id}"
