"""Pages of the desk that no journey crosses break no rule, on a desk and on a telephone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from beffroi.club.events.actions import MeetingRecord, record_meeting
from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.actions import Authorship
from beffroi.programme.agreements.models import Agreement
from tests.e2e.axe import Axe
from tests.e2e.desk import sign_in
from tests.foundations.desk.people import BY, DAY, department, person, sent
from tests.foundations.territories.factories import make_region
from tests.progress.factories import cover
from tests.register.campaigns.factories import active_town

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def officer() -> User:
    """Of a département with an agreement and a meeting, which the officer recorded."""
    region = make_region("53", "Bretagne", {"22": "Côtes-d’Armor"})
    cover(active_town("22", "Dinan"))
    found = sent(person("karima", role="Registre"), department("22"))
    record = MeetingRecord("R1", "Assises", "rencontre", DAY, region.pk, 3)
    record_meeting(record=record, by=Authorship(at=BY.at, actor=found, reason="saisie"))
    return found


def test_the_other_pages_of_the_desk_break_no_rule(
    page: Page, site: str, axe: Axe, officer: User
) -> None:
    sign_in(page, site, officer)
    agreement = Agreement.objects.get().pk
    one = ("edit", "inspect", "history")
    pages = ("", "new/", *(f"{name}/{agreement}/" for name in one))
    for path in ("exporter/", "journal/", *(f"conventions/{path}" for path in pages)):
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(f"{site}/bureau/{path}")
            axe(page)
