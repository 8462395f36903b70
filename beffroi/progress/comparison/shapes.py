"""What a comparison says: figures before and after, and the rows that moved. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from ..frozen import Frozen, thaw
from ..indicators import Column
from ..report import Report
from ..rules import Figure, Number, Reading, RowKey


class Kind(StrEnum):
    """How a row moved. A change is of the world (a town is renamed); a correction is of the past,
    which the register had told otherwise."""

    ENTERED = "entree"
    LEFT = "sortie"
    CORRECTED = "correction"
    CHANGED = "changement"


class Why(StrEnum):
    """Why a row moved."""

    EVENT = "event"
    SUCCEEDED = "succeeded"
    JOINED = "joined"
    ARRIVED = "arrived"
    MERGED = "merged"
    WITHDREW = "withdrew"
    DEPARTED = "departed"
    SIGNED = "signed"
    REACHED = "reached"
    EXPIRED = "expired"
    FILLED = "filled"
    CLOSED = "closed"
    UNCOVERED = "uncovered"
    CANCELLED = "cancelled"
    REDATED = "redated"
    DELETED = "deleted"
    REMOVED = "removed"
    RENAMED = "renamed"
    CENSUS = "census"
    CORRECTED = "corrected"
    UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a row moved, on which day where one is known, and the towns that it names.

    `is_late` marks what had happened by the first day already, and was recorded afterwards.
    """

    why: Why
    on: date | None = None
    names: str = ""
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell of a row, before and after, as it is kept."""

    column: Column
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Movement:
    """A row that entered, left or changed.

    `mark` is what the public knows it by: a reference, or the INSEE code of a town; `name` what its
    texts say. `event_on` is the day of its event, None where the table holds none. `effect` is what
    it adds to the figure or to its numerator, in the unit of that, None where the rows do not add
    up to it. `event_title` names the column of the event.
    """

    kind: Kind
    key: RowKey
    mark: str
    name: str
    places: tuple[str, ...]
    event_on: date | None
    event_title: str
    effect: Number | None
    changes: tuple[CellChange, ...] = ()
    cause: Cause = Cause(Why.UNDATED)


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure in the two reports, each None where the report has no such figure.

    `twin` is the code of an earlier figure whose rows moved in the very same way: a share and the
    count that is its numerator.
    """

    before: Figure | None
    after: Figure | None
    movements: tuple[Movement, ...]
    twin: str = ""

    @property
    def figure(self) -> Figure:
        """The words of the figure: the later ones."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a figure is in one report at least")
        return found

    @property
    def code(self) -> str:
        """The code of the indicator."""
        return self.figure.code

    @property
    def is_redefined(self) -> bool:
        """True when the definition changed in between: the values do not compare."""
        return bool(self.before and self.after) and (
            self.before.version != self.after.version  # type: ignore[union-attr]
        )

    @property
    def difference(self) -> Number | None:
        """After less before, in the unit of the figure (percentage points for a share); None where
        one of them has no value, or where the definition changed."""
        old = self.before.value if self.before else None
        new = self.after.value if self.after else None
        return None if old is None or new is None or self.is_redefined else new - old

    @property
    def readings(self) -> tuple[Reading | None, Reading | None]:
        """What was measured, before and after."""
        old = self.before.reading if self.before else None
        return old, self.after.reading if self.after else None

    @property
    def has_changed(self) -> bool:
        """True when something differs: a reading, a row or the definition. A figure that exists on
        neither side, for want of a denominator there, has not changed."""
        if self.is_redefined or self.movements:
            return True
        old, new = self.readings
        exists = old is None or new is None or (old.value, new.value) != (None, None)
        return exists and old != new

    def moved(self, kind: Kind) -> tuple[Movement, ...]:
        """The rows that moved in one way."""
        return tuple(movement for movement in self.movements if movement.kind is kind)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two reports compared, with the rows behind its figures as they are kept."""

    report: Report
    rows: Mapping[str, Any]

    @classmethod
    def of(cls, frozen: Frozen) -> Side:
        """The two halves of what freezing made."""
        return cls(thaw(frozen.content), frozen.rows)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two reports of one territory, figure by figure in the order of the later one."""

    before: Report
    after: Report
    figures: tuple[FigureChange, ...]

    @property
    def changed(self) -> tuple[FigureChange, ...]:
        """The figures of which anything differs."""
        return tuple(figure for figure in self.figures if figure.has_changed)

    def figure(self, code: str) -> FigureChange | None:
        """The comparison of one figure; None where neither report has it."""
        return next((figure for figure in self.figures if figure.code == code), None)
