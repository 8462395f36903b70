"""An editor writes an issue on the desk, sees it as mail, and two others approve and send it."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import Page, expect

from beffroi.foundations.accounts.models import User
from beffroi.newsletter.delivery.models import LedgerRow
from beffroi.newsletter.issues.models import IssuePage
from tests.e2e.mailbox import Mailbox, text_of
from tests.newsletter.audience.factories import SubscriberFactory

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
PASSWORD = "un mot de passe de test"
READER = "lectrice@mairie-halle.example"


def colleague(name: str, *roles: str) -> str:
    address = f"{name}@beffroi.example"
    user = User.objects.create_user(address, PASSWORD, first_name=name)
    user.groups.set(Group.objects.filter(name__in=roles))
    return address


def sign_in(page: Page, site: str, address: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{site}/bureau/login/")
    page.locator("[name=username]").fill(address)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("form button[type=submit]").click()
    expect(page.get_by_role("heading", name="La lettre du mois")).to_be_visible()


def test_from_the_blank_page_to_the_reader(page: Page, site: str, mailbox: Mailbox) -> None:
    SubscriberFactory.create(email=READER)
    sign_in(page, site, colleague("elodie", "Rédaction"))
    writes_an_issue(page)
    sees_it_as_mail(page)
    number = IssuePage.objects.get().number
    for name, roles in (("denis", ["Approbation"]), ("claire", ["Approbation", "Envoi"])):
        sign_in(page, site, colleague(name, *roles))
        page.goto(f"{site}/bureau/approbations/{number}/")
        page.get_by_role("button", name="J’approuve cette version").click()
        expect(page.get_by_text("Votre approbation est enregistrée.")).to_be_visible()
    page.get_by_role("button", name="Envoyer").click()
    received = mailbox.wait_for(READER)
    assert "La halle rouvre le samedi." in text_of(received, "plain")
    assert LedgerRow.objects.get().outcome == "accepted"


def writes_an_issue(page: Page) -> None:
    page.get_by_role("link", name="Écrire un numéro").click()
    writing = page.locator(".public-DraftEditor-content").first
    writing.click()
    page.keyboard.type("La halle rouvre le samedi.")
    # The editor hands its text to the form a quarter of a second after the last key.
    expect(page.locator("[name=headline]")).to_have_value(re.compile("samedi"))
    page.locator("[name=scheduled_for]").fill("01/02/2026 09:00")
    page.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(page.locator(".messages .success")).to_be_visible()


def sees_it_as_mail(page: Page) -> None:
    """The preview beside the form, in its mode « Courriel »."""
    page.get_by_role("button", name="Afficher/masquer la prévisualisation").click()
    page.locator("[data-w-preview-target=mode]").select_option("mail")
    preview = page.frame_locator(".w-preview iframe:not([hidden])").last
    expect(preview.locator("p", has_text="La halle rouvre le samedi.")).to_be_visible(
        timeout=15_000
    )
