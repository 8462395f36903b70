"""Reads of programmes, of the towns designated, and of the posts that serve them.

`town_ids` are taken as they are kept: whoever follows towns through mergers passes every identity.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from beffroi.programme.membership.models import (
    Designation,
    PostFunding,
    PostHolder,
    PostVacancy,
    Programme,
    ProjectManagerPost,
    ServedTown,
    TownGroup,
)
from beffroi.programme.membership.rules import Ceiling, covers, funding_ceiling, is_anah

FOLLOWED = "pvd"


def followed_programme() -> Programme:
    """The programme that follow-up files describe; they do not name it. Raises DoesNotExist."""
    return Programme.objects.get(code=FOLLOWED)


def open_designations(programme: Programme, *, as_of: date) -> QuerySet[Designation]:
    """The designations in force on a day."""
    return designations_on(as_of).filter(programme=programme, programme__launched_on__lte=as_of)


def designations_on(as_of: date) -> QuerySet[Designation]:
    """The designations in force on a day, of every programme."""
    return Designation.objects.filter(
        Q(started_on__isnull=True) | Q(started_on__lte=as_of),
        Q(ended_on__isnull=True) | Q(ended_on__gt=as_of),
    )


def designations_of(
    town_ids: Collection[int], *, as_of: date | None = None
) -> QuerySet[Designation]:
    """The places of towns in programmes, oldest first, with programme and group; those in force
    on a day where one is given. One query."""
    rows = Designation.objects.all() if as_of is None else designations_on(as_of)
    found = rows.filter(town_id__in=town_ids).select_related("programme", "group")
    return found.order_by("programme__launched_on", "started_on", "pk")


def posts_on(as_of: date) -> QuerySet[ProjectManagerPost]:
    """The posts open on a day, the last one included."""
    return ProjectManagerPost.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gte=as_of), started_on__lte=as_of
    )


def posts_of(
    town_ids: Collection[int], *, as_of: date | None = None
) -> QuerySet[ProjectManagerPost]:
    """The posts that serve towns, newest first, whole: employer, served towns, holders, vacancies,
    fundings. Those open on a day, and that serve the towns then, where one is given.

    Six queries whatever their number. Holders are personal data: never for the public.
    """
    served = ServedTown.objects.filter(town_id__in=town_ids)
    if as_of is not None:
        served = served.filter(_served_on(as_of))
    rows = ProjectManagerPost.objects.all() if as_of is None else posts_on(as_of)
    found = rows.filter(pk__in=served.values("post_id")).order_by("-started_on", "pk")
    return whole_posts(found)


def whole_posts(rows: QuerySet[ProjectManagerPost]) -> QuerySet[ProjectManagerPost]:
    """The same posts with all that is known of them, in five more queries."""
    return rows.select_related(
        "programme", "employer_town", "employer_intercommunality"
    ).prefetch_related(
        Prefetch("served_towns", ServedTown.objects.order_by("started_on", "pk")),
        Prefetch("holders", PostHolder.objects.order_by("started_on", "pk")),
        Prefetch("vacancies", PostVacancy.objects.order_by("started_on", "pk")),
        Prefetch(
            "fundings",
            PostFunding.objects.select_related("funder").order_by("year", "funder__name"),
        ),
    )


def vacant_posts(programme: Programme, *, as_of: date) -> QuerySet[ProjectManagerPost]:
    """The posts open and known to be held by nobody on a day. One whose holder was never recorded
    is not among them."""
    return posts_on(as_of).filter(is_vacant(as_of), programme=programme)


def unrecorded_posts(programme: Programme, *, as_of: date) -> QuerySet[ProjectManagerPost]:
    """The posts open on a day of which nobody said who holds them, or that they are vacant."""
    return posts_on(as_of).filter(~is_vacant(as_of), ~is_held(as_of), programme=programme)


def is_held(as_of: date) -> Exists:
    """The condition on posts that somebody is known to hold on a day."""
    return Exists(PostHolder.objects.filter(_lasts_on(as_of), post_id=OuterRef("pk")))


def is_vacant(as_of: date) -> Exists:
    """The condition on posts that nobody is known to hold on a day."""
    return Exists(PostVacancy.objects.filter(_lasts_on(as_of), post_id=OuterRef("pk")))


@dataclass(frozen=True, slots=True)
class Occupancy:
    """Who holds a post on a day. Neither a holder nor `vacant_since`: nobody has said."""

    holder: PostHolder | None
    vacant_since: date | None

    @property
    def is_recorded(self) -> bool:
        """True when it is known who holds the post, or that nobody does."""
        return self.holder is not None or self.vacant_since is not None


def occupancy(post: ProjectManagerPost, *, as_of: date) -> Occupancy:
    """Who holds a post on a day, from its prefetched holders and vacancies where it has them."""
    holders = (row for row in post.holders.all() if covers(row.started_on, row.ended_on, as_of))
    vacancies = (row for row in post.vacancies.all() if covers(row.started_on, row.ended_on, as_of))
    vacancy = next(vacancies, None)
    return Occupancy(next(holders, None), vacancy.started_on if vacancy else None)


def occupancies(post_ids: Collection[int], *, as_of: date) -> dict[int, Occupancy]:
    """Who holds each of these posts on a day. Two queries."""
    held = PostHolder.objects.filter(_lasts_on(as_of), post_id__in=post_ids)
    vacant = PostVacancy.objects.filter(_lasts_on(as_of), post_id__in=post_ids)
    holders = {row.post_id: row for row in held}
    vacancies = {row.post_id: row.started_on for row in vacant}
    return {pk: Occupancy(holders.get(pk), vacancies.get(pk)) for pk in post_ids}


def served_on(post: ProjectManagerPost, *, as_of: date) -> list[int]:
    """The towns that a post serves on a day, by their identities."""
    rows = (row for row in post.served_towns.all() if covers(row.started_on, row.ended_on, as_of))
    return [row.town_id for row in rows]


@dataclass(frozen=True, slots=True)
class YearOfFunding:
    """What a post receives in a year, in euros, and the most that it may."""

    year: int
    fundings: tuple[PostFunding, ...]
    ceiling: Ceiling


def funding_by_year(post: ProjectManagerPost) -> list[YearOfFunding]:
    """A post's funding, latest year first, from its prefetched fundings where it has them."""
    years: dict[int, list[PostFunding]] = {}
    for funding in post.fundings.all():
        years.setdefault(funding.year, []).append(funding)
    return [
        YearOfFunding(year, tuple(rows), ceiling_of(post, year=year, fundings=rows))
        for year, rows in sorted(years.items(), reverse=True)
    ]


