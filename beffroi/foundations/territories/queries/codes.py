"""From INSEE codes to towns, at any date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from beffroi.foundations.dates import format_date

from ..models import FormerCode, Succession, Town, TownPeriod
from ..rules import Bearing, Lineage, Span, bearing_on, restore_zero

_ALWAYS = [Span(None, None)]


class UnknownCode(Exception):
    """No town bears or ever bore this code."""

    def __init__(self, code: str, on: date) -> None:
        self.code = code
        self.on = on
        super().__init__(
            f"Le code commune «\u00a0{code}\u00a0» est inconnu de la géographie officielle "
            f"au {format_date(on)}."
            if code
            else "Le code commune est vide."
        )


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a code stands for on a day. Several `town_ids`: the town was split, a person decides.

    `code` is the code as read, its leading zero restored; `is_successor` says that another town,
    or the same one under another code, stands for it on that day.
    """

    town_ids: tuple[int, ...]
    code: str
    has_restored_zero: bool
    is_successor: bool

    @property
    def is_ambiguous(self) -> bool:
        """True when the code stands for several towns, and a person must say which."""
        return len(self.town_ids) > 1


@dataclass(frozen=True, slots=True)
class CodeResolver:
    """The codes of every town at every date, in memory: a register of thousands of rows asks it."""

    lineage: Lineage
    bearings: Mapping[str, list[Bearing]]
    former: Mapping[str, list[int]]

    def resolve(self, code: str, *, on: date) -> Resolution:
        """Find the living town, or towns, that an INSEE code stands for on a day.

        A stale code reaches the successor; a code newer than `on` reaches the town that contained
        it then, else its own town. Raises UnknownCode, worded in French.
        """
        wanted, has_restored_zero = restore_zero(code.strip().upper())
        bearing = bearing_on(self.bearings.get(wanted, ()), on)
        if bearing and bearing.span.holds(on):
            return Resolution((bearing.town_id,), wanted, has_restored_zero, is_successor=False)
        towns = self._elsewhere(wanted, bearing, on)
        if towns:
            found = tuple(sorted(towns))
            return Resolution(found, wanted, has_restored_zero, is_successor=True)
        if bearing and not bearing.span.is_over(on):
            return Resolution((bearing.town_id,), wanted, has_restored_zero, is_successor=False)
        raise UnknownCode(code.strip(), on)

    def _elsewhere(self, code: str, bearing: Bearing | None, on: date) -> frozenset[int]:
        carriers = self.lineage.carriers(bearing.town_id, on) if bearing else frozenset()
        return carriers or self._from_former(code, on)

    def _from_former(self, code: str, on: date) -> frozenset[int]:
        towns = self.lineage.eldest(self.former.get(code, ()))
        return frozenset().union(*(self.lineage.carriers(town, on) for town in towns))


def load_resolver() -> CodeResolver:
    """Read every town's codes and successions once (three queries)."""
    spans: defaultdict[int, list[Span]] = defaultdict(list)
    bearings: defaultdict[str, list[Bearing]] = defaultdict(list)
    rows = TownPeriod.objects.values_list("town_id", "code", "valid_from", "valid_to")
    for town_id, code, start, end in rows.iterator(chunk_size=10_000):
        span = Span(start, end)
        spans[town_id].append(span)
        bearings[code].append(Bearing(town_id, span))
    former: defaultdict[str, list[int]] = defaultdict(list)
    for code, town_id in FormerCode.objects.values_list("code", "town_id"):
        former[code].append(town_id)
    return CodeResolver(_lineage(spans), dict(bearings), dict(former))


def living_towns(*, on: date) -> Mapping[int, int]:
    """Every town → the town that carries it on that day.

    Itself while it lives; its single successor, or the single town it was part of, otherwise;
    itself again where there is none or several, so that no town is ever lost from a count.
    """
    living = frozenset(TownPeriod.objects.as_of(on).values_list("town_id", flat=True))
    spans: defaultdict[int, list[Span]] = defaultdict(list)
    # A town without dates has always lived: reading the others only is four times faster.
    dated = TownPeriod.objects.exclude(valid_from__isnull=True, valid_to__isnull=True)
    for town_id, start, end in dated.values_list("town_id", "valid_from", "valid_to"):
        if town_id not in living:
            spans[town_id].append(Span(start, end))
    spans |= dict.fromkeys(living, _ALWAYS)
    lineage = _lineage(spans)
    return {pk: lineage.carrier(pk, on) for pk in Town.objects.values_list("pk", flat=True)}


def _lineage(spans: Mapping[int, list[Span]]) -> Lineage:
    successors: defaultdict[int, list[tuple[int, date]]] = defaultdict(list)
    predecessors: defaultdict[int, list[tuple[int, date]]] = defaultdict(list)
    columns = ("predecessor_id", "successor_id", "happened_on")
    for predecessor, successor, day in Succession.objects.values_list(*columns):
        successors[predecessor].append((successor, day))
        predecessors[successor].append((predecessor, day))
    return Lineage(dict(spans), dict(successors), dict(predecessors))
