"""Every list, sheet, form and act of the programme's rooms, on the desk."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from beffroi.foundations.desk.registration import viewsets_on_desk
from beffroi.programme.agreements.models import AgreementKind
from beffroi.programme.membership.models import TownGroup
from tests.foundations.desk.people import department, desk_of, person, sent
from tests.progress.factories import (
    cover,
    designate,
    make_commitment,
    make_mission,
    make_plan,
    make_programme,
    new_town,
    open_post,
)

pytestmark = pytest.mark.django_db
ROOMS = ("membership", "agreements", "support")
VIEWSETS = [view for view in viewsets_on_desk() if view.model._meta.app_label in ROOMS]
NAMES = [view.name for view in VIEWSETS]


@pytest.fixture
def national() -> Client:
    return desk_of(sent(person("agnes", role="Registre"), None))


def fill(towns: int) -> None:
    """Rows of every kind about towns of département 22."""
    programme = make_programme()
    group, _ = TownGroup.objects.get_or_create(programme=programme, reference="pvd-22-1")
    for _number in range(towns):
        town = new_town("22", name="Dinan")
        designate(town, group=group)
        cover(town)
        cover(town, kind=AgreementKind.FRAMEWORK, signed_on=date(2022, 1, 1))
        open_post(town)
        make_commitment(town=town)
        make_mission(town=town)


def test_every_room_is_on_the_desk() -> None:
    assert sorted(NAMES) == [
        "conventions",
        "designations",
        "engagements",
        "groupements",
        "missions",
        "postes",
        "previsions",
    ]


@pytest.mark.parametrize("viewset", VIEWSETS, ids=NAMES)
def test_a_list_leads_to_its_sheets(viewset: object, national: Client) -> None:
    fill(1)
    make_plan()
    row = viewset.model.objects.first()  # type: ignore[attr-defined]
    page = national.get(reverse(viewset.get_url_name("index"))).content.decode()  # type: ignore[attr-defined]
    sheet = reverse(viewset.get_url_name("inspect"), args=[row.pk])  # type: ignore[attr-defined]
    assert f'href="{sheet}"' in page


@pytest.mark.parametrize("viewset", VIEWSETS, ids=NAMES)
def test_lists_without_reading_more_for_more_rows(viewset: object, national: Client) -> None:
    url = reverse(viewset.get_url_name("index"))  # type: ignore[attr-defined]
    make_plan()
    counts = []
    for towns in (2, 30):
        fill(towns)
        with CaptureQueriesContext(connection) as queries:
            response = national.get(url)
        assert response.status_code == 200
        counts.append(len(queries))
    assert counts[1] <= max(counts[0] + 1, 25)
    assert counts[1] <= 25


@pytest.mark.parametrize("viewset", VIEWSETS, ids=NAMES)
def test_says_what_to_do_where_there_is_nothing(viewset: object, national: Client) -> None:
    page = national.get(reverse(viewset.get_url_name("index"))).content.decode()  # type: ignore[attr-defined]
    assert viewset.empty_words in page  # type: ignore[attr-defined]


@pytest.mark.parametrize("viewset", VIEWSETS, ids=NAMES)
def test_shows_sheets_forms_acts_and_exports(viewset: object, national: Client) -> None:
    fill(2)
    make_plan()
    row = viewset.model.objects.first()  # type: ignore[attr-defined]
    name = viewset.get_url_name  # type: ignore[attr-defined]
    urls = [reverse(name("inspect"), args=[row.pk]), f"{reverse(name('index'))}?export=csv"]
    if viewset.form_class:  # type: ignore[attr-defined]
        urls += [reverse(name("add")), reverse(name("edit"), args=[row.pk])]
    urls += [
        reverse(name(f"acte_{act.slug}"), args=[row.pk])
        for act in viewset.acts  # type: ignore[attr-defined]
    ]
    for url in urls:
        response = national.get(url)
        assert response.status_code == 200, url
        if response.streaming:
            assert b"".join(response.streaming_content)  # type: ignore[attr-defined]


@pytest.mark.parametrize("viewset", VIEWSETS, ids=NAMES)
def test_nothing_out_of_reach_exists(viewset: object) -> None:
    fill(1)
    make_plan()
    officer = desk_of(sent(person("paul", role="Registre"), department("35")))
    row = viewset.model.objects.first()  # type: ignore[attr-defined]
    name = viewset.get_url_name  # type: ignore[attr-defined]
    urls = [reverse(name("inspect"), args=[row.pk])]
    urls += [
        reverse(name(f"acte_{act.slug}"), args=[row.pk])
        for act in viewset.acts  # type: ignore[attr-defined]
    ]
    for url in urls:
        assert officer.get(url).status_code == 404, url
    assert "Dinan" not in officer.get(reverse(name("index"))).content.decode()


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("designations", "state=open&epci=Dinan&departement=22"),
        ("postes", "occupancy=vacant"),
        ("postes", "occupancy=unrecorded&q=Dinan"),
        ("conventions", "kind=framework&documents=without&epci=200068989"),
        ("engagements", "standing=standing&state=committed&q=D0001"),
        ("missions", "epci=x"),
    ],
)
def test_filters_and_searches(name: str, query: str, national: Client) -> None:
    fill(1)
    assert national.get(f"{reverse(f'{name}:index')}?{query}").status_code == 200
