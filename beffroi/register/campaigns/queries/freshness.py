"""When a person last vouched for a sheet.

Two acts count: to confirm the sheet, and to change a row of the register that concerns the town.
A change counts when a person signed it, on the desk or by a file that they imported: rights bound
both to the person's area. What the command line or a task wrote was vouched for by nobody.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    DateTimeField,
    F,
    Max,
    Min,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast
from django.utils import timezone

from beffroi.club.events.models import Attendance
from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.models import AuditEntry
from beffroi.foundations.mandates.queries import Scope
from beffroi.offers.calls.models import BrownfieldProject
from beffroi.programme.agreements.models import (
    Agreement,
    AgreementDocument,
    Amendment,
    Coverage,
    Party,
)
from beffroi.programme.membership.models import (
    Designation,
    PostFunding,
    PostHolder,
    PostVacancy,
    ProjectManagerPost,
    ServedTown,
)
from beffroi.programme.support.models import ExpertiseMission, MoneyStep, RealisedCommitment

from ..models import Confirmation
from ..rules import Freshness, FreshnessClass, freshness
from .areas import areas_of
from .towns import active_town_ids

_MANY = 500
_ONE_TOWN = "town_id"
_READ = ("place", "last", "own")
_NEVER = Value(None, output_field=DateTimeField())
# What a sheet shows, and how each row finds its towns.
TOWN_PATHS: Mapping[type[Model], str] = {
    Designation: "town_id",
    Agreement: "coverages__town_id",
    Coverage: "town_id",
    Amendment: "agreement__coverages__town_id",
    Party: "agreement__coverages__town_id",
    AgreementDocument: "agreement__coverages__town_id",
    ProjectManagerPost: "served_towns__town_id",
    ServedTown: "town_id",
    PostHolder: "post__served_towns__town_id",
    PostVacancy: "post__served_towns__town_id",
    PostFunding: "post__served_towns__town_id",
    RealisedCommitment: "town_id",
    MoneyStep: "commitment__town_id",
    ExpertiseMission: "town_id",
    BrownfieldProject: "town_id",
    Attendance: "town_id",
}
_MODELS = {model._meta.label_lower: model for model in TOWN_PATHS}  # noqa: SLF001


@dataclass(frozen=True, slots=True)
class AreaFreshness:
    """The sheets of a département, counted by class."""

    department_code: str
    department_name: str
    region_name: str
    total: int
    counts: Mapping[FreshnessClass, int]

    @property
    def fresh(self) -> int:
        """Vouched for within six months."""
        return self.counts[FreshnessClass.FRESH]

    @property
    def to_confirm(self) -> int:
        """Vouched for six to twelve months ago."""
        return self.counts[FreshnessClass.TO_CONFIRM]

    @property
    def stale(self) -> int:
        """Vouched for more than twelve months ago."""
        return self.counts[FreshnessClass.STALE]

    @property
    def never(self) -> int:
        """Vouched for by nobody yet."""
        return self.counts[FreshnessClass.NEVER]

    @property
    def up_to_date(self) -> int:
        """The sheets vouched for within twelve months."""
        return self.fresh + self.to_confirm


def freshness_of(town_ids: Iterable[int], *, on: date) -> dict[int, Freshness]:
    """How fresh each sheet was at the end of a day, in two queries whatever their number."""
    return _freshness(frozenset(town_ids), _acts(end_of(on)), on)[0]


def first_vouched_on() -> date | None:
    """The first day a person vouched for any sheet; None where nobody ever did. Two queries."""
    confirmed = Confirmation.objects.order_by().aggregate(first=Min("confirmed_at"))["first"]
    changed = _acts(None).order_by().aggregate(first=Min("at"))["first"]
    return min((_day(at) for at in (confirmed, changed) if at), default=None)


def freshness_and_own_changes(
    town_ids: Iterable[int], *, on: date, user: User, since: datetime
) -> tuple[dict[int, Freshness], dict[int, date]]:
    """The same with, for the towns whose rows this person changed since an instant, the last day
    they did; in the same two queries."""
    own = Q(actor=user, at__gte=since)
    return _freshness(frozenset(town_ids), _acts(end_of(on)), on, own=own)


def _freshness(
    wanted: frozenset[int], acts: QuerySet[AuditEntry], on: date, own: Q | None = None
) -> tuple[dict[int, Freshness], dict[int, date]]:
    confirmed = _confirmed(wanted, on)
    changed, mine = _changed(wanted, acts, own)
    states = {
        town: freshness(confirmed_on=confirmed.get(town), changed_on=changed.get(town), on=on)
        for town in wanted
    }
    return states, mine


def freshness_by_area(on: date, scope: Scope) -> list[AreaFreshness]:
    """The freshness of the active towns of an area, by département, in the order of their codes."""
    states = freshness_of(active_town_ids(scope, on=on), on=on)
    counts: defaultdict[str, Counter[FreshnessClass]] = defaultdict(Counter)
    areas = areas_of(states, on=on)
    for town, known in states.items():
        counts[areas.labels[town].department_code][known.state] += 1
    return [
        AreaFreshness(code, *areas.names(code), found.total(), found)
        for code, found in sorted(counts.items())
    ]


def changed_by(user: User, town_ids: Iterable[int], *, since: datetime) -> dict[int, date]:
    """The towns whose rows this person changed since an instant, with the last day they did."""
    return _changed(frozenset(town_ids), _acts(None).filter(actor=user, at__gte=since))[0]


def end_of(day: date) -> datetime:
    """The instant at which a day is over, in the site's own time."""
    return timezone.make_aware(datetime.combine(day + timedelta(1), time.min))


