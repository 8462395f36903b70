"""Record project managers' posts and the towns they serve, one or thousands at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from beffroi.foundations.audit.actions import Authorship, Differences, record_written
from beffroi.foundations.upsert import Change, upsert
from beffroi.programme.membership.models import (
    EmployerKind,
    Programme,
    ProjectManagerPost,
    ServedTown,
)

_FIELDS = (
    "employer_kind",
    "employer_town_id",
    "employer_intercommunality_id",
    "started_on",
    "ended_on",
)


@dataclass(frozen=True, slots=True)
class PostRecord:
    """A post; `employer_id` is a town or an EPCI, as `employer_kind` says. `ended_on` is its last
    day."""

    reference: str
    employer_kind: EmployerKind
    employer_id: int
    started_on: date
    ended_on: date | None
    town_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WrittenPost:
    """What was done to a post, the towns it did not serve before, and `(old, new)` for each
    attribute that changed."""

    change: Change
    new_town_ids: frozenset[int]
    differences: Differences = field(default_factory=dict)


@transaction.atomic
def fill_posts(
    *, programme: Programme, records: Sequence[PostRecord], by: Authorship
) -> list[WrittenPost]:
    """Record each post and add the towns it serves; each reference comes once. Never takes a town
    away from a post."""
    rows = ProjectManagerPost.objects.filter(programme=programme)
    wanted = [_row(programme, record) for record in records]
    posts = upsert(rows, wanted, key=["reference"], fields=_FIELDS)
    record_written(verb="fill_posts", written=posts, by=by)
    served = [
        ServedTown(post=post.row, town_id=town_id)
        for post, record in zip(posts, records, strict=True)
        for town_id in record.town_ids
    ]
    links = upsert(
        ServedTown.objects.filter(post__programme=programme),
        served,
        key=["post_id", "town_id"],
        fields=[],
    )
    record_written(verb="fill_posts", written=links, by=by)
    new = {(link.row.post_id, link.row.town_id) for link in links if link.change is Change.CREATED}
    return [
        WrittenPost(
            post.change,
            frozenset(town for town in record.town_ids if (post.row.pk, town) in new),
            post.differences,
        )
        for post, record in zip(posts, records, strict=True)
    ]


def _row(programme: Programme, record: PostRecord) -> ProjectManagerPost:
    is_town = record.employer_kind is EmployerKind.TOWN
    return ProjectManagerPost(
        programme=programme,
        reference=record.reference,
        employer_kind=record.employer_kind.value,
        employer_town_id=record.employer_id if is_town else None,
        employer_intercommunality_id=None if is_town else record.employer_id,
        started_on=record.started_on,
        ended_on=record.ended_on,
    )
