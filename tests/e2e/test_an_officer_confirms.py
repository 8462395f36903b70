"""A national person opens a campaign; an officer gets the mail and confirms by exception."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.actions import Authorship, record_act
from beffroi.foundations.mandates.actions import Place, grant_mandate
from beffroi.foundations.territories.models import Town
from beffroi.register.campaigns.models import Campaign, Confirmation
from tests.e2e.axe import Axe
from tests.e2e.mailbox import Mailbox, text_of
from tests.foundations.territories.factories import make_region
from tests.progress.factories import cover, make_mission
from tests.register.campaigns.factories import active_town, department, make_campaign

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
PASSWORD = "un mot de passe de test"
OFFICER = "karima@prefecture.example"


def colleague(address: str, place: Place, *roles: str) -> User:
    user = User.objects.create_user(
        address, PASSWORD, first_name=address.split("@", maxsplit=1)[0].title()
    )
    user.groups.set(Group.objects.filter(name__in=roles))
    now = timezone.now()
    grant_mandate(user=user, place=place, started_on=now.date(), by=Authorship(at=now))
    return user


def sign_in(page: Page, site: str, address: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{site}/bureau/login/")
    page.locator("[name=username]").fill(address)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("form button[type=submit]").click()
    expect(page.get_by_role("heading", name="Votre périmètre aujourd’hui")).to_be_visible()


@pytest.fixture
def towns() -> list[int]:
    make_region("53", "Bretagne", {"22": "Côtes-d’Armor", "29": "Finistère"})
    made = [active_town("22", name) for name in ("Dinan", "Lamballe", "Paimpol")]
    active_town("29", "Pont-Aven")
    for town in made:
        cover(town)
    return [town.pk for town in made]


def test_from_the_opening_to_a_hundred_percent(
    page: Page, site: str, mailbox: Mailbox, axe: Axe, towns: list[int]
) -> None:
    colleague("aicha@anct.example", None, "Campagnes")
    officer = colleague(OFFICER, department("22"), "Registre")
    sign_in(page, site, "aicha@anct.example")
    opens_a_campaign(page, site, axe)
    call_command("tick")
    body = text_of(mailbox.wait_for(OFFICER), "plain")
    assert "Paimpol" in body
    assert "Pont-Aven" not in body
    link = next(word for word in body.split() if word.startswith(f"{site}/bureau/"))
    sign_in(page, site, OFFICER)
    page.goto(link)
    axe(page)
    confirms_all_but_one(page)
    corrects_the_last(page, officer, towns)
    axe(page)
    assert Confirmation.objects.filter(withdrawn_at=None).count() == 3


def opens_a_campaign(page: Page, site: str, axe: Axe) -> None:
    page.goto(f"{site}/bureau/campagnes/")
    page.get_by_role("link", name="Ouvrir une campagne").click()
    axe(page)
    page.get_by_label("Intitulé").fill("Automne")
    page.get_by_role("button", name="Ouvrir une campagne").click()
    expect(page.get_by_text("Campagne enregistrée")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Par département et région").click()
    axe(page)
    assert Campaign.objects.get().title == "Automne"


def confirms_all_but_one(page: Page) -> None:
    page.get_by_role("button", name="Rien n’a changé à Dinan").click()
    expect(page.get_by_text("Commune confirmée.")).to_be_visible()
    page.get_by_label("Cocher Lamballe").check()
    page.get_by_role("button", name="Confirmer les communes cochées").click()
    expect(page.get_by_text("2 sur 3 confirmées")).to_be_visible()
    expect(page.get_by_role("button", name="Annuler")).to_have_count(2)


def corrects_the_last(page: Page, officer: User, towns: list[int]) -> None:
    mission = make_mission(town=Town.objects.get(pk=towns[2]))
    record_act(verb="record_missions", target=mission, at=timezone.now(), actor=officer)
    page.reload()
    page.get_by_role("button", name="Je l’ai corrigée").click()
    expect(page.get_by_text("Tout est confirmé dans votre périmètre")).to_be_visible()


def test_alerts_are_read_put_off_and_written_to_the_week(
    page: Page, site: str, axe: Axe, towns: list[int]
) -> None:
    _ = towns
    colleague(OFFICER, department("22"), "Registre")
    sign_in(page, site, OFFICER)
    axe(page)
    page.goto(f"{site}/bureau/alertes/")
    axe(page)
    page.get_by_role("link", name="Classer").first.click()
    axe(page)
    page.get_by_label("Motif").fill("Déjà signée, le document arrive.")
    page.get_by_role("button", name="Classer l’alerte").click()
    expect(page.get_by_text("Alerte classée.")).to_be_visible()
    page.goto(f"{site}/bureau/alertes/?etat=classees")
    axe(page)
    page.get_by_role("button", name="Remettre en cours").click()
    page.goto(f"{site}/bureau/alertes/resume/")
    expect(
        page.frame_locator("iframe").get_by_role("heading", name="Votre semaine")
    ).to_be_visible()
    axe(page)


@pytest.mark.usefixtures("site", "towns")
@pytest.mark.parametrize("width", [1280, 390])
def test_the_mail_is_accessible_and_fits(
    page: Page, mailbox: Mailbox, axe: Axe, width: int
) -> None:
    colleague(OFFICER, department("22"), "Registre")
    today = timezone.localdate()
    make_campaign(opens_on=today, closes_on=today)
    call_command("tick", only="rappels")
    page.set_viewport_size({"width": width, "height": 900})
    page.set_content(text_of(mailbox.wait_for(OFFICER), "html"))
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
