"""A national person opens a campaign; an officer gets the mail and confirms by exception."""

from __future__ import annotations

import re

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect

from beffroi.foundations.accounts.models import User
from beffroi.foundations.territories.models import Town
from beffroi.register.campaigns.models import Campaign, Confirmation, ConfirmationKind
from tests.e2e.axe import Axe
from tests.e2e.desk import sign_in
from tests.e2e.mailbox import Mailbox, text_of
from tests.foundations.desk.people import department, person, sent
from tests.foundations.territories.factories import make_region
from tests.progress.factories import cover
from tests.register.campaigns.factories import active_town, make_campaign

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
TELEPHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture
def towns() -> list[Town]:
    """Three in the officer's département, one elsewhere; all late for their framework."""
    make_region("53", "Bretagne", {"22": "Côtes-d’Armor", "29": "Finistère"})
    made = [active_town("22", name) for name in ("Dinan", "Lamballe", "Paimpol")]
    cover(*made, active_town("29", "Pont-Aven"))
    return made


@pytest.fixture
def officer(towns: list[Town]) -> User:
    """Of the département of the three towns."""
    assert towns
    return sent(person("karima", role="Registre"), department("22"))


def at_both_widths(page: Page, axe: Axe) -> None:
    """No fault, and nothing to scroll sideways for."""
    for size in (TELEPHONE, DESK):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_from_the_opening_to_a_hundred_percent(
    page: Page, site: str, mailbox: Mailbox, axe: Axe, officer: User
) -> None:
    sign_in(page, site, sent(person("aicha", role="Campagnes"), None))
    opens_a_campaign(page, site, axe)
    call_command("tick", only="rappels")
    body = text_of(mailbox.wait_for(officer.email), "plain")
    assert "Paimpol" in body
    assert "Pont-Aven" not in body
    link = next(word for word in body.split() if word.startswith(f"{site}/bureau/"))
    sign_in(page, site, officer)
    page.goto(link)
    at_both_widths(page, axe)
    confirms_all_but_one(page, axe)
    confirms_the_last_from_its_sheet(page, axe)
    page.goto(link)
    expect(page.get_by_text("Tout est confirmé dans votre périmètre")).to_be_visible()
    expect(page.locator("#avancement")).to_contain_text("100 %")
    at_both_widths(page, axe)
    answers = Confirmation.objects.filter(withdrawn_at=None, confirmed_by=officer)
    assert answers.filter(kind=ConfirmationKind.UNCHANGED).count() == 3


def opens_a_campaign(page: Page, site: str, axe: Axe) -> None:
    page.goto(f"{site}/bureau/campagnes/")
    page.get_by_role("link", name="Ouvrir une campagne").click()
    page.get_by_label("Intitulé").fill("Automne")
    at_both_widths(page, axe)
    page.get_by_role("button", name="Ouvrir une campagne").click()
    expect(page.get_by_text("Campagne enregistrée")).to_be_visible()
    expect(page.locator("#avancement")).to_contain_text("0 sur 4")
    axe(page)
    page.get_by_role("link", name="Par département et région").click()
    expect(page.get_by_role("heading", name="Automne, avancement")).to_be_visible()
    at_both_widths(page, axe)
    page.goto(f"{site}/bureau/campagnes/")
    at_both_widths(page, axe)
    assert Campaign.objects.get().programme.code == "pvd"


def confirms_all_but_one(page: Page, axe: Axe) -> None:
    page.get_by_role("button", name="Rien n’a changé à Dinan").click()
    expect(page.get_by_text("Commune confirmée.")).to_be_visible()
    axe(page)
    page.get_by_label("Cocher Lamballe").check()
    page.get_by_role("button", name="Confirmer les communes cochées").click()
    expect(page.get_by_text("2 sur 3 confirmées")).to_be_visible()
    expect(page.get_by_role("button", name="Annuler")).to_have_count(2)


def confirms_the_last_from_its_sheet(page: Page, axe: Axe) -> None:
    page.get_by_role("link", name="Corriger la fiche de Paimpol").click()
    expect(page).to_have_url(re.compile("/bureau/communes/"))
    page.get_by_role("button", name="rien n’a changé").click()
    expect(page.get_by_text("Commune confirmée.")).to_be_visible()
    expect(page.locator(".facts")).to_contain_text("confirmée par un agent")
    axe(page)


def test_an_alert_is_read_filed_and_brought_back(
    page: Page, site: str, axe: Axe, officer: User
) -> None:
    sign_in(page, site, officer)
    axe(page)
    page.goto(f"{site}/bureau/alertes/")
    at_both_widths(page, axe)
    page.get_by_role("link", name="Classer").first.click()
    page.get_by_label("Motif").fill("Déjà signée, le document arrive.")
    axe(page)
    page.get_by_role("button", name="Classer l’alerte").click()
    expect(page.get_by_text("Alerte classée.")).to_be_visible()
    page.goto(f"{site}/bureau/alertes/?etat=classees")
    at_both_widths(page, axe)
    page.get_by_role("button", name="Remettre en cours").click()
    expect(page.get_by_text("L’alerte est de nouveau en cours.")).to_be_visible()


def test_the_digest_is_accessible_in_its_preview_and_alone(
    page: Page, site: str, axe: Axe, officer: User
) -> None:
    sign_in(page, site, officer)
    page.goto(f"{site}/bureau/alertes/resume/")
    mail = page.frame_locator("iframe.register-mail")
    expect(mail.get_by_role("heading", name="Votre semaine")).to_be_visible()
    at_both_widths(page, axe)
    page.goto(f"{site}/bureau/alertes/resume/courriel/")
    at_both_widths(page, axe)


@pytest.mark.parametrize("size", [TELEPHONE, DESK], ids=["telephone", "desk"])
@pytest.mark.usefixtures("site")
def test_the_mail_of_a_campaign_is_accessible_and_fits(
    page: Page, mailbox: Mailbox, axe: Axe, officer: User, size: dict[str, int]
) -> None:
    today = timezone.localdate()
    make_campaign(opens_on=today, closes_on=today)
    call_command("tick", only="rappels")
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.set_content(text_of(mailbox.wait_for(officer.email), "html"))
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
