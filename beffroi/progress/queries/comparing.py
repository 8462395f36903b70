"""Two reports of one territory compared: frozen ones, days measured now, a draft with the last."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from beffroi.programme.membership.models import Programme

from .. import frozen
from ..comparison import Comparison, Side, compare, explain
from ..models import Snapshot
from .circumstances import read_circumstances
from .explored import report_of
from .measured import get_programme, measure_progress
from .rows import rows_behind


class NotEarlier(ValueError):
    """A comparison starts before it ends."""

    def __init__(self, since: date, as_of: date) -> None:
        self.since = since
        self.as_of = as_of
        super().__init__(f"{since} ≥ {as_of}")


class OtherTerritory(ValueError):
    """Two reports compare only where they tell of the same territory."""

    def __init__(self, before: str, after: str) -> None:
        self.before = before
        self.after = after
        super().__init__(f"{before} ≠ {after}")


def compare_snapshots(before: Snapshot, after: Snapshot) -> Comparison:
    """Two frozen reports of one territory, the earlier one first, row by row and explained.

    Raises OtherTerritory and NotEarlier; of one day, the later revision is the later report.
    """
    if before.territory != after.territory or before.programme_id != after.programme_id:
        raise OtherTerritory(before.territory_name, after.territory_name)
    if (before.as_of, before.revision) >= (after.as_of, after.revision):
        raise NotEarlier(before.as_of, after.as_of)
    return _explained(
        Side(before.report, before.rows), Side(after.report, after.rows), after.programme
    )


def compare_days(*, as_of: date, since: date, territory: str | None = None) -> Comparison:
    """Two days of a territory, both measured now on the register as it is kept today.

    Raises NotEarlier, and what `measure_progress` raises.
    """
    if since >= as_of:
        raise NotEarlier(since, as_of)
    programme = get_programme()
    before, after = (
        _measured(day, territory=territory, programme=programme) for day in (since, as_of)
    )
    return _explained(before, after, programme)


def compare_with_last(prepared: frozen.Frozen, *, programme: Programme) -> Comparison | None:
    """What a report would bring, set against the last published one of its territory; that of the
    same day where it would revise it. None where it would be the first."""
    after = Side.of(prepared)
    published = Snapshot.objects.published().filter(
        programme=programme, territory=after.report.territory, as_of__lte=after.report.as_of
    )
    last = published.order_by("-as_of", "-revision").first()
    if last is None:
        return None
    return _explained(Side(last.report, last.rows), after, programme)


def earlier_snapshots(snapshot: Snapshot) -> QuerySet[Snapshot]:
    """The published reports that one may be compared with, the nearest first, without content:
    earlier days of the same territory, and earlier revisions of the same day."""
    return (
        Snapshot.objects.published()
        .without_content()
        .filter(
            Q(as_of__lt=snapshot.as_of) | Q(as_of=snapshot.as_of, revision__lt=snapshot.revision),
            programme=snapshot.programme_id,
            territory=snapshot.territory,
        )
        .order_by("-as_of", "-revision")
    )


def _measured(day: date, *, territory: str | None, programme: Programme) -> Side:
    """The figures of a day and their rows alone: nothing that a comparison does not read."""
    progress = measure_progress(as_of=day, territory=territory, programme=programme)
    return Side.of(frozen.freeze(report_of(progress), rows_behind(progress)))


def _explained(before: Side, after: Side, programme: Programme) -> Comparison:
    comparison = compare(before, after)
    return explain(comparison, read_circumstances(comparison, programme=programme))
