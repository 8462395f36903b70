"""The history of a row, down to the file it came from."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse

from beffroi.foundations.audit.actions import record_act
from beffroi.foundations.desk.queries import history_of
from beffroi.programme.support.models import ExpertiseMission
from tests.foundations.desk.people import department, desk_of, person, sent
from tests.foundations.imports.country import MISSIONS, NOW, make_country, receive

pytestmark = pytest.mark.django_db
ROWS = ("M1;01004;Anah;habitat;1/1/2022;10", "M2;01004;Anah;commerce;1/1/2022;10")


def test_ends_with_the_import_that_created_the_row(tmp_path: Path) -> None:
    make_country()
    yann = person("yann")
    receive(tmp_path / "missions.csv", MISSIONS, *ROWS, actor=yann)
    mission = ExpertiseMission.objects.get(reference="M2")
    record_act(verb="record_missions", target=mission, at=NOW.replace(hour=13))
    last, first = history_of(mission)
    assert last.reason == ""
    assert (first.at, first.author, first.reason) == (NOW, str(yann), "reprise de missions.csv")


def test_is_shown_on_the_page_of_the_row(tmp_path: Path) -> None:
    make_country()
    receive(tmp_path / "missions.csv", MISSIONS, *ROWS)
    mission = ExpertiseMission.objects.get(reference="M1")
    karima = sent(person("karima", role="Registre"), department("01"))
    page = desk_of(karima).get(reverse("missions:history", args=[mission.pk])).content.decode()
    assert "import ou tâche du serveur" in page
    assert "reprise de missions.csv" in page


def test_of_a_row_recorded_by_hand_is_the_act_alone() -> None:
    yann = person("yann")
    record_act(verb="grant_mandate", target=yann, at=NOW, actor=yann)
    assert [one.author for one in history_of(yann)] == [str(yann)]
