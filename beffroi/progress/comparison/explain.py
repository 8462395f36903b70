"""Why the rows of a comparison moved: their own days, other figures, the register. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from beffroi.foundations.dates import add_months

from ..indicators.tables import NAMING
from ..rules import RowKey
from .circumstances import Circumstances
from .compare import CODE, SERVED
from .shapes import Cause, CellChange, Comparison, FigureChange, Kind, Movement, Why

_MEMBERS, _FRAMEWORK, _POSTS = "active_towns", "framework_towns", "manager_posts"
_FRESH_MONTHS = 12
_CENSUS = "Population"
_NAMED = frozenset({*NAMING, SERVED})

_Moved = Mapping[tuple[str, Kind, RowKey], Movement]


# What the day of a town in these figures is called, where their table keeps none.
_TITLES = {
    "adhesion_signed": "Signée le",
    "adhesion_share": "Signée le",
    "framework_towns": "Signée le",
    "ort_towns": "Signée le",
    "security_towns": "Signé le",
    "csi_towns": "Signé le",
    "late_agreements": "En retard depuis le",
    "brownfield_towns": "Lauréate le",
    "freshness": "Confirmée le",
}


def explain(comparison: Comparison, known: Circumstances | None = None) -> Comparison:
    """The same comparison, each movement with its cause, as far as anything tells it."""
    known = known or Circumstances()
    dated = [_dated(figure, known) for figure in comparison.figures]
    moved = {(figure.code, one.kind, one.key): one for figure in dated for one in figure.movements}
    reader = _Reader(comparison.before.as_of, comparison.after.as_of, known, moved)
    figures = (
        replace(figure, movements=tuple(reader.told(figure, one) for one in figure.movements))
        for figure in dated
    )
    return replace(comparison, figures=tuple(figures))


def _dated(figure: FigureChange, known: Circumstances) -> FigureChange:
    """The movements with the day that the register knows, where their table keeps none."""
    title = _TITLES.get(figure.code, "")
    movements = (
        replace(one, event_on=day, event_title=title)
        if one.event_on is None and (day := known.events.get((figure.code, one.key)))
        else one
        for one in figure.movements
    )
    return replace(figure, movements=tuple(movements))


@dataclass(frozen=True, slots=True)
class _Reader:
    """The two days, what the register knows, and the movements of figures that explain others."""

    first_day: date
    last_day: date
    known: Circumstances
    moved: _Moved

    def told(self, figure: FigureChange, movement: Movement) -> Movement:
        """The movement with its cause, and with the kind that follows from it."""
        if movement.kind is Kind.ENTERED:
            return replace(movement, cause=self._late(self._entered(figure, movement)))
        if movement.kind is Kind.LEFT:
            return replace(movement, cause=self._late(self._left(figure, movement)))
        cause = self._changed(figure, movement)
        kind = Kind.CORRECTED if cause.why is Why.CORRECTED else Kind.CHANGED
        return replace(movement, kind=kind, cause=cause)

    def _late(self, cause: Cause) -> Cause:
        is_late = cause.on is not None and cause.on <= self.first_day
        return replace(cause, is_late=is_late and cause.why is not Why.EXPIRED)

    def _entered(self, figure: FigureChange, movement: Movement) -> Cause:
        town, day = _town(movement), movement.event_on
        if town is not None and (forebears := self._forebears(figure, town)):
            heir = self.known.heirs[forebears[0].key]  # type: ignore[index]
            names = " et ".join(f"{one.name} ({one.mark})" for one in forebears)
            return Cause(Why.SUCCEEDED, heir.on, names)
        if day and day > self.first_day:
            return Cause(Why.EVENT, day)
        if self.known.arrived.intersection(movement.places):
            return Cause(Why.ARRIVED)
        if town is not None and (_MEMBERS, Kind.ENTERED, town) in self.moved:
            return self._joined(town, movement)
        return Cause(Why.EVENT, day) if day else Cause(Why.UNDATED)

    def _forebears(self, figure: FigureChange, town: int) -> list[Movement]:
        """The towns that left the figure because this one stands for them now."""
        heirs = self.known.heirs
        return [
            one
            for one in (figure.moved(Kind.LEFT) if heirs else ())
            if isinstance(one.key, int) and one.key in heirs and heirs[one.key].town == town
        ]

    def _joined(self, town: int, movement: Movement) -> Cause:
        """A town that entered the programme brought with it what it had signed before."""
        joined = self.known.joinings.get(town) or self.moved[_MEMBERS, Kind.ENTERED, town].event_on
        return Cause(Why.JOINED, joined) if joined or movement.event_on else Cause(Why.UNDATED)

    def _left(self, figure: FigureChange, movement: Movement) -> Cause:
        town = _town(movement)
        if town is not None and (heir := self.known.heirs.get(town)):
            return Cause(Why.MERGED, heir.on, heir.name)
        if self.known.departed.intersection(movement.places):
            return Cause(Why.DEPARTED)
        if town is not None and (_MEMBERS, Kind.LEFT, town) in self.moved:
            day = self.known.withdrawals.get(town)
            return Cause(Why.WITHDREW, day) if day else Cause(Why.REMOVED)
        fate = self.known.fates.get((figure.code, movement.key))
        return fate or self._left_for(figure.code, movement) or Cause(Why.REMOVED)

    def _left_for(self, code: str, movement: Movement) -> Cause | None:
        """Figures of what is missing: a row leaves them when what was missing comes."""
        signed = self.moved.get((_FRAMEWORK, Kind.ENTERED, movement.key))
        if code == "late_agreements" and signed:
            return Cause(Why.SIGNED, signed.event_on)
        if code == "unreached_towns":
            return Cause(Why.REACHED)
        if code == "freshness" and self._has_expired(movement.event_on):
            return Cause(Why.EXPIRED, movement.event_on)
        if code == "vacant_posts" and (_POSTS, Kind.LEFT, movement.key) not in self.moved:
            return Cause(Why.FILLED)
        return None

    def _has_expired(self, confirmed_on: date | None) -> bool:
        if confirmed_on is None:
            return self.first_day < self.last_day
        return add_months(confirmed_on, _FRESH_MONTHS) <= self.last_day

    def _changed(self, figure: FigureChange, movement: Movement) -> Cause:
        """A correction, unless every cell that differs tells of the world between the two days."""
        if figure.code == "freshness" and (day := self._confirmed_anew(movement)):
            return Cause(Why.EVENT, day)
        if movement.kind is Kind.CORRECTED and not all(map(self._is_same_place, movement.changes)):
            return Cause(Why.CORRECTED)
        titles = {change.column.title for change in movement.changes}
        if titles == {_CENSUS}:
            return Cause(Why.CENSUS if self.first_day < self.last_day else Why.CORRECTED)
        return Cause(Why.CORRECTED if titles == {SERVED} and self._is_one_day else Why.RENAMED)

    @property
    def _is_one_day(self) -> bool:
        return self.first_day == self.last_day

    def _confirmed_anew(self, movement: Movement) -> date | None:
        """The day of a sheet that was confirmed again in between."""
        titles = {change.column.title for change in movement.changes}
        day = movement.event_on if titles == {movement.event_title} else None
        return day if day and day > self.first_day else None

    def _is_same_place(self, change: CellChange) -> bool:
        """Whether the two cells name the same town, which has another name or code since."""
        if change.column.title not in _NAMED:
            return False
        old, new = CODE.findall(change.before), CODE.findall(change.after)
        pairs = list(zip(old, new, strict=False))
        return len(old) == len(new) and all(
            before == after or (before, after) in self.known.same_places for before, after in pairs
        )


def _town(movement: Movement) -> int | None:
    """The town that a row is; other rows have references for keys."""
    return movement.key if isinstance(movement.key, int) else None
