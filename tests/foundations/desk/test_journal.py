"""The journal: who did what, for those who may read it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from beffroi.club.events.actions import MeetingRecord, record_meeting
from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.actions import Authorship, record_act
from tests.foundations.desk.people import BY, DAY, department, desk_of, person, sent

pytestmark = pytest.mark.django_db
INDEX = reverse("journal:index")
RIGHTS = ("view_auditentry", "view_meeting")


def act(actor: User | None, title: str) -> None:
    record = MeetingRecord(title, title, "rencontre", DAY, None, 3)
    record_meeting(record=record, by=Authorship(at=BY.at, actor=actor, reason="saisie"))


def targets(user: User, query: str = "") -> list[str]:
    return [row.target for row in desk_of(user).get(INDEX + query).context["object_list"]]


def test_the_national_level_reads_every_act_and_filters_by_person() -> None:
    aicha, yann = sent(person("aicha", *RIGHTS), None), person("yann")
    act(yann, "Assises")
    act(None, "Import")
    assert targets(aicha) == ["Import", "Assises"]
    assert targets(aicha, f"?auteur={yann.pk}") == ["Assises"]
    assert targets(aicha, "?verb=grant_mandate&genre=events.meeting") == []


def test_others_read_their_own_acts_alone() -> None:
    karima = sent(person("karima", *RIGHTS), department("22"))
    act(karima, "La sienne")
    act(person("yann"), "Celle d’un autre")
    assert targets(karima) == ["La sienne"]


def test_shows_no_act_on_a_kind_of_row_that_the_role_does_not_read() -> None:
    aicha = sent(person("aicha", *RIGHTS), None)
    record_act(verb="unsubscribe_reader", target=aicha, at=BY.at)
    assert targets(aicha) == []


def test_is_exported_in_words() -> None:
    aicha = sent(person("aicha", *RIGHTS), None)
    act(aicha, "=Assises")
    answer = desk_of(aicha).get(INDEX + "?export=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert "Rencontre enregistrée" in text
    assert ";'=Assises;" in text


def test_nobody_writes_in_it() -> None:
    aicha = sent(person("aicha", *RIGHTS, "add_auditentry", "change_auditentry"), None)
    assert desk_of(aicha).get("/bureau/journal/new/").status_code == 404
