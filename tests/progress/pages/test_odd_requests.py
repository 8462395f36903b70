"""Whatever an address is asked with, the site answers: never an error of its own."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from beffroi.progress.actions import freeze_snapshot, publish_snapshot
from beffroi.progress.models import Snapshot
from tests.foundations.territories.factories import make_intercommunality, make_region, make_town
from tests.progress.factories import DAY, FROZEN_AT, cover, designate, make_commitment

pytestmark = pytest.mark.django_db
REPORTS = "/point-d-avancement/"
BROKEN = 500
NASTY = (
    "a%00b",
    "%FF%FE",
    "%ED%A0%80",
    "%0D%0ASet-Cookie:%20a=b",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "-1",
    "02020999999999999999",
    "9" * 5000,
    "0001-01-01",
    "9999-12-31",
    "%D9%A2%D9%A0%D9%A2%D9%A2-09-23",
    "2022-09-23-national-r99999999999999999999",
    "dep:22%00",
    "epci:" + "9" * 400,
    "taille:0-99999999999999999999999",
    "centralite:%C2%B2",
)
LIVE = f"{REPORTS}a-la-date/"
DAY_ASKED = "au=2022-09-23"


@pytest.fixture
def report() -> Snapshot:
    """A published report of a small country."""
    cache.clear()
    make_region("53", "Bretagne", {"22": "Côtes-d’Armor", "29": "Finistère"})
    town = make_town("22050", name="Dinan")
    make_intercommunality("200068989", "CA Dinan Agglomération", town)
    designate(town)
    cover(town)
    make_commitment(town=town)
    snapshot = freeze_snapshot(as_of=DAY, frozen_at=FROZEN_AT)
    return publish_snapshot(reference=snapshot.reference, published_at=FROZEN_AT)


@pytest.fixture
def visitor() -> Client:
    """Anybody."""
    return Client(raise_request_exception=False)


def questions(reference: str) -> list[str]:
    """Every address with one of the questions that it reads, the answer still to be written."""
    frozen = f"{REPORTS}{reference}/"
    live = ("", "active_towns/", "active_towns/lignes.csv", "dessins/carte-active_towns/720.svg")
    return [
        *(f"{REPORTS}?{name}=" for name in ("page", "type", "annee", "q")),
        f"{LIVE}?au=",
        *(f"{LIVE}{page}?{DAY_ASKED}&territoire=" for page in live),
        *(f"{LIVE}active_towns/?{DAY_ASKED}&{name}=" for name in ("page", "q", "departement")),
        f"{LIVE}?{DAY_ASKED}&q=",
        f"{LIVE}changements.csv?{DAY_ASKED}&depuis=",
        f"{LIVE}changements/?depuis=2021-01-01&au=",
        f"{LIVE}changements/?depuis=2021-01-01&{DAY_ASKED}&territoire=",
        f"{frozen}changements/?depuis=",
        *(f"{frozen}active_towns/?{name}=" for name in ("page", "q", "departement")),
        f"{frozen}dessins/carte-active_towns-720.svg?v=",
    ]


def addresses(reference: str, value: str) -> list[str]:
    """Every address with the odd value where a name stands."""
    frozen = f"{REPORTS}{reference}/"
    return [
        f"{REPORTS}{value}/",
        f"{REPORTS}{value}/donnees.json",
        f"{REPORTS}{value}/changements/",
        f"{REPORTS}logos/{value}.png",
        f"{LIVE}{value}/",
        f"{LIVE}{value}/lignes.csv",
        f"{LIVE}dessins/{value}/720.svg",
        f"{LIVE}dessins/carte-active_towns/{value}.svg",
        f"{frozen}{value}/",
        f"{frozen}{value}/lignes.json",
        f"{frozen}dessins/{value}.svg",
        f"{frozen}dessins/carte-active_towns-{value}.png",
    ]


def test_odd_questions_are_answered(visitor: Client, report: Snapshot) -> None:
    for question in questions(report.reference):
        for value in NASTY:
            answer = visitor.get(f"{question}{value}")
            assert answer.status_code < BROKEN, f"{question}{value[:60]}"


def test_odd_addresses_are_answered(visitor: Client, report: Snapshot) -> None:
    for value in filter(None, NASTY):
        for page in addresses(report.reference, value):
            assert visitor.get(page).status_code < BROKEN, page[:120]


def test_thousands_of_questions_at_once_are_answered(visitor: Client, report: Snapshot) -> None:
    many = "&".join(f"territoire=dep:{rank}" for rank in range(3000))
    for page in (LIVE, report.get_absolute_url()):
        assert visitor.get(f"{page}?{many}").status_code < BROKEN
