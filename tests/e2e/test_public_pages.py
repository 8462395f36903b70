"""Every public page, in both looks: nothing for axe to say, nothing loaded from elsewhere."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Page

from beffroi.foundations.skin.navigation import LEGAL, MAIN
from tests.e2e.axe import Axe
from tests.e2e.witness import Witness

PATHS = [link.path for link in (*MAIN[:1], *LEGAL)]

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_accessible_and_loads_nothing_from_elsewhere(
    path: str, page: Page, site: str, look: str, witness: Witness, axe: Axe
) -> None:
    response = page.goto(site + path)
    assert response is not None
    assert response.status == 200
    axe(page)
    assert witness.requests
    loaded_state_files = any("/dsfr" in url for url in witness.requests)
    assert loaded_state_files == (look == "dsfr")


@pytest.mark.usefixtures("look")
@pytest.mark.parametrize("path", PATHS)
def test_a_page_needs_no_sideways_scroll_on_the_narrowest_screen(
    path: str, page: Page, site: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(site + path)
    too_wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(too_wide) == 0


@pytest.mark.usefixtures("look")
def test_an_unknown_address_is_accessible_too(
    page: Page, site: str, witness: Witness, axe: Axe
) -> None:
    witness.expects("404")
    response = page.goto(f"{site}/nulle-part/")
    assert response is not None
    assert response.status == 404
    assert page.get_by_role("heading", level=1).inner_text() == "Page introuvable"
    axe(page)


@pytest.mark.usefixtures("look", "witness")
@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_both_colour_schemes_have_enough_contrast(
    scheme: Literal["dark", "light"], page: Page, site: str, axe: Axe
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(site)
    axe(page)
