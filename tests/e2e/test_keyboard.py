"""The site with a keyboard only, and without scripts."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.axe import Axe
from tests.e2e.mailbox import Mailbox
from tests.e2e.witness import Witness

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("look"),
]

FOCUSED = """() => {
  const element = document.activeElement;
  const box = element.getBoundingClientRect();
  // An enlarged link draws its outline on the box that carries it.
  const styles = ['', '::before', '::after'].map(part => getComputedStyle(element, part));
  return {
    text: element.innerText.trim(),
    seen: box.width > 0 && box.top >= 0 && box.bottom <= innerHeight,
    outlined: styles.some(
      style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
    ),
  };
}"""


def focused(page: Page) -> dict[str, Any]:
    """The element that has the focus, once the page has scrolled to it."""
    until = time.monotonic() + 3
    while not (found := page.evaluate(FOCUSED))["seen"] and time.monotonic() < until:
        page.wait_for_timeout(20)
    assert found["seen"], f"hors de vue : {found['text']}"
    return dict(found)


@pytest.fixture
def bare_page(browser: Browser, site: str) -> Iterator[Page]:
    """A page of a browser that runs no script."""
    context = browser.new_context(java_script_enabled=False, base_url=site, locale="fr-FR")
    yield context.new_page()
    context.close()


def test_the_first_key_shows_a_link_to_the_content(page: Page, site: str) -> None:
    page.goto(site)
    page.keyboard.press("Tab")
    assert focused(page)["text"] == "Contenu"
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")
    page.keyboard.press("Tab")
    inside = "document.querySelector('main').contains(document.activeElement)"
    assert page.evaluate(inside)


def test_every_stop_of_the_tab_key_is_seen_and_outlined(page: Page, site: str) -> None:
    page.goto(site)
    stops = page.locator("a[href], button, input, select, textarea").count()
    reached = []
    for _ in range(stops):
        page.keyboard.press("Tab")
        reached.append(focused(page))
        if "Données personnelles" in reached[-1]["text"]:
            break
    assert [stop for stop in reached if not stop["outlined"]] == []
    assert any(stop["text"] == "Données personnelles" for stop in reached)


def test_a_telephone_without_scripts_still_has_the_menu(bare_page: Page) -> None:
    bare_page.set_viewport_size({"width": 390, "height": 800})
    bare_page.goto("/accessibilite/")
    menu = bare_page.get_by_role("navigation", name="Menu principal")
    expect(menu.get_by_role("link", name="La lettre")).to_be_visible()
    path = bare_page.get_by_role("navigation", name="Vous êtes ici")
    expect(path.get_by_role("link", name="Accueil")).to_be_visible()
    menu.get_by_role("link", name="Accueil").click()
    expect(bare_page.get_by_role("heading", level=1)).to_be_visible()


def test_one_signs_up_without_scripts(bare_page: Page, mailbox: Mailbox) -> None:
    bare_page.goto("/lettre/inscription/")
    bare_page.get_by_label("Votre adresse électronique").fill("paul@mairie.example.org")
    time.sleep(2.1)  # a form sent faster than a person can fill it is refused
    bare_page.get_by_role("button", name="M’inscrire").click()
    expect(bare_page.get_by_role("heading", level=1)).to_contain_text("vérifiez votre messagerie")
    mailbox.wait_for("paul@mairie.example.org")


def test_the_menu_of_a_telephone_opens_and_closes(
    page: Page, site: str, look: str, witness: Witness, axe: Axe
) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(site)
    link = page.get_by_role("navigation", name="Menu principal").get_by_role(
        "link", name="La lettre"
    )
    if look == "dsfr":
        expect(link).to_be_hidden()
        page.get_by_role("button", name="Menu").press("Enter")
    expect(link).to_be_visible()
    axe(page)
    if look == "dsfr":
        page.keyboard.press("Escape")
        expect(link).to_be_hidden()
    assert witness.requests
