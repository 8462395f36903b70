"""What a report holds beside its figures: parts, breakdowns, courses, the country, its inputs."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from beffroi.programme.agreements.models import AgreementKind
from beffroi.programme.support.models import RealisedCommitment
from beffroi.progress.indicators import INDICATORS
from beffroi.progress.queries import measure_progress, measured_report
from beffroi.progress.report import Report
from beffroi.progress.rules import Reading
from tests.foundations.territories.factories import (
    make_intercommunality,
    make_region,
    make_succession,
    make_town,
)
from tests.progress.factories import (
    DAY,
    cover,
    designate,
    make_brownfield,
    make_commitment,
    make_funder,
    make_meeting,
    make_mission,
    make_plan,
    new_town,
    open_post,
)

pytestmark = pytest.mark.django_db
TERRITORIES = ("national", "reg:53", "dep:22", "epci:200000001")
ADDED_UP = ("realised_amount", "expertise_missions", "brownfield_area", "active_towns")


@pytest.fixture(autouse=True)
def register() -> None:
    """Two régions, three départements, an EPCI across two of them, and a merger on the way."""
    brittany = make_region("53", "Bretagne", {"22": "Côtes-d’Armor", "29": "Finistère"})
    make_region("28", "Normandie", {"14": "Calvados"})
    here, near, far = new_town("22", "Dinan", 4000), new_town("29"), new_town("14")
    old, new = make_town("22801", end=date(2022, 1, 1)), make_town("22802", start=date(2022, 1, 1))
    make_succession(old, new, date(2022, 1, 1))
    make_intercommunality("200000001", "Agglomération", here, near, new)
    designate(here, near, far, old)
    cover(here, old, signed_on=date(2020, 12, 1))
    cover(near, signed_on=date(2021, 6, 1))
    cover(here, kind=AgreementKind.FRAMEWORK, signed_on=date(2022, 2, 1), counts_as_ort=True)
    for funder, town, amount, day in (
        ("Anah", here, "10.01", date(2021, 5, 1)),
        ("État", old, "20.02", date(2021, 12, 31)),
        ("Anah", far, "30.03", date(2022, 3, 31)),
        ("État", near, "5.00", date(2022, 12, 1)),
    ):
        make_commitment(amount, town=town, decided_on=day, funder=make_funder(funder))
    make_plan("100.00", "Anah")
    make_plan("200.00", "État")
    make_mission(town=here, theme="Commerce")
    make_mission(town=far, theme="")
    make_brownfield(town=old)
    open_post(here, near)
    make_meeting(region=brittany, participants=40)
    make_meeting(participants=60)


def report(territory: str = "national", as_of: date = DAY) -> Report:
    return measured_report(measure_progress(as_of=as_of, territory=territory))


def readings(territory: str = "national", as_of: date = DAY) -> dict[str, Reading]:
    figures = measure_progress(as_of=as_of, territory=territory).figures
    return {figure.code: figure.reading for figure in figures}


def test_tells_each_territory_in_its_own_parts() -> None:
    told = {text: [parts.kind for parts in report(text).parts] for text in TERRITORIES}
    assert told == {
        "national": ["reg", "dep"],
        "reg:53": ["dep"],
        "dep:22": ["epci"],
        "epci:200000001": ["com"],
    }


def test_a_part_reads_what_its_own_report_says() -> None:
    for parts in report().parts:
        for place in parts.places:
            assert place.readings == readings(f"{parts.kind}:{place.code}"), place


@pytest.mark.parametrize("territory", TERRITORIES)
def test_the_parts_add_up_to_the_whole(territory: str) -> None:
    whole = report(territory)
    for parts in whole.parts:
        for code in ADDED_UP:
            values = [place.readings[code].value or 0 for place in parts.places]
            assert sum(values) == whole.figure(code).value, (parts.kind, code)


def test_a_part_without_a_town_has_zeros_and_no_share() -> None:
    make_region("94", "Corse", {"2A": "Corse-du-Sud"})
    corsica = next(place for place in report().parts[0].places if place.code == "94")
    assert corsica.name == "Corse"
    assert corsica.readings["active_towns"] == Reading(0)
    assert corsica.readings["realised_amount"] == Reading(Decimal(0))
    assert corsica.readings["adhesion_share"].value is None
    assert corsica.readings["planned_amount"].value is None


def test_an_intercommunality_counts_in_a_department_for_its_towns_there() -> None:
    parts = report("dep:22").parts[0]
    assert [(one.code, one.readings["active_towns"].value) for one in parts.places] == [
        ("200000001", 2)
    ]


@pytest.mark.parametrize("territory", TERRITORIES)
def test_every_breakdown_adds_up_to_its_figure(territory: str) -> None:
    whole = report(territory)
    for code, breakdowns in whole.breakdowns.items():
        for breakdown in breakdowns:
            total = sum(line.reading.value or 0 for line in breakdown.lines)
            assert total == whole.figure(code).value, (code, breakdown.kind)


def test_breaks_money_down_by_funder_and_year() -> None:
    funders, years = report().breakdowns["realised_amount"]
    assert [(line.label, line.reading.value) for line in funders.lines] == [
        ("Anah", Decimal("40.04")),
        ("État", Decimal("20.02")),
    ]
    assert [line.label for line in years.lines] == ["2021", "2022"]


def test_breaks_attendance_down_by_region_the_country_apart() -> None:
    by_region = report().breakdowns["meeting_attendance"][0]
    assert [(line.label, line.reading.value) for line in by_region.lines] == [
        ("Bretagne", 40),
        ("Rencontres nationales", 60),
    ]


def test_the_course_runs_over_the_ends_of_quarters_to_the_day() -> None:
    course = report().series
    assert course is not None
    assert course.days[0] == date(2020, 12, 31)
    assert course.days[-2:] == (date(2022, 6, 30), DAY)
    assert len(course.days) == 8


@pytest.mark.parametrize("territory", TERRITORIES)
def test_a_point_of_the_course_is_the_report_of_its_day(territory: str) -> None:
    course = report(territory).series
    assert course is not None
    for place, day in enumerate(course.days):
        then = {code: points[place] for code, points in course.readings.items()}
        assert then == readings(territory, day), day


def test_the_course_of_a_part_is_that_of_its_reports() -> None:
    course = report().series
    assert course is not None
    assert {part.code for part in course.parts} == {"28", "53"}
    for part in course.parts:
        for code, points in part.readings.items():
            assert points == tuple(readings(f"reg:{part.code}", day)[code] for day in course.days)


def test_a_territory_has_no_course_before_it_existed() -> None:
    town = new_town("22")
    designate(town)
    epci = make_intercommunality("200000002", "Jeune communauté", town)
    epci.periods.update(valid_from=date(2022, 1, 1))
    course = report("epci:200000002").series
    assert course is not None
    counted = [point.value for point in course.readings["active_towns"]]
    assert counted == [None] * 5 + [1] * 3


def test_sets_a_territory_beside_the_country() -> None:
    assert report().country == {}
    assert report("dep:22").country == readings()


def test_the_inputs_change_with_any_line_even_when_no_figure_does() -> None:
    before = report()
    RealisedCommitment.objects.filter(amount=Decimal("10.01")).update(
        decided_on=date(2021, 5, 1) + timedelta(1)
    )
    after = report()
    assert [figure.reading for figure in after.figures] == [
        figure.reading for figure in before.figures
    ]
    assert after.inputs != before.inputs
    assert len(after.inputs) == 64


def test_the_inputs_of_a_day_do_not_move_by_themselves_nor_with_what_comes_later() -> None:
    before = report().inputs
    make_commitment(town=new_town("22"), decided_on=DAY + timedelta(1))
    assert report().inputs == before


def test_reads_every_figure_everywhere() -> None:
    codes = {indicator.code for indicator in INDICATORS}
    whole = report()
    assert whole.series is not None
    assert set(whole.series.readings) == codes
    for parts in whole.parts:
        for place in parts.places:
            assert set(place.readings) == codes
