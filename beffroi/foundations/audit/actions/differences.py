"""What changes in one row, as the trail tells it."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from .record_changes import Differences


def as_new(row: Model, *names: str) -> Differences:
    """The attributes of a row that was just created, None for every old value; empty ones are left
    out."""
    told = {name: getattr(row, name) for name in names}
    return {name: (None, value) for name, value in told.items() if value not in (None, "")}


def bring(row: Model, **wanted: Any) -> Differences:
    """Give a row the wanted attributes, and save it where one differs. What differed."""
    differences = {
        name: (getattr(row, name), new) for name, new in wanted.items() if getattr(row, name) != new
    }
    if differences:
        for name, (_, new) in differences.items():
            setattr(row, name, new)
        row.save(update_fields=list(differences))
    return differences


def as_gone(row: Model, *names: str) -> Differences:
    """The attributes of a row that is about to be deleted, None for every new value."""
    return {name: (value, None) for name, (_, value) in as_new(row, *names).items()}
