"""Load the levels of centrality of the communes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from beffroi.foundations.audit.actions import record_act
from beffroi.foundations.dates import format_date

from ..centrality_file import CODE, LEVEL, CentralityRow, read_centrality, year_in_name
from ..models import Centrality, CentralityLevel, Vintage
from ..queries import Resolution, UnknownCode, ambiguity, load_resolver
from ..queries.codes import CodeResolver
from ..rules import Span, restated
from .reconcile_rows import reconcile_periods

_OUTCOMES = ("created", "updated", "unchanged", "undefined", "duplicate", "refused")


class Refusal(NamedTuple):
    """A line that cannot be read, and why in French."""

    line: int
    column: str
    value: str
    reason: str


class UndatedCentrality(Exception):
    """Levels with dates are already there, and nothing dates this file; worded in French."""

    def __init__(self) -> None:
        super().__init__(
            "Des niveaux datés sont déjà là et rien ne date ce fichier\u00a0: "
            "ajoutez «\u00a0--as-of AAAA-MM-JJ\u00a0»."
        )


@dataclass(frozen=True, slots=True)
class CentralityReport:
    """What became of the lines of a file. `as_of` is None when nothing dates it."""

    as_of: date | None
    counts: Mapping[str, int]
    refused: Sequence[Refusal] = ()
    is_written: bool = False


@dataclass
class _Reading:
    """The level of each town, from the lines read so far."""

    on: date
    resolver: CodeResolver
    found: dict[int, tuple[bool, CentralityLevel | None]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    refused: list[Refusal] = field(default_factory=list)

    def take(self, row: CentralityRow) -> None:
        """Keep the level of a line, or its refusal."""
        try:
            resolution = self.resolver.resolve(row.code, on=self.on)
        except UnknownCode as unknown:
            self._refuse(row.line, CODE, row.code, str(unknown))
            return
        if resolution.is_ambiguous:
            self._refuse(row.line, CODE, row.code, ambiguity(resolution, on=self.on))
            return
        try:
            level = row.read_level()
        except KeyError:
            self._refuse(row.line, LEVEL, row.level, "niveau de centralité inconnu")
            return
        self._keep(row, resolution, level)

    def _keep(
        self, row: CentralityRow, resolution: Resolution, level: CentralityLevel | None
    ) -> None:
        (town,) = resolution.town_ids
        is_own, known = self.found.get(town, (False, None))
        if town in self.found and is_own and not resolution.is_successor and known != level:
            self._refuse(row.line, CODE, row.code, "commune déjà donnée, avec un autre niveau")
        elif town in self.found and (is_own or resolution.is_successor):
            # The line of a commune that has since merged never outweighs that of its heir.
            self.counts["duplicate"] += 1
        else:
            self.counts["duplicate"] += town in self.found
            self.found[town] = not resolution.is_successor, level

    def _refuse(self, line: int, column: str, value: str, reason: str) -> None:
        self.refused.append(Refusal(line, column, value, reason))


def import_centrality(
    *,
    path: Path,
    imported_at: datetime,
    as_of: date | None = None,
    is_partial: bool = False,
    is_dry_run: bool = False,
) -> CentralityReport:
    """Give each town its level from a day on: `as_of`, else the year in the file's name, else the
    only loaded edition whose communes are those of the file, else no day at all.

    A refused line writes nothing, unless `is_partial`. Raises UnreadableCentrality or
    UndatedCentrality, worded in French.
    """
    rows = read_centrality(path)
    resolver = load_resolver()
    day = as_of or year_in_name(path) or _edition_of(rows, resolver)
    if day is None and Centrality.objects.filter(valid_from__isnull=False).exists():
        raise UndatedCentrality
    reading = _Reading(day or _latest_day(), resolver)
    for row in rows:
        reading.take(row)
    is_written = not is_dry_run and (is_partial or not reading.refused)
    with transaction.atomic():
        counts = _write(reading, day, imported_at)
        transaction.set_rollback(not is_written)
    return CentralityReport(day, counts, tuple(reading.refused), is_written)


def _edition_of(rows: Iterable[CentralityRow], resolver: CodeResolver) -> date | None:
    codes = {row.code for row in rows}
    days = [date(year, 1, 1) for year in Vintage.objects.values_list("year", flat=True)]
    fitting = [
        day
        for day in days
        if all(
            any(bearing.span.holds(day) for bearing in resolver.bearings.get(code, ()))
            for code in codes
        )
    ]
    return fitting[0] if len(fitting) == 1 and len(days) > 1 else None


def _latest_day() -> date:
    year = Vintage.objects.order_by("-year").values_list("year", flat=True).first()
    return date(year, 1, 1) if year else date.max


def _write(reading: _Reading, day: date | None, at: datetime) -> dict[str, int]:
    timelines: defaultdict[int, list[tuple[int, Span]]] = defaultdict(list)
    columns = ("town_id", "level", "valid_from", "valid_to")
    for town, held, start, end in Centrality.objects.values_list(*columns):
        timelines[town].append((held, Span(start, end)))
    counts = reading.counts
    counts["refused"] = len(reading.refused)
    for town, (_, level) in reading.found.items():
        before = timelines.get(town, [])
        after = restated(before, None if level is None else int(level), day)
        counts[_outcome(level, before, after)] += 1
        timelines[town] = after
    wanted = (
        ((town, held), span) for town, timeline in timelines.items() for held, span in timeline
    )
    tally = reconcile_periods(model=Centrality, columns=("town_id", "level"), wanted=wanted)
    if tally.has_changed:
        vintage = Vintage.objects.order_by("-year").first()
        if vintage:
            record_act(
                verb="import_centrality",
                target=vintage,
                at=at,
                reason="" if day is None else f"au {format_date(day)}",
            )
    return {name: counts[name] for name in _OUTCOMES}


def _outcome(
    level: CentralityLevel | None,
    before: list[tuple[int, Span]],
    after: list[tuple[int, Span]],
) -> str:
    if sorted(before, key=str) == sorted(after, key=str):
        return "undefined" if level is None else "unchanged"
    return "updated" if before else "created"
