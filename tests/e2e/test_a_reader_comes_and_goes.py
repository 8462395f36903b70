"""A reader finds a past letter, signs up, confirms, gets the next one, and leaves."""

from __future__ import annotations

import re
from datetime import timedelta
from email.message import EmailMessage
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import APIRequestContext, Page, Playwright, expect

from beffroi.newsletter.audience.queries import find_suppression, recipients
from beffroi.newsletter.issues.actions.import_letter import import_letter
from beffroi.newsletter.issues.models import IssuePage
from tests.e2e.axe import Axe
from tests.e2e.mailbox import Mailbox, text_of
from tests.e2e.witness import Witness
from tests.newsletter.issues.approving import approve, person

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

READER = "marie.dupont@mairie-halle.example"
MADE_LETTER = """23 SEPTEMBRE 2022 - LETTRE D'INFORMATION #17 |

**Chaque mois, l'actualité du programme.**

L'actu

## Une halle rouvre à Halle-sur-Orne (61)

Après deux ans de travaux, le marché revient sous la halle.

[Lire l'article](https://www.example.org/halle)

# 117

communes engagées dans un contrat sécurité.

Le Club

**Webinaire : financer son projet**

Il aura lieu le 9 novembre prochain.

Directrice de publication : Ada Bel
Rédaction : Léo Roc
"""


@pytest.fixture(params=["made", "real"])
def letter(request: pytest.FixtureRequest) -> str:
    """The Markdown of issue 17: one made here, and the real one where it is at hand."""
    if request.param == "made":
        return MADE_LETTER
    folder: Path = request.getfixturevalue("shared")
    return (folder / "letter" / "lettre-17.md").read_text(encoding="utf-8")


def test_from_the_archive_to_the_way_out(
    letter: str,
    page: Page,
    site: str,
    look: str,
    witness: Witness,
    mailbox: Mailbox,
    axe: Axe,
) -> None:
    issue = import_letter(source=letter, imported_at=timezone.now()).issue
    reads_the_archive(page, site, axe)
    signs_up(page, axe)
    confirms(page, mailbox, axe)
    received = gets_the_letter(issue, page, mailbox, axe)
    leaves(page, received, axe)
    assert witness.requests
    assert look in {"dsfr", "neutral"}


def test_the_button_of_a_mail_program_is_enough_to_leave(
    page: Page, site: str, witness: Witness, mailbox: Mailbox, axe: Axe, playwright: Playwright
) -> None:
    issue = import_letter(source=MADE_LETTER, imported_at=timezone.now()).issue
    page.goto(f"{site}/lettre/inscription/")
    signs_up(page, axe)
    confirms(page, mailbox, axe)
    received = gets_the_letter(issue, page, mailbox, axe)
    assert received["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    mail_program = playwright.request.new_context()
    assert presses_the_button(mail_program, way_out(received)) == 200
    assert presses_the_button(mail_program, way_out(received)) == 200, "une seconde fois aussi"
    mail_program.dispose()
    assert list(recipients()) == []
    assert witness.requests


def reads_the_archive(page: Page, site: str, axe: Axe) -> None:
    page.goto(site)
    page.get_by_role("navigation", name="Menu principal").get_by_role(
        "link", name="La lettre"
    ).click()
    axe(page)
    page.get_by_role("main").get_by_role("link", name=re.compile(r"n°\s17")).click()
    expect(page).to_have_url(f"{site}/lettre/17/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("17")
    expect(page.get_by_role("main")).to_contain_text("communes engagées dans un contrat sécurité")
    axe(page)
    page.get_by_role("navigation", name="Menu principal").get_by_role(
        "link", name="S’inscrire"
    ).click()


def signs_up(page: Page, axe: Axe) -> None:
    axe(page)
    page.get_by_label("Votre adresse électronique").fill("marie.dupont")
    page.wait_for_timeout(2_100)  # a form sent faster than a person can fill it is refused
    page.get_by_role("button", name="M’inscrire").click()
    expect(page.get_by_label("Votre adresse électronique")).to_have_attribute(
        "aria-invalid", "true"
    )
    axe(page)
    page.get_by_label("Votre adresse électronique").fill(READER)
    page.get_by_role("button", name="M’inscrire").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("vérifiez votre messagerie")
    axe(page)


def confirms(page: Page, mailbox: Mailbox, axe: Axe) -> None:
    mail = mailbox.wait_for(READER)
    reads_as_mail(page, mail, axe)
    page.goto(link_in(mail, "confirmation"))
    assert list(recipients()) == [], "ouvrir le lien ne confirme pas"
    axe(page)
    page.get_by_role("button", name="Confirmer mon inscription").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre inscription est confirmée")
    assert [recipient.address for recipient in recipients()] == [READER]
    axe(page)


def gets_the_letter(issue: IssuePage, page: Page, mailbox: Mailbox, axe: Axe) -> EmailMessage:
    """Two people approve it, the command delivers it, the mailbox receives it."""
    issue.scheduled_for = timezone.now() - timedelta(minutes=1)
    issue.save_revision(user=person("editrice", "Rédaction"))
    for name in ("directrice", "relecteur"):
        approve(issue, person(name, "Approbation"))
    summary = StringIO()
    call_command("deliver_issue", str(issue.number), stdout=summary)
    assert "1 adresses = 1 acceptées" in summary.getvalue()
    received = mailbox.wait_for(READER, count=2)
    assert "communes engagées dans un contrat sécurité" in text_of(received, "plain")
    reads_as_mail(page, received, axe)
    return received


def leaves(page: Page, received: EmailMessage, axe: Axe) -> None:
    page.goto(way_out(received))
    assert find_suppression(READER) is None, "ouvrir la page ne désinscrit pas"
    axe(page)
    page.get_by_role("button", name="Me désinscrire").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("vous ne recevrez plus la lettre")
    axe(page)
    assert find_suppression(READER) is not None
    assert list(recipients()) == []


def presses_the_button(mail_program: APIRequestContext, address: str) -> int:
    """What RFC 8058 has the mail program send: no cookie, no page, one field."""
    return mail_program.post(address, form={"List-Unsubscribe": "One-Click"}).status


def way_out(received: EmailMessage) -> str:
    """The address of the List-Unsubscribe header."""
    return str(received["List-Unsubscribe"]).strip().removeprefix("<").removesuffix(">")


def link_in(mail: EmailMessage, step: str) -> str:
    """The address, in the text of a mail, of the page for that step."""
    found = re.search(rf"https?://\S+/{step}/\S+", text_of(mail, "plain"))
    assert found, text_of(mail, "plain")
    return found.group()


def reads_as_mail(page: Page, mail: EmailMessage, axe: Axe) -> None:
    """The HTML of the mail, alone in a page: accessible, and it asks the network for nothing."""
    reading = page.context.new_page()
    asked: list[str] = []
    reading.on("request", lambda request: asked.append(request.url))
    reading.set_content(text_of(mail, "html"))
    axe(reading)
    reading.close()
    assert asked == []
