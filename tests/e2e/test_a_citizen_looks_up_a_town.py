"""A citizen finds their town, a neighbour of it, then the département: in both looks."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from beffroi.foundations.territories.models import Town
from beffroi.programme.agreements.models import AgreementKind
from tests.e2e.axe import Axe
from tests.e2e.test_public_pages import sideways_scroll
from tests.e2e.witness import Witness
from tests.foundations.territories.factories import make_intercommunality, make_region, make_town
from tests.progress.factories import (
    cover,
    designate,
    make_brownfield,
    make_commitment,
    make_mission,
    new_town,
)

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
FIRST_VIEW_BYTES = 250_000


@pytest.fixture
def dinan() -> Town:
    """Dinan with something in each section, and a town like it."""
    make_region("53", "Bretagne", {"22": "Côtes-d’Armor"})
    dinan, other = make_town("22050", name="Dinan"), new_town(name="Paimpol")
    make_intercommunality("200068989", "Dinan Agglomération", dinan)
    designate(dinan, other)
    cover(dinan, other)
    cover(dinan, kind=AgreementKind.FRAMEWORK, counts_as_ort=True)
    for _ in range(8):
        make_commitment(town=dinan)
        make_mission(town=dinan)
    make_brownfield(town=dinan)
    return dinan


@pytest.fixture(params=[1280, 390], ids=["desk", "phone"])
def screen(request: pytest.FixtureRequest, page: Page) -> Page:
    """The browser on a wide screen, then on a phone."""
    page.set_viewport_size({"width": request.param, "height": 900})
    return page


@pytest.mark.usefixtures("dinan")
def test_from_the_home_page_to_the_departement(
    screen: Page, site: str, look: str, witness: Witness, axe: Axe
) -> None:
    screen.goto(site)
    screen.get_by_role("searchbox", name="Chercher une commune").fill("dïnan")
    screen.keyboard.press("Enter")
    _check(screen, axe, "1 commune sur 2")
    screen.get_by_role("link", name="Dinan", exact=True).click()
    _check(screen, axe, "Dinan")
    screen.locator("main details").first.locator("summary").click()
    _check(screen, axe, "Dinan")
    screen.get_by_role("link", name="Paimpol").last.click()
    _check(screen, axe, "Paimpol")
    screen.get_by_role("link", name="Côtes-d’Armor (22)").click()
    _check(screen, axe, "Côtes-d’Armor")
    assert witness.requests, look


@pytest.mark.usefixtures("look")
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/regions/", 200),
        ("/departements/", 200),
        ("/regions/53-bretagne/", 200),
        ("/intercommunalites/200068989-dinan-agglomeration/", 200),
        ("/communes/22050-dinan/?au=2021-01-01", 200),
        ("/communes/22050-dinan/?au=hier", 400),
        ("/communes/99999/", 404),
        ("/departements/99/", 404),
        ("/communes/?q=zzz", 200),
    ],
)
def test_every_page_of_places_is_accessible(
    path: str, status: int, page: Page, site: str, dinan: Town, witness: Witness, axe: Axe
) -> None:
    witness.expects("Failed to load resource")
    response = page.goto(site + path)
    assert dinan.pk
    assert response is not None
    assert response.status == status
    axe(page)
    assert sideways_scroll(page) == 0


def test_a_town_weighs_little(page: Page, site: str, dinan: Town) -> None:
    html = page.goto(f"{site}/communes/22050-dinan/")
    assert dinan.pk
    assert html is not None
    assert len(html.body()) < FIRST_VIEW_BYTES


def _check(page: Page, axe: Axe, title: str) -> None:
    expect(page.get_by_role("heading", name=title).first).to_be_visible()
    axe(page)
    assert sideways_scroll(page) == 0
