"""An officer brings a dirty workbook, writes its good rows, corrects the others one by one."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from beffroi.foundations.imports.models import ImportRun, RefusedRow, Resolution
from beffroi.programme.support.models import ExpertiseMission
from tests.e2e.axe import RULES, RUN, SOURCE, settle
from tests.e2e.desk import sign_in
from tests.foundations.desk.people import department, person, sent
from tests.foundations.imports.country import MISSIONS, make_country
from tests.foundations.imports.tables import write_excel

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
# Faults of Wagtail's own shell, outside these pages: its header, its menu, its messages.
PAGE = ".imports"
CHECK = RUN.replace("axe.run(document", f"axe.run('{PAGE}'")


def assert_accessible(page: Page) -> None:
    """Nothing that these pages draw breaks a rule, at the width of a desk and of a telephone."""
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        settle(page)
        page.evaluate(SOURCE.read_text(encoding="utf-8"))
        found = page.evaluate(CHECK, RULES)
        assert found["passes"], "axe n'a rien examiné"
        assert not found["violations"], (width, page.url, found["violations"])


def test_from_a_dirty_workbook_to_a_row_dealt_with(page: Page, site: str, tmp_path: Path) -> None:
    make_country()
    rows = ["M1", 1004, "Anah", "habitat", "13/07/2021", 100], ["M2", "01004", "Anah", "", "x", -5]
    path = write_excel(tmp_path / "missions.xlsx", MISSIONS.split(";"), *rows)
    sign_in(page, site, sent(person("rene", role="Registre"), department("01")))
    page.goto(f"{site}/bureau/reprises/")
    assert_accessible(page)
    page.get_by_label("Fichiers").set_input_files(path)
    page.get_by_role("button", name="Voir ce que ces fichiers changeraient").click()
    expect(page.get_by_text("1 ligne est refusée")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Écrire les bonnes lignes").click()
    expect(page.get_by_text("La reprise est écrite au registre.")).to_be_visible()
    assert ExpertiseMission.objects.get().reference == "M1"
    assert_accessible(page)
    corrects_the_other_row(page, site)
    sees_the_progress_of_a_long_one(page, site)


def corrects_the_other_row(page: Page, site: str) -> None:
    page.goto(f"{site}/bureau/lignes-a-corriger/")
    assert_accessible(page)
    page.get_by_role("link", name="Ligne 3").click()
    page.locator("[name=montant]").fill("5")
    page.get_by_role("button", name="Corriger et rejouer").click()
    expect(page.locator(".imports-fault")).to_contain_text("Date illisible")
    expect(page.locator("[name=montant]")).to_have_value("5")
    assert_accessible(page)
    page.locator("[name=date_notification]").fill("14/07/2021")
    page.get_by_role("button", name="Corriger et rejouer").click()
    expect(page.get_by_text("Ligne traitée : créée.")).to_be_visible()
    assert_accessible(page)
    assert RefusedRow.objects.get().resolution == Resolution.CORRECTED
    assert ExpertiseMission.objects.count() == 2


def sees_the_progress_of_a_long_one(page: Page, site: str) -> None:
    ImportRun.objects.update(state="reading", step="contrôle des lignes", percent=42)
    run = ImportRun.objects.get()
    ImportRun.objects.update(touched_at=run.created_at)
    page.goto(f"{site}/bureau/reprises/{run.uid}/?arret")
    expect(page.get_by_text("42 %").first).to_be_visible()
    assert_accessible(page)
