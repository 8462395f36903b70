"""Every public page, in both looks: nothing for axe to say, nothing loaded from elsewhere."""

from __future__ import annotations

import json
from typing import Literal

import pytest
from playwright.sync_api import Page

from beffroi.foundations.skin.navigation import LEGAL, MAIN
from tests.e2e.axe import Axe
from tests.e2e.witness import Witness
from tests.newsletter.issues.factories import make_issue, section
from tests.progress.factories import cover, designate, new_town, publish_report

PATHS = [link.path for link in (*MAIN, *LEGAL)]

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def sideways_scroll(page: Page) -> int:
    """By how many pixels the page overflows the narrowest screen of WCAG 1.4.10."""
    before = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 800})
    root = "document.documentElement"
    excess: int = page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")
    if before:
        page.set_viewport_size(before)
    return excess


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
    assert sideways_scroll(page) == 0


def test_a_site_with_a_letter_and_figures_is_accessible(
    page: Page, site: str, look: str, witness: Witness, axe: Axe
) -> None:
    town = new_town(name="Dinan")
    designate(town)
    cover(town)
    report = publish_report().get_absolute_url()
    make_issue(17, body=json.dumps([section(("text", {"title": "T", "text": "<p>Un.</p>"}))]))
    for path in ("/", "/lettre/", "/lettre/17/", report, f"{report}adhesion_share/"):
        response = page.goto(site + path)
        assert response is not None
        assert response.status == 200
        axe(page)
        assert sideways_scroll(page) == 0
    assert witness.requests, look


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
