"""Open one post, correct it, close it, and change the towns it serves."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Model

from beffroi.foundations.audit.actions import (
    Authorship,
    Differences,
    as_gone,
    as_new,
    bring,
    record_changes,
    require_reason,
)
from beffroi.programme.membership.models import (
    EmployerKind,
    PostHolder,
    PostVacancy,
    Programme,
    ProjectManagerPost,
    ServedTown,
)
from beffroi.programme.membership.rules import check_order

from .fill_posts import PostRecord
from .hold_post import HolderRecord, hold, leave_vacant

_DAY = timedelta(days=1)
_TOLD = (
    "reference",
    "employer_kind",
    "employer_town_id",
    "employer_intercommunality_id",
    "started_on",
    "ended_on",
    "annual_cost",
)


class PostExists(ValueError):
    """The programme has a post of that reference."""

    def __init__(self, reference: str) -> None:
        self.reference = reference
        super().__init__(f"Un poste porte déjà l’identifiant «\u00a0{reference}\u00a0».")


class ServesNobody(ValueError):
    """A post serves one town at least."""

    def __init__(self) -> None:
        super().__init__("Un poste dessert au moins une commune.")


@dataclass(frozen=True, slots=True)
class PostCorrection:
    """What a post should say of itself; `employer_id` is a town or an EPCI, as the kind says."""

    employer_kind: EmployerKind
    employer_id: int
    started_on: date
    ended_on: date | None
    annual_cost: Decimal | None


@transaction.atomic
def open_post(
    *,
    programme: Programme,
    record: PostRecord,
    holder: HolderRecord | None = None,
    annual_cost: Decimal | None = None,
    by: Authorship,
) -> ProjectManagerPost:
    """Open a post for its towns; without a holder it is vacant from its first day.

    `annual_cost` is the loaded cost in euros. Raises PostExists, ServesNobody, BackwardPeriod, and
    what `fill_post` raises.
    """
    if not record.town_ids:
        raise ServesNobody
    check_order(record.started_on, record.ended_on)
    if ProjectManagerPost.objects.filter(programme=programme, reference=record.reference).exists():
        raise PostExists(record.reference)
    post = ProjectManagerPost.objects.create(
        programme=programme,
        reference=record.reference,
        started_on=record.started_on,
        ended_on=record.ended_on,
        annual_cost=annual_cost,
        **employer_columns(record.employer_kind, record.employer_id),
    )
    ServedTown.objects.bulk_create(
        ServedTown(post=post, town_id=town_id) for town_id in sorted(set(record.town_ids))
    )
    told = {**as_new(post, *_TOLD), "town_ids": (None, sorted(set(record.town_ids)))}
    record_changes(verb="open_post", rows=[(post, told)], by=by)
    if holder:
        hold(post, holder, by=by, verb="open_post")
    else:
        leave_vacant(post, record.started_on, by=by, verb="open_post")
    return post


@transaction.atomic
def correct_post(
    *, post: ProjectManagerPost, correction: PostCorrection, by: Authorship
) -> ProjectManagerPost:
    """Bring what was recorded wrongly to what is true, with a reason. Raises ReasonMissing,
    BackwardPeriod."""
    require_reason(by)
    check_order(correction.started_on, correction.ended_on)
    row = lock_post(post)
    told = bring(
        row,
        started_on=correction.started_on,
        ended_on=correction.ended_on,
        annual_cost=correction.annual_cost,
        **employer_columns(correction.employer_kind, correction.employer_id),
    )
    record_changes(verb="correct_post", rows=[(row, told)], by=by)
    return row


@transaction.atomic
def close_posts(
    *, posts: Sequence[ProjectManagerPost], ended_on: date, by: Authorship
) -> list[ProjectManagerPost]:
    """Close posts, all of them or none: `ended_on` is their last day, and their holders'. Raises
    BackwardPeriod."""
    closed = []
    for post in posts:
        row = lock_post(post)
        check_order(row.started_on, ended_on)
        periods: list[PostHolder | PostVacancy] = [
            *row.holders.filter(ended_on__isnull=True),
            *row.vacancies.filter(ended_on__isnull=True),
        ]
        for period in periods:
            check_order(period.started_on, ended_on)
        rows: list[Model] = [row, *periods]
        traced = [(changed, bring(changed, ended_on=ended_on)) for changed in rows]
        record_changes(verb="close_posts", rows=traced, by=by)
        closed.append(row)
    return closed


@transaction.atomic
def change_served_towns(
    *,
    post: ProjectManagerPost,
    on: date,
    added: Collection[int] = (),
    removed: Collection[int] = (),
    by: Authorship,
) -> ProjectManagerPost:
    """From a day on, let a post serve other towns. A town taken out on the day it came never was
    served. Raises ServesNobody."""
    row = lock_post(post)
    served = {link.town_id: link for link in _open(row)}
    traced = [_stop(served[town_id], on) for town_id in removed if town_id in served]
    new = [ServedTown(post=row, town_id=pk, started_on=on) for pk in added if pk not in served]
    ServedTown.objects.bulk_create(new)
    if not _open(row):
        raise ServesNobody
    traced += [(link, as_new(link, "town_id", "started_on")) for link in new]
    record_changes(verb="change_served_towns", rows=traced, by=by)
    return row


def lock_post(post: ProjectManagerPost) -> ProjectManagerPost:
    """The post as it stands now, held until the end of the transaction."""
    return ProjectManagerPost.objects.select_for_update().get(pk=post.pk)


def employer_columns(kind: EmployerKind, employer_id: int) -> dict[str, str | int | None]:
    """The columns that name an employer."""
    is_town = kind == EmployerKind.TOWN
    return {
        "employer_kind": kind.value,
        "employer_town_id": employer_id if is_town else None,
        "employer_intercommunality_id": None if is_town else employer_id,
    }


def _stop(link: ServedTown, on: date) -> tuple[ServedTown, Differences]:
    if link.started_on and link.started_on >= on:
        told = as_gone(link, "town_id", "started_on")
        ServedTown.objects.filter(pk=link.pk).delete()
        return link, told
    return link, bring(link, ended_on=on - _DAY)


def _open(post: ProjectManagerPost) -> list[ServedTown]:
    return list(post.served_towns.filter(ended_on__isnull=True))
