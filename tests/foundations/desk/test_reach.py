"""What each person reaches on the desk's pages, told on the presence of towns at meetings."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from beffroi.club.events.models import Attendance, Meeting
from tests.foundations.desk.people import department, desk_of, person, sent
from tests.foundations.territories.factories import make_region, make_town

pytestmark = pytest.mark.django_db
RIGHTS = ("add_attendance", "change_attendance", "view_attendance")


@pytest.fixture
def rows(db: None) -> tuple[Attendance, Attendance]:  # noqa: ARG001
    """Dinan and Vannes at one meeting."""
    make_region("53", "Bretagne", {"22": "Côtes-d’Armor", "56": "Morbihan"})
    meeting = Meeting.objects.create(
        reference="R1", title="Assises de Dinan", kind="rencontre", held_on=date(2022, 9, 1)
    )
    dinan = Attendance.objects.create(meeting=meeting, town=make_town("22050", name="Dinan"))
    vannes = Attendance.objects.create(
        meeting=meeting, town=make_town("56260", name="Vannes"), people=3
    )
    return dinan, vannes


def test_lists_the_rows_of_the_area_alone(rows: tuple[Attendance, Attendance]) -> None:
    page = desk_of(sent(person("agent", *RIGHTS), department("22"))).get(reverse("presences:index"))
    assert list(page.context["object_list"]) == [rows[0]]
    assert b"Dinan (22050)" in page.content
    assert b"Vannes" not in page.content


@pytest.mark.parametrize("query", ["?q=Vannes", "?departement=56", "?q=56260", "?ordering=people"])
def test_no_search_filter_or_order_reaches_further(
    rows: tuple[Attendance, Attendance], query: str
) -> None:
    client = desk_of(sent(person("agent", *RIGHTS), department("22")))
    page = client.get(reverse("presences:index") + query)
    assert rows[1] not in page.context["object_list"]
    assert "Morbihan" not in page.content.decode()


@pytest.mark.parametrize("view", ["edit", "inspect", "history", "delete"])
@pytest.mark.parametrize("verb", ["get", "post"])
def test_a_row_out_of_reach_does_not_exist(
    rows: tuple[Attendance, Attendance], view: str, verb: str
) -> None:
    client = desk_of(sent(person("agent", *RIGHTS), department("22")))
    for pk in (rows[1].pk, 999_999):
        page = getattr(client, verb)(reverse(f"presences:{view}", args=[pk]), {"people": "9"})
        assert page.status_code in ({404, 405} if (view, verb) in _READ else {404})
    assert Attendance.objects.get(pk=rows[1].pk).people == 3


_READ = {("inspect", "post"), ("history", "post")}


def test_the_export_holds_the_area_alone(rows: tuple[Attendance, Attendance]) -> None:
    client = desk_of(sent(person("agent", *RIGHTS), department("22")))
    answer = client.get(reverse("presences:index") + "?export=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert "Dinan (22050)" in text
    assert ("Vannes" in text, rows[1].pk > 0) == (False, True)


def test_a_region_sees_its_departements_and_filters_them(
    rows: tuple[Attendance, Attendance],
) -> None:
    client = desk_of(sent(person("region", *RIGHTS), department("22"), department("56")))
    page = client.get(reverse("presences:index") + "?departement=56")
    assert list(page.context["object_list"]) == [rows[1]]
    assert "22 – Côtes-d’Armor" in page.content.decode()


@pytest.mark.parametrize("path", ["presences/", "presences/new/", "rencontres/"])
def test_nothing_opens_without_a_mandate(path: str, rows: object) -> None:
    assert rows
    client = desk_of(person("sans", *RIGHTS, "view_meeting"))
    assert client.get(f"/bureau/{path}").status_code == 302
    assert "/bureau/presences/" not in client.get("/bureau/").content.decode()


def test_nothing_opens_without_the_role(rows: tuple[Attendance, Attendance]) -> None:
    client = desk_of(sent(person("agent"), None))
    urls = [reverse("presences:index"), reverse("presences:inspect", args=[rows[0].pk])]
    assert [client.get(url).status_code for url in urls] == [302, 404]


def test_a_reader_sees_and_does_not_correct(rows: tuple[Attendance, Attendance]) -> None:
    client = desk_of(sent(person("lecteur", "view_attendance"), None))
    sheet = client.get(reverse("presences:inspect", args=[rows[0].pk]))
    assert (sheet.status_code, "Corriger" in sheet.content.decode()) == (200, False)
    for verb in ("get", "post"):
        page = getattr(client, verb)(reverse("presences:edit", args=[rows[0].pk]))
        assert page.status_code in {302, 404}


def test_nobody_adds_a_row_outside_their_area(rows: tuple[Attendance, Attendance]) -> None:
    client = desk_of(sent(person("agent", *RIGHTS), department("22")))
    elsewhere = make_town("35238", name="Rennes")
    page = client.post(
        reverse("presences:add"), {"meeting": rows[0].meeting_id, "town": "Rennes", "people": ""}
    )
    assert "hors de votre périmètre" in page.content.decode()
    assert not Attendance.objects.filter(town=elsewhere).exists()


def test_adds_a_row_of_their_area_and_tells_its_history(
    rows: tuple[Attendance, Attendance],
) -> None:
    client = desk_of(sent(person("agent", *RIGHTS), department("22")))
    lamballe = make_town("22093", name="Lamballe-Armor")
    entered = {"meeting": rows[0].meeting_id, "town": "lamballe armor", "people": "2"}
    assert client.post(reverse("presences:add"), entered).status_code == 302
    row = Attendance.objects.get(town=lamballe)
    told = client.get(reverse("presences:history", args=[row.pk])).content.decode()
    assert "Présence notée" in told
    assert "Commune : — → Lamballe-Armor (22093)" in told
