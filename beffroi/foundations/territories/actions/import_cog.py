"""Load the official geography, each row with the period it holds for."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction

from beffroi.foundations.audit.actions import record_act

from .. import rules
from ..cog_packages import UnknownVintage, available_vintages, read_edition
from ..models import Movement, TownPeriod, Vintage
from ..movements_file import read_movements
from ..queries.changes import official_changes
from ..rules import Disagreement, Edition
from .compare_states import Difference, compare_states
from .reconcile_rows import Tally, reconcile_links
from .write_tables import Tables

Announce = Callable[[str, int, int], None]
_TABLES = 8
_MOVEMENT = (
    "happened_on",
    "kind",
    "type_before",
    "code_before",
    "name_before",
    "type_after",
    "code_after",
    "name_after",
)


def _silently(step: str, done: int, total: int) -> None:
    pass


@dataclass(frozen=True, slots=True)
class CogReport:
    """What an import did, or would do: `tallies` by French name of table, sizes of the latest
    edition, `differences` with what the database told before (none on a first import)."""

    years: tuple[int, ...]
    new_years: tuple[int, ...]
    town_count: int
    intercommunality_count: int
    tallies: Mapping[str, Tally] = field(default_factory=dict)
    differences: tuple[Difference, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    is_dry_run: bool = False

    @property
    def has_changed(self) -> bool:
        """True when the database is not what it was, or would not be."""
        return bool(self.new_years) or any(t.has_changed for t in self.tallies.values())


def import_cog(
    *,
    folder: Path,
    imported_at: datetime,
    years: Iterable[int] | None = None,
    movements: Path | None = None,
    dry_run: bool = False,
    announce: Announce = _silently,
) -> CogReport:
    """Load the editions of these years (all those under `folder` by default) beside those loaded,
    and the official file of movements, which is kept for the next times.

    The dated rows are rebuilt from all of them together, so that the order of imports does not
    matter; towns keep their keys and none is ever deleted. A `dry_run` reports and writes nothing.
    `announce` is told each step, how many are done, and of how many.
    Raises cog_packages.CogRefused, worded in French.
    """
    asked = set(years or available_vintages(folder))
    known = set(Vintage.objects.values_list("year", flat=True))
    wanted = sorted(asked | known)
    available = available_vintages(folder)
    for year in wanted:
        if year not in available:
            raise UnknownVintage(year, available)
    read = read_movements(movements) if movements else None
    with _collection_paused():
        editions = []
        for done, year in enumerate(wanted):
            announce(f"lecture du millésime {year}", done, len(wanted) + _TABLES)
            editions.append(read_edition(folder, year))
        with transaction.atomic():
            report = _Import(editions, read, imported_at, announce).write(dry_run=dry_run)
            if report.has_changed:
                _count_rows()
            transaction.set_rollback(dry_run)
            return report


def _count_rows() -> None:
    """Let PostgreSQL count what was just written, on which it plans its reads.

    It counts by itself too, but minutes later: until then it takes these tables for empty, and some
    reads of them take minutes instead of milliseconds.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


@contextmanager
def _collection_paused() -> Iterator[None]:
    """Looking for cycles among the half million small rows held here would double the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@dataclass(frozen=True, slots=True)
class _Import:
    editions: Sequence[Edition]
    movements: Sequence[rules.Movement] | None
    imported_at: datetime
    announce: Announce

    def write(self, *, dry_run: bool) -> CogReport:
        """Write every table, compare with what was told before, and keep the act."""
        # Claimed first: two imports at once meet on the unique year, not half-way.
        loaded, new = self._claim_years()
        before = official_changes() if TownPeriod.objects.exists() else None
        tallies: dict[str, Tally] = {}
        if self.movements is not None:
            tallies["mouvements"] = _keep_movements(self.movements)
        movements = [rules.Movement(*row) for row in Movement.objects.values_list(*_MOVEMENT)]
        chronicle = rules.write_chronicle(self.editions, movements)
        tables = Tables(
            editions=self.editions,
            chronicle=chronicle,
            loaded=loaded,
            has_movements=bool(movements),
        )
        for done, (name, write) in enumerate(tables.writers().items(), len(self.editions)):
            self.announce(name, done, len(self.editions) + _TABLES)
            tallies[name] = write()
        latest = self.editions[-1]
        report = CogReport(
            years=tuple(edition.year for edition in self.editions),
            new_years=tuple(vintage.year for vintage in new),
            town_count=len(latest.communes),
            intercommunality_count=len(latest.intercommunalities),
            tallies=tallies,
            differences=() if before is None else compare_states(before, official_changes()),
            disagreements=tuple(chronicle.disagreements),
            is_dry_run=dry_run,
        )
        if report.has_changed:
            for vintage in new or [Vintage.objects.get(year=latest.year)]:
                record_act(verb="import_cog", target=vintage, at=self.imported_at)
        return report

    def _claim_years(self) -> tuple[set[int], list[Vintage]]:
        loaded = set(Vintage.objects.values_list("year", flat=True))
        new = [
            Vintage.objects.create(year=edition.year, imported_at=self.imported_at)
            for edition in self.editions
            if edition.year not in loaded
        ]
        return loaded, new


def _keep_movements(movements: Sequence[rules.Movement]) -> Tally:
    """Keep the lines of a file, which is complete between its first and its last day."""
    days = [movement.day for movement in movements]
    kept = Movement.objects.none()
    if days:
        kept = Movement.objects.exclude(happened_on__range=(min(days), max(days)))
    return reconcile_links(
        model=Movement, columns=_MOVEMENT, wanted=movements, kept=kept.values_list(*_MOVEMENT)
    )
