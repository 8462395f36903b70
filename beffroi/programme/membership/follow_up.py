"""How `chefs-de-projet` is read: one row per town that a post serves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.imports.bounds import Bounds, Held
from beffroi.foundations.imports.cells import Cells
from beffroi.foundations.imports.changes import (
    RowChange,
    Shown,
    as_days,
    as_intercommunalities,
    as_towns,
    each,
)
from beffroi.foundations.imports.declarations import Document, FollowUpFile, register
from beffroi.foundations.imports.documents import changes_by_row, group_by
from beffroi.programme.membership.actions import PostRecord, fill_posts
from beffroi.programme.membership.exports import export_posts
from beffroi.programme.membership.follow_up_columns import EMPLOYERS, POSTS
from beffroi.programme.membership.models import EmployerKind, ProjectManagerPost
from beffroi.programme.membership.queries import followed_programme

_WORDS = {kind.value: word for word, kind in EMPLOYERS.items()}
_SHOWN = {
    "employer_kind": Shown("type_employeur", each(_WORDS.__getitem__)),
    "employer_town_id": Shown("code_employeur", as_towns),
    "employer_intercommunality_id": Shown("code_employeur", as_intercommunalities),
    "started_on": Shown("date_debut", as_days),
    "ended_on": Shown("date_fin", as_days),
}


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post and one of the towns it serves."""

    reference: str
    employer_kind: EmployerKind
    employer_id: int
    started_on: date
    ended_on: date | None
    town_id: int


def _read(cells: Cells) -> PostRow:
    started_on, ended_on = cells.day("date_debut"), cells.optional_day("date_fin")
    if ended_on and ended_on < started_on:
        cells.refuse("date_fin", "la fin précède le début : corrigez l’une des deux dates")
    kind = cells.choice("type_employeur", EMPLOYERS, None)
    return PostRow(
        reference=cells.key("id_poste", longest=60),
        employer_kind=kind or EmployerKind.TOWN,
        employer_id=_employer(cells, kind, started_on),
        started_on=started_on,
        ended_on=ended_on,
        town_id=cells.town("insee_com", on=started_on),
    )


def _employer(cells: Cells, kind: EmployerKind | None, started_on: date) -> int:
    if kind is EmployerKind.INTERCOMMUNALITY:
        return cells.intercommunality("code_employeur")
    return cells.town("code_employeur", on=started_on) if kind else 0


def _document(row: PostRow) -> Document:
    says = {
        "type_employeur": row.employer_kind,
        "code_employeur": row.employer_id,
        "date_debut": row.started_on,
        "date_fin": row.ended_on,
    }
    return Document(row.reference, says)


def _write(rows: Sequence[PostRow], by: Authorship) -> list[RowChange]:
    posts = group_by(rows, lambda row: row.reference)
    records = [
        PostRecord(
            reference=reference,
            employer_kind=served[0].employer_kind,
            employer_id=served[0].employer_id,
            started_on=served[0].started_on,
            ended_on=served[0].ended_on,
            town_ids=tuple(row.town_id for row in served),
        )
        for reference, served in posts.items()
    ]
    written = fill_posts(programme=followed_programme(), records=records, by=by)
    by_reference = dict(zip(posts, written, strict=True))
    return changes_by_row(((by_reference[row.reference], row.town_id) for row in rows), _SHOWN)


def _known_posts() -> QuerySet[ProjectManagerPost]:
    return ProjectManagerPost.objects.filter(programme=followed_programme())


register(
    FollowUpFile(
        name="chefs-de-projet",
        label="postes de chef de projet",
        order=30,
        described=POSTS,
        key_column="id_poste",
        open=lambda: _read,
        key=lambda row: (row.reference, row.town_id),
        write=_write,
        export=export_posts,
        document=_document,
        bounds=Bounds(
            column="insee_com",
            town=lambda row: row.town_id,
            held=Held(_known_posts, "reference", lambda row: row.reference, "served_towns__town"),
        ),
        needs_intercommunalities=True,
    )
)
