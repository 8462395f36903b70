"""Page = CSV = JSON = PDF = API: every figure, its value, its fraction, the country's reading."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from decimal import Decimal

import pytest
from django.test import Client

from beffroi.progress.models import Snapshot
from beffroi.progress.presentation import write_country
from beffroi.progress.rules import format_figure, format_fraction, plain_number
from beffroi.progress.written.forms import FORMS
from beffroi.progress.written.page import write_card
from tests.foundations.territories.factories import make_region
from tests.progress.factories import (
    DAY,
    cover,
    designate,
    make_brownfield,
    make_commitment,
    make_meeting,
    make_mission,
    make_plan,
    new_town,
    open_post,
    publish_report,
)
from tests.progress.written.reading import plain, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Snapshot:
    """Seven towns in two départements, amounts with cents, shares that round."""
    make_region("53", "Bretagne", {"22": "Côtes-d’Armor", "35": "Ille-et-Vilaine"})
    here = [new_town("22", f"Bourg {n}", 1200 + n) for n in range(3)]
    there = [new_town("35", f"Ville {n}", 2300 + n) for n in range(4)]
    designate(*here, *there)
    cover(*here[:2], *there[:3])
    make_plan("1000000.00")
    make_commitment("123456.78", town=here[0])
    make_commitment("21667.50", town=there[0])
    for town in (here[0], here[1], there[2]):
        make_mission(town=town)
    make_brownfield(town=here[0], area_m2=Decimal("12345.00"))
    open_post(*here[:2])
    make_meeting()
    return publish_report(DAY, territory=request.param)


both = pytest.mark.parametrize("snapshot", ["national", "dep:22"], indirect=True)


def page_text(client: Client, snapshot: Snapshot) -> str:
    page = client.get(snapshot.get_absolute_url()).content.decode()
    return plain(html.unescape(re.sub(r"<[^>]+>", " ", page)))


@both
def test_page_and_pdf_write_every_figure_in_the_same_words(
    client: Client, snapshot: Snapshot
) -> None:
    page, pdf = page_text(client, snapshot), text_of(FORMS["pdf"].write(snapshot))
    report = snapshot.report
    for figure in report.figures:
        value, card = plain(format_figure(figure)), write_card(report, figure, None)
        assert re.search(rf"{re.escape(plain(figure.label))} (– )?{re.escape(value)}", page)
        assert f"{plain(figure.label)} {value}" in pdf
        spoken = [card.written.words, card.written.version, figure.definition]
        assert [text for text in spoken if plain(text) not in page] == []
        assert [text for text in spoken if plain(text) not in pdf] == []
        country = write_country(figure, report.country.get(figure.code))
        assert plain(country) in pdf
        if card.compared:
            assert plain(f"France {card.compared.country}") in page
            assert plain(f"France {card.compared.country}") in pdf


@both
def test_csv_and_json_hold_the_same_numbers(client: Client, snapshot: Snapshot) -> None:
    here = snapshot.get_absolute_url()
    lines = csv.DictReader(
        io.StringIO(client.get(f"{here}donnees.csv").content.decode()), delimiter=";"
    )
    read = {line["code"]: line for line in lines}
    told = json.loads(client.get(f"{here}donnees.json").content)["indicators"]
    assert list(read) == list(told) == [figure.code for figure in snapshot.figures]
    for figure in snapshot.figures:
        one, line = told[figure.code], read[figure.code]
        assert one["value"] == plain_number(figure.value, figure.unit)
        for name, column in (("value", "valeur"), ("numerator", "numerateur")):
            assert line[column] == ("" if one[name] is None else str(one[name]))
        assert line["denominateur"] == (
            "" if one["denominator"] is None else str(one["denominator"])
        )
        assert line["definition"] == one["definition"] == figure.full_definition
        if figure.numerator is not None and figure.denominator is not None:
            assert format_fraction(figure)


@both
def test_the_api_answers_what_the_files_hold(client: Client, snapshot: Snapshot) -> None:
    file = json.loads(client.get(f"{snapshot.get_absolute_url()}donnees.json").content)
    answer = client.get(f"/api/v1/points-d-avancement/{snapshot.reference}").json()
    assert list(answer["indicators"]) == [figure.code for figure in snapshot.figures]
    for code, told in answer["indicators"].items():
        held = file["indicators"][code]
        assert {name: told[name] for name in held} == held
    assert answer["fingerprint"] == snapshot.fingerprint
    for code, reading in snapshot.report.country.items():
        told, unit = answer["country"][code], snapshot.figure(code).unit
        assert told["value"] == plain_number(reading.value, unit)
        assert told["denominator"] == plain_number(reading.denominator)
