"""Two people on one row: the second is told, and nothing is lost."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from beffroi.club.events.models import Meeting
from tests.foundations.desk.people import desk_of, person, sent

RIGHTS = ("change_meeting", "view_meeting")
ENTRY = {
    "title": "Assises",
    "kind": "rencontre",
    "held_on": "01/09/2022",
    "region": "",
    "participants": "10",
    "reason": "recompté",
}


@pytest.fixture
def meeting(db: None) -> Meeting:  # noqa: ARG001
    return Meeting.objects.create(
        reference="R1",
        title="Assises",
        kind="rencontre",
        held_on=date(2022, 9, 1),
        participants=10,
    )


def national(name: str) -> Client:
    return desk_of(sent(person(name, *RIGHTS), None))


def url(meeting: Meeting) -> str:
    return reverse("rencontres:edit", args=[meeting.pk])


def shown(client: Client, meeting: Meeting) -> str:
    """The hidden field of the form as it was opened, or as it came back."""
    return hidden(client.get(url(meeting)))


def hidden(page: Any) -> str:
    return str(page.context["form"]["shown"].value())


def test_tells_the_second_who_changed_what_and_keeps_their_entries(meeting: Meeting) -> None:
    karima, yann = national("karima"), national("yann")
    first, second = shown(karima, meeting), shown(yann, meeting)
    karima.post(url(meeting), ENTRY | {"participants": "120", "shown": first})
    page = yann.post(url(meeting), ENTRY | {"participants": "130", "shown": second})
    text = page.content.decode()
    assert "Karima" in text
    assert "Participants : 10 → 120" in text
    assert page.context["form"]["participants"].value() == "130"
    assert "Enregistré entre-temps\u00a0: 120" in str(page.context["form"]["participants"].errors)
    assert Meeting.objects.get().participants == 120


def test_a_second_sending_writes_on_top_knowingly(meeting: Meeting) -> None:
    karima, yann = national("karima"), national("yann")
    first, second = shown(karima, meeting), shown(yann, meeting)
    karima.post(url(meeting), ENTRY | {"participants": "120", "shown": first})
    told = yann.post(url(meeting), ENTRY | {"participants": "130", "shown": second})
    again = yann.post(url(meeting), ENTRY | {"participants": "130", "shown": hidden(told)})
    assert again.status_code == 302
    assert Meeting.objects.get().participants == 130


def test_takes_over_what_the_other_alone_changed(meeting: Meeting) -> None:
    karima, yann = national("karima"), national("yann")
    first, second = shown(karima, meeting), shown(yann, meeting)
    karima.post(url(meeting), ENTRY | {"title": "Assises de Dinan", "shown": first})
    told = yann.post(url(meeting), ENTRY | {"participants": "130", "shown": second})
    form = told.context["form"]
    assert (form["title"].value(), form["participants"].value()) == ("Assises de Dinan", "130")
    assert "Repris de la fiche" in form.fields["title"].help_text


def test_a_form_that_forgot_what_it_showed_overwrites_nothing(meeting: Meeting) -> None:
    page = national("yann").post(url(meeting), ENTRY | {"participants": "7", "shown": "{"})
    assert page.status_code == 200
    assert Meeting.objects.get().participants == 10


def test_asks_a_reason_for_a_correction(meeting: Meeting) -> None:
    yann = national("yann")
    entry = ENTRY | {"participants": "7", "reason": "", "shown": shown(yann, meeting)}
    assert yann.post(url(meeting), entry).context["form"].errors["reason"]
    assert Meeting.objects.get().participants == 10


def test_one_alone_corrects_at_once_and_the_history_tells_why(meeting: Meeting) -> None:
    yann = national("yann")
    entry = ENTRY | {"participants": "7", "shown": shown(yann, meeting)}
    assert yann.post(url(meeting), entry).status_code == 302
    told = yann.get(reverse("rencontres:history", args=[meeting.pk])).content.decode()
    assert re.search(r"Yann.*Participants : 10 → 7.*recompté", told, re.DOTALL)


@pytest.mark.django_db(transaction=True)
def test_of_two_requests_at_once_one_writes_and_the_other_is_told(
    meeting: Meeting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clients = [national("karima"), national("yann")]
    forms = [shown(client, meeting) for client in clients]
    gate, answers = Barrier(2), []
    _write_in_a_file(tmp_path / "bureau.sqlite3", monkeypatch)

    def send(place: int) -> None:
        gate.wait()
        entry = ENTRY | {"participants": str(100 + place), "shown": forms[place]}
        answers.append(clients[place].post(url(meeting), entry).status_code)
        connections.close_all()

    threads = [Thread(target=send, args=[place]) for place in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200, 302]


def _write_in_a_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite in memory, shared by threads, refuses at once what a file makes wait."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
        monkeypatch.setitem(connections.settings["default"], "NAME", str(path))
