"""Acts on many rows, told on the kind of meetings."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from beffroi.club.events.models import Meeting
from beffroi.foundations.audit.models import AuditEntry
from tests.foundations.desk.people import department, desk_of, person, sent
from tests.foundations.territories.factories import make_region

pytestmark = pytest.mark.django_db
URL = reverse("rencontres:bulk", args=["type"])
UNDO = reverse("rencontres:bulk_undo", args=["type"])
RIGHTS = ("change_meeting", "view_meeting")


@pytest.fixture
def meetings(db: None) -> list[Meeting]:  # noqa: ARG001
    """Two in Bretagne, one in the Ain's région."""
    bretagne = make_region("53", "Bretagne", {"22": "Côtes-d’Armor"})
    rhone = make_region("84", "Auvergne-Rhône-Alpes", {"01": "Ain"})
    return [
        Meeting.objects.create(
            reference=f"R{rank}", title=f"Titre {rank}", kind="atelier", held_on=day, region=region
        )
        for rank, (day, region) in enumerate(
            [(date(2022, 1, 1), bretagne), (date(2023, 1, 1), bretagne), (date(2022, 1, 1), rhone)]
        )
    ]


@pytest.fixture
def officer(meetings: list[Meeting]) -> Client:
    assert meetings
    return desk_of(sent(person("karima", *RIGHTS), department("22")))


def send(client: Client, step: str, meetings: list[Meeting], **more: Any) -> Any:
    entry = {"etape": step, "kind": "webinaire", "reason": "harmonisé", "nombre": len(meetings)}
    keys = {"ligne": [meeting.pk for meeting in meetings]}
    return client.post(URL, entry | keys | more)


def kinds() -> list[str]:
    return list(Meeting.objects.order_by("pk").values_list("kind", flat=True))


def test_offers_the_act_on_the_list_to_those_who_may_correct(officer: Client) -> None:
    page = officer.get(reverse("rencontres:index")).content.decode()
    assert "Changer le type" in page
    assert 'name="ligne"' in page
    reader = desk_of(sent(person("lecteur", "view_meeting"), None))
    assert "Changer le type" not in reader.get(reverse("rencontres:index")).content.decode()


def test_lists_what_will_change_before_it_does(officer: Client, meetings: list[Meeting]) -> None:
    page = send(officer, "verifier", meetings[:2]).content.decode()
    assert "Type : atelier → webinaire" in re.sub(r"\s+", " ", page)
    assert kinds() == ["atelier"] * 3


def test_writes_once_told_with_the_reason_of_each_row(
    officer: Client, meetings: list[Meeting]
) -> None:
    assert send(officer, "ecrire", meetings[:2]).status_code == 302
    assert kinds() == ["webinaire", "webinaire", "atelier"]
    assert set(AuditEntry.objects.filter(verb="record_meetings").values_list("reason")) == {
        ("harmonisé",)
    }


def test_leaves_out_rows_out_of_reach(officer: Client, meetings: list[Meeting]) -> None:
    send(officer, "ecrire", meetings, nombre="2")
    assert kinds() == ["webinaire", "webinaire", "atelier"]


def test_takes_the_whole_filtered_list(officer: Client) -> None:
    take = {"toutes": "1", "requete": "held_on=2022-01-01", "ligne": [], "nombre": "1"}
    send(officer, "ecrire", [], **take)
    assert kinds() == ["webinaire", "atelier", "atelier"]


def test_tells_again_when_other_rows_came_meanwhile(
    officer: Client, meetings: list[Meeting]
) -> None:
    page = send(officer, "ecrire", meetings[:2], nombre="1")
    assert page.status_code == 200
    assert kinds() == ["atelier"] * 3


def test_asks_a_reason(officer: Client, meetings: list[Meeting]) -> None:
    page = send(officer, "ecrire", meetings[:2], reason="")
    assert page.context["form"].errors["reason"]
    assert kinds() == ["atelier"] * 3


def test_comes_back_to_what_rows_said_unless_somebody_touched_them(
    officer: Client, meetings: list[Meeting]
) -> None:
    send(officer, "ecrire", meetings[:2])
    at = AuditEntry.objects.filter(verb="record_meetings").earliest("pk").at.isoformat()
    send(officer, "ecrire", meetings[1:2], kind="colloque")
    told = officer.get(UNDO, {"le": at}).content.decode()
    assert "webinaire → atelier" in told
    officer.post(UNDO, {"le": at})
    assert kinds() == ["atelier", "colloque", "atelier"]


def test_nobody_takes_back_what_another_did(officer: Client, meetings: list[Meeting]) -> None:
    send(officer, "ecrire", meetings[:2])
    at = AuditEntry.objects.filter(verb="record_meetings").earliest("pk").at.isoformat()
    desk_of(sent(person("yann", *RIGHTS), None)).post(UNDO, {"le": at})
    assert kinds() == ["webinaire", "webinaire", "atelier"]
