"""The pages of the open data, wide and on a phone, in both looks."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from beffroi.api.opendata.datasets import DATASETS
from beffroi.progress.actions import freeze_snapshot, publish_snapshot
from tests.e2e.axe import Axe
from tests.e2e.test_public_pages import sideways_scroll
from tests.e2e.witness import Witness
from tests.progress.factories import DAY, cover, designate, make_commitment, new_town

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
PATHS = ["/donnees/", *(f"/donnees/{dataset.code}/" for dataset in DATASETS)]


def fill() -> None:
    """A town, an agreement, a decision, a published report."""
    town = new_town(name="Dinan")
    designate(town)
    cover(town)
    make_commitment(town=town)
    snapshot = freeze_snapshot(as_of=DAY, frozen_at=timezone.now())
    publish_snapshot(reference=snapshot.reference, published_at=timezone.now())


@pytest.mark.usefixtures("look")
@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_is_accessible_and_fits(
    width: int, page: Page, site: str, witness: Witness, axe: Axe
) -> None:
    fill()
    page.set_viewport_size({"width": width, "height": 900})
    for path in PATHS:
        response = page.goto(site + path)
        assert response is not None
        assert response.status == 200
        axe(page)
        assert sideways_scroll(page) == 0
    assert witness.requests


@pytest.mark.usefixtures("look")
def test_a_reader_takes_the_version_of_a_day(
    page: Page, site: str, witness: Witness, axe: Axe
) -> None:
    fill()
    page.goto(f"{site}/donnees/engagements/")
    page.get_by_label("À une autre date").fill("2022-09-23")
    page.get_by_role("button", name="Voir cette version").click()
    page.get_by_role("heading", name="Télécharger la version du 23 septembre 2022").wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    assert download.value.suggested_filename == "engagements-2022-09-23.csv"
    witness.expects("400")
    page.goto(f"{site}/donnees/engagements/?au=hier")
    assert page.get_by_role("heading", level=1).inner_text() == "Cette version n’existe pas"
    axe(page)
