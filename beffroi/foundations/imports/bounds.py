"""Whether a row is within somebody's reach: by what it says, and by what the register holds."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet

from beffroi.foundations.mandates.queries import Scope, rows_within, towns_within

R = TypeVar("R")
OUTSIDE = "hors de votre périmètre"


@dataclass(frozen=True)
class Held(Generic[R]):
    """The rows of the register that a file may change: they too must be within reach.

    `key` is the path of what they are known by, `of` gives it for a record of the file.
    """

    rows: Callable[[], QuerySet[Any]]
    key: str
    of: Callable[[R], Hashable]
    town: str = "town"
    organisation: str | None = None


@dataclass(frozen=True)
class Bounds(Generic[R]):
    """What a record names, and in which `column`: its town, its organisation, or both. One of them
    within reach is enough. A file without bounds is for people with a national reach alone."""

    column: str
    town: Callable[[R], int] | None = None
    organisation: Callable[[R], int] | None = None
    held: Held[R] | None = None


class Reach:
    """The scope of the person who imports, its towns read once."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    @cached_property
    def _town_ids(self) -> frozenset[int]:
        rows = towns_within(self.scope) or ()
        return frozenset(row["town_id"] for row in rows)

    def has_town(self, town_id: int) -> bool:
        """Whether a town is in the area."""
        return self.scope.is_national or town_id in self._town_ids

    def refusal(self, bounds: Bounds[R] | None, record: R) -> str:
        """Why a record is out of reach by what it says, or nothing."""
        if self.scope.is_national:
            return ""
        if bounds is None:
            return f"{OUTSIDE} : ce fichier est repris au niveau national"
        if bounds.town and self.has_town(bounds.town(record)):
            return ""
        if bounds.organisation and bounds.organisation(record) in self.scope.organisation_ids:
            return ""
        return f"{OUTSIDE} : à transmettre à qui suit ce territoire ou ce financeur"

    def held_elsewhere(self, bounds: Bounds[R] | None, records: Iterable[R]) -> set[Hashable]:
        """Those keys of the records that the register holds out of reach."""
        if self.scope.is_national or bounds is None or bounds.held is None:
            return set()
        held = bounds.held
        wanted = {held.of(record) for record in records}
        rows: QuerySet[Model] = held.rows()
        within = rows_within(rows, self.scope, town=held.town, organisation=held.organisation)
        reached = set(within.values_list(held.key, flat=True))
        return (set(rows.values_list(held.key, flat=True)) - reached) & wanted