def ceiling_of(post: ProjectManagerPost, *, year: int, fundings: Iterable[PostFunding]) -> Ceiling:
    """The most that a post may receive in a year from these funders."""
    has_anah = any(
        is_anah(name=funding.funder.name, siren=funding.funder.siren) for funding in fundings
    )
    return funding_ceiling(annual_cost=post.annual_cost, has_anah=has_anah, year=year)


def _served_on(day: date) -> Q:
    begun = Q(started_on__isnull=True) | Q(started_on__lte=day)
    return begun & (Q(ended_on__isnull=True) | Q(ended_on__gte=day))


def _lasts_on(day: date) -> Q:
    """The condition on rows whose last day counts and whose first is known."""
    return Q(started_on__lte=day) & (Q(ended_on__isnull=True) | Q(ended_on__gte=day))


def current_designations(rows: Iterable[Designation]) -> dict[int, Designation]:
    """Of each town, the open designation, else the latest to have ended."""
    in_time = sorted(rows, key=lambda row: (row.ended_on is None, row.ended_on or date.max, row.pk))
    return {row.town_id: row for row in in_time}


def group_references(ids: Collection[int]) -> dict[int, str]:
    """The programme's own reference of each group of towns (`id_pvd`)."""
    return dict(TownGroup.objects.filter(pk__in=ids).values_list("pk", "reference"))


def find_holders(address: str) -> QuerySet[PostHolder]:
    """The posts that the person at this address holds or held, oldest first. Personal data."""
    rows = PostHolder.objects.filter(email__iexact=address.strip()).select_related("post")
    return rows.exclude(email="").order_by("started_on", "pk")
