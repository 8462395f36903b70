"""The mail of a campaign, as an officer opens it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.mandates.actions import Place, grant_mandate
from tests.e2e.axe import Axe
from tests.e2e.mailbox import Mailbox, text_of
from tests.foundations.territories.factories import make_region
from tests.progress.factories import cover
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


@pytest.fixture
def towns() -> list[int]:
    make_region("53", "Bretagne", {"22": "Côtes-d’Armor", "29": "Finistère"})
    made = [active_town("22", name) for name in ("Dinan", "Lamballe", "Paimpol")]
    active_town("29", "Pont-Aven")
    for town in made:
        cover(town)
    return [town.pk for town in made]


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
