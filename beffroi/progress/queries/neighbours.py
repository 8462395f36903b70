"""The reports around one: earlier, later, its other revisions, other places on the same day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from ..models import Snapshot
from .snapshots import list_snapshots

_SAME_DAY = 120


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Published reports around one; `same_day` names each territory once, by its last revision."""

    previous: Snapshot | None
    following: Snapshot | None
    revisions: tuple[Snapshot, ...]
    same_day: tuple[Snapshot, ...]


def neighbours_of(snapshot: Snapshot) -> Neighbours:
    """The published reports around one. Four queries."""
    published = list_snapshots().filter(programme=snapshot.programme_id)
    here = published.filter(territory=snapshot.territory)
    return Neighbours(
        previous=_nearest(here.filter(as_of__lt=snapshot.as_of), "-as_of"),
        following=_nearest(here.filter(as_of__gt=snapshot.as_of), "as_of"),
        revisions=tuple(here.filter(as_of=snapshot.as_of).exclude(pk=snapshot.pk)),
        same_day=_last_revisions(
            published.filter(as_of=snapshot.as_of).exclude(territory=snapshot.territory)
        ),
    )


def frozen_on(*, programme: str, as_of: date, territory: str) -> Snapshot | None:
    """The last published report of that very day and place, without its content."""
    found = list_snapshots().filter(programme__name=programme, as_of=as_of, territory=territory)
    return found.first()


def _nearest(snapshots: QuerySet[Snapshot], by: str) -> Snapshot | None:
    return snapshots.order_by(by, "-revision").first()


def _last_revisions(snapshots: QuerySet[Snapshot]) -> tuple[Snapshot, ...]:
    """The list comes last revision first within a territory."""
    last: dict[str, Snapshot] = {}
    for snapshot in snapshots[:_SAME_DAY]:
        last.setdefault(snapshot.territory, snapshot)
    return tuple(last.values())
