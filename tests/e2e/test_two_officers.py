"""Two officers of a région correct one meeting at the same time, each in their own browser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect

from beffroi.club.events.models import Meeting
from tests.e2e.axe import Axe
from tests.foundations.desk.people import department, person, sent
from tests.foundations.territories.factories import make_region

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
PASSWORD = "x"


@pytest.fixture
def meeting(site: str) -> Meeting:  # noqa: ARG001
    region = make_region("53", "Bretagne", {"22": "Côtes-d’Armor"})
    return Meeting.objects.create(
        reference="R1",
        title="Assises de Dinan",
        kind="rencontre",
        held_on=date(2022, 9, 1),
        region=region,
        participants=10,
    )


@pytest.fixture
def desks(browser: Browser, site: str, meeting: Meeting) -> Iterator[tuple[Page, Page]]:
    """Karima's and Yann's, signed in."""
    assert meeting
    pages = []
    for name in ("karima", "yann"):
        user = sent(person(name, role="Registre"), department("22"))
        page = browser.new_context(locale="fr-FR").new_page()
        page.goto(f"{site}/bureau/login/")
        page.locator("[name=username]").fill(user.email)
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("form button[type=submit]").click()
        expect(page).to_have_url(f"{site}/bureau/")
        pages.append(page)
    yield pages[0], pages[1]
    for page in pages:
        page.context.close()


def test_the_second_is_told_and_writes_on_top_knowingly(
    site: str, desks: tuple[Page, Page], meeting: Meeting, axe: Axe
) -> None:
    karima, yann = desks
    for page, count in ((karima, "120"), (yann, "130")):
        page.goto(f"{site}/bureau/rencontres/edit/{meeting.pk}/")
        page.get_by_label("Participants").fill(count)
        page.get_by_label("Motif").fill("recompté")
    karima.get_by_role("button", name="Enregistrer").click()
    expect(karima.locator(".messages .success")).to_be_visible()
    yann.get_by_role("button", name="Enregistrer").click()
    expect(yann.get_by_text("Participants : 10 → 120")).to_be_visible()
    expect(yann.get_by_label("Participants")).to_have_value("130")
    axe(yann)
    yann.get_by_role("button", name="Enregistrer").click()
    expect(yann.locator(".messages .success")).to_be_visible()
    meeting.refresh_from_db()
    assert meeting.participants == 130


def test_the_pages_of_the_register_break_no_rule(
    site: str, desks: tuple[Page, Page], meeting: Meeting, axe: Axe
) -> None:
    karima, _ = desks
    for path in ("", f"inspect/{meeting.pk}/", f"history/{meeting.pk}/", "new/"):
        karima.goto(f"{site}/bureau/rencontres/{path}")
        axe(karima)
    karima.goto(f"{site}/bureau/rencontres/")
    karima.get_by_label("Sélectionner Assises de Dinan").check()
    karima.get_by_role("button", name="Changer le type").click()
    expect(karima.get_by_role("button", name="Voir ce qui va changer")).to_be_visible()
    axe(karima)
    karima.get_by_label("Type").fill("colloque")
    karima.get_by_label("Motif").fill("harmonisé")
    karima.get_by_role("button", name="Voir ce qui va changer").click()
    expect(karima.get_by_text("rencontre → colloque")).to_be_visible()
    axe(karima)
    karima.get_by_role("button", name="Écrire ces changements").click()
    expect(karima.get_by_text("1 ligne changée")).to_be_visible()
    karima.get_by_role("link", name="Revenir en arrière").click()
    expect(karima.get_by_role("button", name="Revenir en arrière")).to_be_visible()
    axe(karima)
