"""One officer prepares a report, another reviews, freezes and publishes it; then it is revised."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from beffroi.foundations.accounts.models import User
from beffroi.progress.models import Preparation, Snapshot
from tests.e2e.axe import Axe
from tests.e2e.desk import sign_in
from tests.foundations.desk.people import department, person, sent
from tests.foundations.territories.factories import make_region
from tests.progress.factories import cover, designate, new_town

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def officers(site: str) -> tuple[User, User]:
    """Karima and Yann, of the Côtes-d’Armor, where Dinan signed."""
    assert site
    make_region("53", "Bretagne", {"22": "Côtes-d’Armor"})
    town = new_town(name="Dinan")
    designate(town)
    cover(town)
    karima, yann = (
        sent(person(name, role="Registre"), department("22")) for name in ("karima", "yann")
    )
    return karima, yann


def test_a_report_goes_through_two_pairs_of_eyes_to_the_citizen(
    page: Page, site: str, officers: tuple[User, User], axe: Axe
) -> None:
    karima, yann = officers
    desk = f"{site}/bureau/points-d-avancement/"
    sign_in(page, site, karima)
    page.goto(desk)
    axe(page)
    page.get_by_role("link", name="Préparer un point d’avancement").click()
    axe(page)
    page.get_by_label("Date des chiffres").fill("2022-09-23")
    page.locator("[name=territory]").select_option("dep:22")
    page.get_by_label("Avant-propos").fill("Dinan a signé.")
    page.get_by_role("button", name="Préparer", exact=True).click()
    expect(page.get_by_text("une autre personne doit le relire")).to_be_visible()
    expect(page.get_by_role("button", name="J’ai relu ces chiffres")).to_have_count(0)

    sign_in(page, site, yann)
    page.goto(f"{desk}preparation/{Preparation.objects.get().pk}/")
    axe(page)
    page.get_by_role("button", name="J’ai relu ces chiffres").click()
    page.get_by_role("button", name="Figer").click()
    expect(page.get_by_text("Il reste à le publier")).to_be_visible()
    axe(page)
    page.get_by_label("Je publie ces chiffres").check()
    page.get_by_role("button", name="Publier").click()
    expect(page.get_by_role("link", name="Voir la page publique")).to_be_visible()

    page.context.clear_cookies()
    page.goto(site + Snapshot.objects.get().get_absolute_url())
    expect(page.get_by_text("Dinan a signé.")).to_be_visible()

    designate(new_town(name="Lamballe"))
    sign_in(page, site, karima)
    page.goto(f"{desk}fige/{Snapshot.objects.get().reference}/")
    page.get_by_role("link", name="Réviser").click()
    page.get_by_label("Motif de la révision").fill("Lamballe manquait.")
    page.get_by_role("button", name="Préparer", exact=True).click()
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        axe(page)
    expect(page.get_by_text("Lamballe manquait.").first).to_be_visible()
    expect(page.get_by_text("varie de plus de 10").first).to_be_visible()
