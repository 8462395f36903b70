"""Project managers' posts as rows of `chefs-de-projet`, within a person's reach."""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.foundations.imports.files import Cell
from beffroi.foundations.imports.outgoing import OutgoingPlaces
from beffroi.foundations.mandates.queries import Scope
from beffroi.programme.membership.models import EmployerKind, ServedTown
from beffroi.programme.membership.permissions import visible_posts
from beffroi.programme.membership.queries import followed_programme

_CHUNK = 5000
_COLUMNS = (
    "post__reference",
    "post__employer_kind",
    "post__employer_town_id",
    "post__employer_intercommunality_id",
    "town_id",
    "post__started_on",
    "post__ended_on",
)


def export_posts(scope: Scope, places: OutgoingPlaces) -> Iterator[tuple[Cell, ...]]:
    """One row per town still served; a post seen through one of its towns is seen whole."""
    posts = visible_posts(scope).filter(programme=followed_programme())
    rows = ServedTown.objects.filter(post__in=posts, ended_on__isnull=True)
    found = rows.order_by("post__reference", "pk").values_list(*_COLUMNS)
    for reference, kind, employer_town, employer_epci, town_id, start, end in found.iterator(
        chunk_size=_CHUNK
    ):
        is_town = kind == EmployerKind.TOWN
        code = places.town(employer_town, on=start).code if is_town else places.siren(employer_epci)
        yield reference, kind, code, places.town(town_id, on=start).code, start, end
