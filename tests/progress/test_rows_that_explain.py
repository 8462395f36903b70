"""A figure opens onto its towns, each with the day and the agreement that put it there."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from beffroi.foundations.territories.models import Town
from beffroi.programme.agreements.models import AgreementKind
from beffroi.programme.agreements.rules import reference_of_town
from beffroi.progress import frozen
from beffroi.progress.comparison import Side, compare
from beffroi.progress.indicators import Record
from beffroi.progress.indicators.tables import OF_TOWNS, TABLES, TOWNS
from beffroi.progress.queries import measure_progress, measured_report, rows_behind
from beffroi.progress.written.rows import departments_among
from tests.progress.factories import (
    DAY,
    cover,
    designate,
    make_brownfield,
    new_town,
    publish_report,
)

pytestmark = pytest.mark.django_db
HERE = "/point-d-avancement/2022-09-23-national-r1/"


@pytest.fixture
def towns() -> list[Town]:
    """Dinan signed everything, Lamballe an adhesion long ago; Quintin signed nothing."""
    dinan, lamballe, quintin = (
        new_town(name=name, inhabitants=22_050) for name in ("Dinan", "Lamballe", "Quintin")
    )
    designate(dinan, quintin)
    designate(lamballe, started_on=date(2020, 12, 1))
    cover(dinan, reference="AD-1", signed_on=date(2021, 6, 1))
    cover(lamballe, reference="AD-2", signed_on=date(2020, 12, 15))
    cover(
        dinan,
        kind=AgreementKind.FRAMEWORK,
        reference="CC-1",
        signed_on=date(2022, 5, 12),
        counts_as_ort=True,
    )
    cover(dinan, kind=AgreementKind.SECURITY, reference="CS-1", signed_on=date(2022, 6, 28))
    return [dinan, lamballe, quintin]


def opened(code: str) -> list[tuple[str, ...]]:
    """The rows behind a figure of the day, as they would be frozen."""
    progress = measure_progress(as_of=DAY)
    kept = frozen.freeze(measured_report(progress), rows_behind(progress))
    figure = next(one for one in progress.figures if one.code == code)
    return [row.cells for row in frozen.open_figure(figure, kept.rows).rows]


@pytest.mark.usefixtures("towns")
@pytest.mark.parametrize(
    ("code", "rows"),
    [
        ("active_towns", [("Dinan", "2020-10-01"), ("Lamballe", "2020-12-01"),
                          ("Quintin", "2020-10-01")]),
        ("population", [("Dinan", "22050"), ("Lamballe", "22050"), ("Quintin", "22050")]),
        ("adhesion_signed", [("Dinan", "2021-06-01", "AD-1"), ("Lamballe", "2020-12-15", "AD-2")]),
        ("adhesion_share", [("Dinan", "2021-06-01", "AD-1"), ("Lamballe", "2020-12-15", "AD-2")]),
        ("framework_towns", [("Dinan", "2022-05-12", "CC-1")]),
        ("ort_towns", [("Dinan", "2022-05-12", "CC-1")]),
        ("security_towns", [("Dinan", "2022-06-28", "CS-1")]),
        ("csi_towns", []),
        ("late_agreements", [("Lamballe", "2022-06-16")]),
        ("unreached_towns", [("Dinan",), ("Lamballe",), ("Quintin",)]),
    ],
)  # fmt: skip
def test_each_town_comes_with_why_it_counts(code: str, rows: list[tuple[str, ...]]) -> None:
    assert [(cells[1], *cells[3:]) for cells in opened(code)] == rows


@pytest.mark.usefixtures("towns")
def test_the_page_of_a_figure_shows_the_day_and_the_agreement(client: Client) -> None:
    publish_report()
    html = client.get(f"{HERE}framework_towns/").content.decode()
    for said in ("Signée le", "12\u00a0mai\u00a02022", "CC-1", "Dinan"):
        assert said in html
    assert "Lamballe" not in html


@pytest.mark.usefixtures("towns")
def test_the_file_of_a_figure_lists_exactly_its_towns(client: Client) -> None:
    publish_report()
    text = client.get(f"{HERE}framework_towns/lignes.csv").content.decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text), delimiter=";")
    assert header == ["Code INSEE", "Commune", "Département", "Signée le", "Convention"]
    assert rows == [["22001", "Dinan", "22", "2022-05-12", "CC-1"]]


def test_a_reference_that_the_register_made_up_is_left_blank() -> None:
    town = new_town(name="Dinan")
    designate(town)
    cover(town, reference=reference_of_town(town.pk), signed_on=date(2021, 6, 1))
    (cells,) = opened("adhesion_signed")
    assert cells[3:] == ("2021-06-01", "")


@pytest.mark.usefixtures("towns")
def test_neither_a_population_nor_an_area_is_taken_for_the_code_of_a_town() -> None:
    make_brownfield(town=new_town(department="35"), area_m2=Decimal(15910))
    progress = measure_progress(as_of=DAY)
    kept = frozen.freeze(measured_report(progress), rows_behind(progress))
    found = {
        one.code: departments_among(frozen.open_figure(one, kept.rows)) for one in progress.figures
    }
    assert found["population"] == ("22",)
    assert found["brownfield_area"] == ("35",)


@pytest.mark.usefixtures("towns")
def test_a_report_frozen_with_bare_towns_still_opens_and_compares() -> None:
    """Reports once kept one table of towns, without the day nor the agreement of each."""
    progress = measure_progress(as_of=DAY)
    report, rows = measured_report(progress), rows_behind(progress)
    new = Side.of(frozen.freeze(report, rows))
    bare = [
        replace(figure, table=TOWNS) if figure.table in OF_TOWNS else figure
        for figure in report.figures
    ]
    every = {town.key: town for code in OF_TOWNS for town in rows[code]}
    cut = [Record(town.key, town.towns, None, town.cells[:3]) for town in every.values()]
    kept = {code: table for code, table in rows.items() if code not in OF_TOWNS} | {TOWNS: cut}
    old = Side.of(frozen.freeze(replace(report, figures=tuple(bare)), kept))
    figure = next(one for one in bare if one.code == "framework_towns")
    assert [row.cells for row in frozen.open_figure(figure, old.rows).rows] == [
        ("22001", "Dinan", "22")
    ]
    assert compare(old, new).changed == ()
    assert compare(new, old).changed == ()


def test_every_table_of_towns_begins_with_the_code_the_name_and_the_departement() -> None:
    heads = {tuple(column.title for column in TABLES[code].columns[:3]) for code in OF_TOWNS}
    assert heads == {("Code INSEE", "Commune", "Département")}
