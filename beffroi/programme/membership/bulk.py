"""What is done to many designations or posts at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.dates import format_date
from beffroi.foundations.desk.acts import day_field, refusals_in_form
from beffroi.foundations.desk.bulk import BulkAct, BulkForm, Difference
from beffroi.programme.membership.actions import (
    close_posts,
    correct_designation,
    end_designations,
    group_towns,
)
from beffroi.programme.membership.models import Designation, ProjectManagerPost


class _EndForm(BulkForm):
    ended_on = day_field("Sorties le", help_text="Premier jour hors du programme.")


class _GroupForm(BulkForm):
    group_reference = forms.CharField(
        label="Groupement",
        required=False,
        max_length=40,
        help_text="Référence du groupement, créé s’il n’existe pas. "
        "Vide\u00a0: les communes quittent leur groupement.",
    )


class _CloseForm(BulkForm):
    ended_on = day_field("Dernier jour", help_text="Les titulaires finissent le même jour.")


def _told(day: date | None) -> str:
    return format_date(day) if day else "—"


def _end_told(row: Any, entered: Mapping[str, Any]) -> Iterator[Difference]:
    if row.ended_on != entered["ended_on"]:
        yield Difference("Fin", _told(row.ended_on), _told(entered["ended_on"]))


def _end(rows: Sequence[Designation], entered: Mapping[str, Any], by: Authorship) -> None:
    with refusals_in_form():
        end_designations(designations=rows, ended_on=entered["ended_on"], by=by)


def _end_undone(pairs: Sequence[tuple[Designation, Mapping[str, Any]]], by: Authorship) -> None:
    for row, old in pairs:
        ended_on = old.get("ended_on")
        with refusals_in_form():
            correct_designation(
                designation=row,
                started_on=row.started_on,
                ended_on=date.fromisoformat(ended_on) if ended_on else None,
                group_reference=row.group.reference if row.group else "",
                by=by,
            )


def _group_told(row: Designation, entered: Mapping[str, Any]) -> Iterator[Difference]:
    old, new = row.group.reference if row.group else "", entered["group_reference"].strip()
    if old != new:
        yield Difference("Groupement", old or "—", new or "—")


def _group(rows: Sequence[Designation], entered: Mapping[str, Any], by: Authorship) -> None:
    for programme in {row.programme for row in rows}:
        group_towns(
            programme=programme,
            group_reference=entered["group_reference"],
            designations=[row for row in rows if row.programme == programme],
            by=by,
        )


def _close(rows: Sequence[ProjectManagerPost], entered: Mapping[str, Any], by: Authorship) -> None:
    with refusals_in_form():
        close_posts(posts=rows, ended_on=entered["ended_on"], by=by)


END_DESIGNATIONS = BulkAct(
    name="fin",
    label="Mettre fin aux désignations",
    verb="end_designations",
    form_class=_EndForm,
    preview=_end_told,
    write=_end,
    undo=_end_undone,
)
GROUP_TOWNS = BulkAct(
    name="groupement",
    label="Grouper",
    verb="group_towns",
    form_class=_GroupForm,
    preview=_group_told,
    write=_group,
)
CLOSE_POSTS = BulkAct(
    name="clore",
    label="Clore des postes",
    verb="close_posts",
    form_class=_CloseForm,
    preview=_end_told,
    write=_close,
)