def _confirmed(wanted: frozenset[int], on: date) -> dict[int, date]:
    over = end_of(on)
    standing = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=over)
    rows = _about(Confirmation.objects.filter(standing, confirmed_at__lt=over), "town_id", wanted)
    last = rows.order_by().values_list("town_id").annotate(last=Max("confirmed_at"))
    return {town: _day(at) for town, at in last}


def _acts(before: datetime | None) -> QuerySet[AuditEntry]:
    acts = AuditEntry.objects.filter(actor__isnull=False, target_type__in=_MODELS)
    return acts if before is None else acts.filter(at__lt=before)


def _changed(
    wanted: frozenset[int], acts: QuerySet[AuditEntry], own: Q | None = None
) -> tuple[dict[int, date], dict[int, date]]:
    """The last day each town's rows were changed, by anybody and, if asked, by one person; in one
    query."""
    parts = [_latest(model, path, wanted, acts, own) for model, path in TOWN_PATHS.items()]
    found: tuple[dict[int, datetime], dict[int, datetime]] = ({}, {})
    for town, *instants in parts[0].union(*parts[1:], all=True):
        for latest, at in zip(found, instants, strict=True):
            if town in wanted and at is not None:
                latest[town] = max(at, latest.get(town, at))
    anybody, one = ({town: _day(at) for town, at in latest.items()} for latest in found)
    return anybody, one


def _latest(
    model: type[Model], path: str, wanted: frozenset[int], acts: QuerySet[AuditEntry], own: Q | None
) -> Any:
    """The last act on the rows of one kind, by town: any act, and one's own."""
    rows = model._default_manager.order_by()  # noqa: SLF001
    acts = acts.filter(target_type=model._meta.label_lower).order_by()  # noqa: SLF001
    if len(wanted) > _MANY and path == _ONE_TOWN:
        return _by_act(rows, acts, own)
    return _by_row(_about(rows, path, wanted), path, acts, own)


def _by_act(rows: QuerySet[Any], acts: QuerySet[AuditEntry], own: Q | None) -> Any:
    """Each act finds the town of its row: the shorter way to the whole country, where there are
    rows by the hundred thousand and acts on few of them."""
    row = rows.filter(pk=Cast(OuterRef("target_key"), BigIntegerField()))
    placed = acts.annotate(place=Subquery(row.values(_ONE_TOWN)[:1])).values("place")
    mine = Max("at", filter=own) if own is not None else _NEVER
    return placed.annotate(last=Max("at"), own=mine).values_list(*_READ)


def _by_row(rows: QuerySet[Any], path: str, acts: QuerySet[AuditEntry], own: Q | None) -> Any:
    """Each row finds its acts: the shorter way to a few towns."""
    its = acts.filter(target_key=Cast(OuterRef("pk"), CharField()))
    mine = _last(its.filter(own)) if own is not None else _NEVER
    told = rows.annotate(place=F(path), last=_last(its), own=mine)
    return told.filter(last__isnull=False).values_list(*_READ)


def _last(acts: QuerySet[AuditEntry]) -> Subquery:
    return Subquery(acts.order_by("-at").values("at")[:1])


def _about(rows: QuerySet[Any], path: str, wanted: frozenset[int]) -> QuerySet[Any]:
    return rows.filter(**{f"{path}__in": wanted}) if len(wanted) <= _MANY else rows


def _day(at: datetime) -> date:
    return timezone.localdate(at)
