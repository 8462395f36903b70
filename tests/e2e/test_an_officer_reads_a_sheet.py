"""An officer finds a town by a name it lost, reads its sheet at a date, prepares a handover."""

from __future__ import annotations

import io
from datetime import date

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from beffroi.foundations.accounts.models import User
from beffroi.foundations.territories.models import Town
from beffroi.programme.agreements.models import AgreementKind
from beffroi.programme.membership.models import PostHolder
from tests.e2e.axe import Axe
from tests.e2e.desk import sign_in
from tests.foundations.desk.people import department, person, sent
from tests.foundations.territories.factories import (
    extend_town,
    make_region,
    make_succession,
    make_town,
)
from tests.progress.factories import cover, designate, make_commitment, make_mission, open_post

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
MERGER = date(2023, 1, 1)


def a_town_that_took_in_another() -> Town:
    """Mansle, that took in Fontclaireau, with what both of them signed."""
    mansle = make_town("16206", end=MERGER, name="Mansle")
    extend_town(mansle, "16206", start=MERGER, name="Mansle-les-Fontaines")
    former = make_town("16140", end=MERGER, name="Fontclaireau")
    make_succession(former, mansle, MERGER)
    make_region("75", "Nouvelle-Aquitaine", {"16": "Charente"})
    designate(mansle)
    cover(former, signed_on=date(2021, 6, 1), reference="AD-16")
    cover(mansle, kind=AgreementKind.FRAMEWORK, signed_on=date(2024, 2, 1), reference="CC-16")
    make_commitment("12500.00", town=mansle, purpose="halle")
    make_mission(town=former, theme="commerce")
    PostHolder.objects.create(
        post=open_post(mansle, reference="P-16"), name="Camille Roy", started_on=date(2024, 1, 1)
    )
    return mansle


def reader() -> User:
    return sent(person("agent", role="Lecture"), department("16"))


def test_from_a_lost_name_to_the_handover(page: Page, site: str, axe: Axe) -> None:
    a_town_that_took_in_another()
    sign_in(page, site, reader())
    page.goto(f"{site}/bureau/communes/?q=fontclaireau")
    axe(page)
    page.get_by_role("link", name="Mansle-les-Fontaines").click()
    expect(page.get_by_role("row", name="CC-16")).to_be_visible()
    expect(page.get_by_text("signée par l’ancienne commune Fontclaireau (16140)")).to_be_visible()
    axe(page)
    sheet = page.url
    page.get_by_label("Fiche au").fill("2023-06-01")
    page.get_by_role("button", name="Lire à cette date").click()
    expect(page.get_by_text("Fiche telle que le registre la donne au")).to_be_visible()
    expect(page.get_by_role("row", name="CC-16")).to_have_count(0)
    page.goto(sheet)
    page.get_by_role("link", name="Préparer la passation").click()
    expect(page.get_by_role("heading", name="Les premières semaines")).to_be_visible()
    axe(page)
    address = page.get_by_role("link", name="Télécharger le PDF").get_attribute("href")
    response = page.request.get(f"{site}{address}")
    text = "\n".join(one.extract_text() for one in PdfReader(io.BytesIO(response.body())).pages)
    assert "Camille Roy" in text
    assert "Mansle-les-Fontaines" in text


@pytest.mark.parametrize("path", ["communes/", "departements/16/"])
def test_reads_on_a_telephone(page: Page, site: str, axe: Axe, path: str) -> None:
    a_town_that_took_in_another()
    sign_in(page, site, reader())
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site}/bureau/{path}")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
