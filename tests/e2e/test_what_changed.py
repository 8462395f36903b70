"""What changed between two reports, in both looks: for axe, for the keyboard and for a phone."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from beffroi.programme.support.models import RealisedCommitment
from beffroi.progress.actions import freeze_snapshot, publish_snapshot
from tests.e2e.axe import Axe
from tests.e2e.test_public_pages import sideways_scroll
from tests.e2e.witness import Witness
from tests.progress.factories import DAY, cover, designate, make_commitment, make_plan, new_town

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
CHANGES = "/point-d-avancement/2022-09-23-national-r1/changements/"
LIVE = "/point-d-avancement/a-la-date/changements/"


@pytest.fixture
def two_reports() -> None:
    """A town that signed and a decision corrected in between; a second one that merely entered."""
    town = new_town(name="Dinan")
    designate(town)
    make_plan()
    make_commitment(town=town)
    publish(date(2022, 6, 30))
    cover(town, signed_on=date(2022, 7, 14))
    RealisedCommitment.objects.update(amount="250.50")
    make_commitment(town=town, decided_on=date(2022, 8, 2))
    publish(DAY)


def publish(as_of: date) -> None:
    now = timezone.now()
    reference = freeze_snapshot(as_of=as_of, frozen_at=now).reference
    publish_snapshot(reference=reference, published_at=now)


@pytest.mark.usefixtures("two_reports", "look")
def test_what_changed_is_accessible_and_fits_a_phone(
    page: Page, site: str, witness: Witness, axe: Axe
) -> None:
    for path in (
        CHANGES,
        f"{CHANGES}?depuis=2022-06-30",
        f"{LIVE}?au=2022-09-23&depuis=2022-06-30",
    ):
        response = page.goto(site + path)
        assert response is not None
        assert response.status == 200
        axe(page)
        assert sideways_scroll(page) == 0
    assert witness.requests


@pytest.mark.usefixtures("two_reports", "look")
def test_a_refusal_is_accessible_too(page: Page, site: str, witness: Witness, axe: Axe) -> None:
    witness.expects("400")
    response = page.goto(f"{site}{CHANGES}?depuis=hier")
    assert response is not None
    assert response.status == 400
    axe(page)
