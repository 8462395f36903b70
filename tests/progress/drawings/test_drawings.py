"""Drawings say what the report holds, in their marks and in their words."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beffroi.progress.drawings import (
    WIDTHS,
    NothingToDraw,
    available,
    draw,
    draw_breakdown,
    draw_course,
    draw_map,
    draw_small_multiples,
    png,
)
from beffroi.progress.drawings.drawing import width_of
from beffroi.progress.report import (
    Breakdown,
    Line,
    Parts,
    Place,
    Report,
    Series,
    SeriesPart,
    UnknownFigure,
)
from beffroi.progress.rules import Number, Reading
from tests.progress.samples import sample_report

NAMES = [subject.name for subject in available(sample_report())]
_SVG = "{http://www.w3.org/2000/svg}"


def _texts(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{_SVG}text")]  # noqa: S314


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", NAMES)
def test_every_drawing_is_a_whole_file_with_its_words_inside(name: str, width: int) -> None:
    drawing = draw(sample_report(), name, width=width)
    root = ElementTree.fromstring(drawing.svg)  # noqa: S314
    assert root.get("role") == "img"
    assert root.findtext(f"{_SVG}title") == drawing.title == root.get("aria-label")
    assert root.findtext(f"{_SVG}desc") == drawing.alternative
    assert (root.get("width"), root.get("height")) == (str(width), str(drawing.height))
    assert len(drawing.svg.encode()) < (60_000 if name.startswith("carte") else 15_000)
    assert "style=" not in drawing.svg
    assert "href" not in drawing.svg


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_written_smaller_than_twelve_pixels(name: str, width: int) -> None:
    root = ElementTree.fromstring(draw(sample_report(), name, width=width).svg)  # noqa: S314
    sizes = {float(size) for one in root.iter() if (size := one.get("font-size"))}
    assert min(sizes) >= 12


def test_a_course_says_where_it_starts_and_ends() -> None:
    drawing = draw_course(sample_report(), "framework_towns", width=720)
    assert drawing.title == (
        "Communes couvertes par une convention-cadre, de\u00a0décembre\u00a02020 "
        "à\u00a0septembre\u00a02022"
    )
    assert "De 0\u00a0commune au\u00a031\u00a0décembre\u00a02020" in drawing.alternative
    assert "à 26\u00a0communes au\u00a023\u00a0septembre\u00a02022" in drawing.alternative
    assert "26" in _texts(drawing.svg)


def test_amounts_are_short_on_the_axis_and_whole_in_the_words() -> None:
    drawing = draw_course(sample_report(), "realised_amount", width=340)
    assert "780\u00a0M€" in _texts(drawing.svg)
    assert "780\u202f000\u202f000\u00a0€" in drawing.alternative


def test_a_day_without_value_breaks_the_line_and_is_said() -> None:
    drawing = draw_course(_with_course([1, 4, None, 9, 12]), "active_towns", width=720)
    lines = [one for one in drawing.svg.split("<path") if 'fill="none"' in one]
    assert len(lines) == 2
    assert "Sans valeur au\u00a030\u00a0juin\u00a02021." in drawing.alternative


def test_a_course_that_turned_says_when() -> None:
    drawing = draw_course(_with_course([5, 2, 3, 9, 4]), "active_towns", width=720)
    assert "Au plus bas, 2\u00a0communes au\u00a031\u00a0mars\u00a02021." in drawing.alternative
    assert "Au plus haut, 9\u00a0communes" in drawing.alternative


def test_small_courses_stand_in_the_order_of_codes() -> None:
    report = sample_report()
    assert report.series is not None
    shuffled = replace(report, series=replace(report.series, parts=report.series.parts[::-1]))
    drawing = draw_small_multiples(shuffled, "framework_towns", width=720)
    assert drawing.svg == draw_small_multiples(report, "framework_towns", width=720).svg
    names = [text for text in _texts(drawing.svg) if not text.isdigit()]
    assert names[:3] == ["Guadeloupe", "Martinique", "Guyane"]
    assert "18 petites courbes à la même échelle" in drawing.alternative


@pytest.mark.parametrize("width", WIDTHS)
def test_a_long_name_stays_above_its_own_small_course(width: int) -> None:
    report = sample_report()
    assert report.series is not None
    name = "CA Saint-Brieuc Armor Agglomération et de tous les pays qui l’entourent"
    parts = tuple(replace(part, name=name) for part in report.series.parts)
    long = replace(report, series=replace(report.series, parts=parts))
    drawing = draw_small_multiples(long, "framework_towns", width=width)
    heads = [text for text in _texts(drawing.svg) if text.startswith(("CA", "Armor"))]
    panel = (width - 20 * 3) / 4 if width > 400 else (width - 20) / 2
    assert heads
    assert all(width_of(text, bold=True) <= panel for text in heads)


def test_a_map_draws_each_departement_once_and_says_its_range() -> None:
    drawing = draw_map(sample_report(), "adhesion_share", width=720)
    assert "De 33,3\u202f% à 100,0\u202f% selon les départements." in drawing.alternative
    assert "5\u00a0départements hors programme." in drawing.alternative
    root = ElementTree.fromstring(drawing.svg)  # noqa: S314
    shapes = [one for group in root.iter(f"{_SVG}g") for one in group.findall(f"{_SVG}path")]
    assert len(shapes) == 96 + 5 + 4
    assert "Fond de carte\u00a0: MapSVG, CC BY 4.0" in _texts(drawing.svg)
    assert {"Guadeloupe", "Mayotte", "Paris, 92, 93, 94"} <= set(_texts(drawing.svg))


def test_no_value_is_hatched_and_never_given_a_shade() -> None:
    drawing = draw_map(_with_departments({"22": None, "29": 3}), "framework_towns", width=720)
    fills = _fills(drawing.svg)
    assert sum(fill.startswith("url(#hachures") for fill in fills) == 1
    assert sum(fill == "#ffffff" for fill in fills) == len(fills) - 2
    assert "sans valeur" in _texts(drawing.svg)
    assert "1\u00a0département sans valeur." in drawing.alternative


def test_a_departement_without_active_town_is_out_of_the_programme() -> None:
    places = (
        Place("22", "Côtes-d’Armor", {"active_towns": Reading(0), "framework_towns": Reading(0)}),
        Place("29", "Finistère", {"active_towns": Reading(3), "framework_towns": Reading(0)}),
    )
    report = replace(sample_report(), parts=(Parts("dep", "Par département", places),))
    drawing = draw_map(report, "framework_towns", width=720)
    assert "hors programme" in _texts(drawing.svg)
    assert sum(fill != "#ffffff" for fill in _fills(drawing.svg)) == 1


def test_a_map_of_a_region_draws_its_departements_alone() -> None:
    report = replace(_with_departments({"22": 4, "29": 3}), territory="reg:53")
    drawing = draw_map(report, "framework_towns", width=720)
    assert len(_fills(drawing.svg)) == 2
    assert "Guadeloupe" not in _texts(drawing.svg)
    overseas = replace(_with_departments({"974": 4}), territory="reg:04")
    assert len(_fills(draw_map(overseas, "framework_towns", width=340).svg)) == 1


def test_bars_keep_the_order_of_the_report_and_write_their_values() -> None:
    drawing = draw_breakdown(sample_report(), "realised_amount", "funder", width=720)
    assert _texts(drawing.svg) == [
        *("ANCT", "120\u00a0M€"),
        *("Anah", "400\u00a0M€"),
        *("Banque des Territoires", "260\u00a0M€"),
    ]
    assert "Anah\u00a0: 400\u202f000\u202f000\u00a0€" in drawing.alternative


def test_a_report_frozen_before_courses_and_parts_has_no_drawing() -> None:
    old = replace(sample_report(), series=None, parts=(), breakdowns={})
    assert available(old) == ()
    with pytest.raises(NothingToDraw):
        draw(old, "evolution-active_towns", width=720)


def test_names_and_widths_are_closed_lists() -> None:
    report = sample_report()
    with pytest.raises(NothingToDraw):
        draw(report, "evolution-active_towns", width=721)
    with pytest.raises(NothingToDraw):
        draw(report, "evolution-planned_amount", width=720)
    with pytest.raises(UnknownFigure):
        draw_course(report, "unknown", width=720)


def test_another_process_draws_the_same_bytes() -> None:
    script = (
        "from tests.progress.samples import sample_report\n"
        "from beffroi.progress.drawings import available, draw, png\n"
        "import hashlib\n"
        "r = sample_report()\n"
        "whole = ''.join(draw(r, s.name, width=w).svg for s in available(r) for w in (720, 340))\n"
        "picture = png(draw(r, 'evolution-active_towns', width=340))\n"
        "print(hashlib.sha256(whole.encode() + picture).hexdigest())\n"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


@pytest.mark.parametrize("name", ["carte-active_towns", "evolution-adhesion_share"])
def test_a_picture_for_mail_is_opaque_and_twice_the_size(name: str) -> None:
    drawing = draw(sample_report(), name, width=340)
    picture = png(drawing)
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = (int.from_bytes(picture[at : at + 4], "big") for at in (16, 20))
    assert (width, height) == (2 * drawing.width, 2 * drawing.height)
    assert f'<rect width="340" height="{drawing.height}" fill="#ffffff"/>' in drawing.svg


_NUMBERS = st.one_of(
    st.none(),
    st.just(0),
    st.integers(0, 10**13),
    st.decimals(0, 10**12, places=2, allow_nan=False),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    values=st.lists(_NUMBERS, min_size=1, max_size=12),
    code=st.sampled_from(["active_towns", "realised_amount", "adhesion_share", "brownfield_area"]),
    width=st.sampled_from(WIDTHS),
)
def test_any_report_is_drawn(values: list[Number | None], code: str, width: int) -> None:
    report = _any_report(values, code)
    drawn = [
        draw_course(report, code, width=width),
        draw_small_multiples(report, code, width=width),
        draw_map(report, code, width=width),
        draw_breakdown(report, code, "theme", width=width),
        *(draw(report, one.name, width=width) for one in available(report)),
    ]
    for drawing in drawn:
        ElementTree.fromstring(drawing.svg)  # noqa: S314
        assert "nan" not in drawing.svg
        assert "inf" not in drawing.svg.replace("infinité", "")
        assert drawing.alternative.endswith(".")


def _any_report(values: list[Number | None], code: str) -> Report:
    readings = tuple(map(Reading, values))
    days = tuple(date(2021 + n // 4, 3 * (n % 4) + 1, 1) for n in range(len(values)))
    codes = ("22", "29", "75", "2A", "971", "01", "02", "03", "04", "05", "06", "07")
    return replace(
        sample_report(),
        series=Series(
            days, {code: readings}, (SeriesPart("dep", "22", "Côtes-d’Armor", {code: readings}),)
        ),
        parts=(
            Parts(
                "dep",
                "Par département",
                tuple(
                    Place(one, one, {"active_towns": Reading(1), code: reading})
                    for one, reading in zip(codes, readings, strict=False)
                ),
            ),
        ),
        breakdowns={
            code: (
                Breakdown("theme", "Par thème", tuple(Line(f"<{r.value}>", r) for r in readings)),
            )
        },
    )


def _with_course(values: list[int | None]) -> Report:
    days = (
        *(date(2020, 12, 31), date(2021, 3, 31), date(2021, 6, 30)),
        *(date(2021, 9, 30), date(2021, 12, 31)),
    )
    return replace(
        sample_report(), series=Series(days, {"active_towns": tuple(map(Reading, values))})
    )


def _with_departments(values: dict[str, int | None]) -> Report:
    places = tuple(
        Place(code, code, {"active_towns": Reading(5), "framework_towns": Reading(value)})
        for code, value in values.items()
    )
    return replace(sample_report(), parts=(Parts("dep", "Par département", places),))


def _fills(svg: str) -> list[str]:
    """The fills of the départements, insets around Paris left out."""
    groups = list(ElementTree.fromstring(svg).iter(f"{_SVG}g"))  # noqa: S314
    shapes = [one for group in groups for one in group.findall(f"{_SVG}path")]
    return [one.get("fill") or "" for one in (shapes[:-4] if len(shapes) > 100 else shapes)]
