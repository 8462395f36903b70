"""What is done to many meetings at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from django import forms

from beffroi.club.events.actions import MeetingRecord, record_meetings
from beffroi.club.events.models import Meeting
from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.desk.bulk import BulkAct, BulkForm, Difference

_NAMES = [field.name for field in fields(MeetingRecord)]


class KindForm(BulkForm):
    """The kind that the meetings will have."""

    kind = forms.CharField(label="Type", max_length=100)


def _preview(meeting: Meeting, entered: Mapping[str, Any]) -> Iterator[Difference]:
    if meeting.kind != entered["kind"]:
        yield Difference("Type", meeting.kind or "—", entered["kind"])


def _as_records(pairs: Sequence[tuple[Meeting, Mapping[str, Any]]]) -> list[MeetingRecord]:
    """Each meeting as it is, but for what is told of it."""
    return [
        MeetingRecord(**{name: told.get(name, getattr(meeting, name)) for name in _NAMES})
        for meeting, told in pairs
    ]


def _write(meetings: Sequence[Meeting], entered: Mapping[str, Any], by: Authorship) -> None:
    wanted = [(meeting, {"kind": entered["kind"]}) for meeting in meetings]
    record_meetings(records=_as_records(wanted), by=by)


def _undo(pairs: Sequence[tuple[Meeting, Mapping[str, Any]]], by: Authorship) -> None:
    kinds = [(meeting, {"kind": old["kind"]}) for meeting, old in pairs if "kind" in old]
    record_meetings(records=_as_records(kinds), by=by)


CHANGE_KIND = BulkAct(
    name="type",
    label="Changer le type",
    verb="record_meetings",
    form_class=KindForm,
    preview=_preview,
    write=_write,
    undo=_undo,
)
