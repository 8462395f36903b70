"""What is frozen and not published: read by those alone who may publish it, and kept by nobody."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from beffroi.progress.actions import freeze_snapshot
from beffroi.progress.models import Snapshot
from beffroi.progress.written.forms import FORMS
from tests.foundations.desk.people import department, desk_of, person, sent
from tests.foundations.territories.factories import make_region, make_town
from tests.progress.factories import DAY, FROZEN_AT, cover, designate

pytestmark = pytest.mark.django_db
PAGES = (
    "",
    *(form.name for form in FORMS.values()),
    "changements/",
    "active_towns/",
    "active_towns/lignes.csv",
    "active_towns/lignes.json",
    "dessins/evolution-active_towns-720.svg",
    "dessins/evolution-active_towns-340.png",
)


@pytest.fixture
def hidden() -> Snapshot:
    """The report of a département, before anybody publishes it."""
    make_region("53", "Bretagne", {"22": "Côtes-d’Armor", "29": "Finistère"})
    town = make_town("22050", name="Dinan")
    designate(town)
    cover(town)
    return freeze_snapshot(as_of=DAY, territory="dep:22", frozen_at=FROZEN_AT)


@pytest.mark.parametrize("page", PAGES)
def test_it_is_not_there_for_anybody_else(hidden: Snapshot, page: str) -> None:
    reader = sent(person("lectrice", "view_snapshot"), department("22"))
    elsewhere = sent(person("ailleurs", role="Registre"), department("29"))
    nowhere = person("sans-perimetre", role="Avancement")
    for client in (Client(), *map(desk_of, (reader, elsewhere, nowhere))):
        assert client.get(f"{hidden.get_absolute_url()}{page}").status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_nobody_keeps_what_a_maker_was_shown(hidden: Snapshot, page: str) -> None:
    maker = desk_of(sent(person("agente", role="Registre"), department("22")))
    answer = maker.get(f"{hidden.get_absolute_url()}{page}")
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]


def test_a_list_names_it_nowhere(hidden: Snapshot, client: Client) -> None:
    for path in (
        "/point-d-avancement/",
        "/point-d-avancement/flux.xml",
        "/point-d-avancement/a-la-date/?au=2022-09-23&territoire=dep:22",
        "/donnees/indicateurs.csv",
        "/donnees/catalogue.jsonld",
    ):
        answer: Any = client.get(path)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert hidden.reference.encode() not in body, path
