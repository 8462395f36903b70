"""The PDF of a report: whole, tagged, and the same to the byte."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from pypdf import PdfReader

from beffroi.progress.presentation import write_sections
from beffroi.progress.report import Report
from beffroi.progress.rules import NO_VALUE, Reading
from beffroi.progress.written.pdf import write_pdf
from tests.progress.samples import DAY, sample_report
from tests.progress.written.reading import plain, tags_of, text_of

ADDRESS = "https://beffroi.example/point-d-avancement/2022-09-23-national-r1/"
_ELSEWHERE = f"""
import hashlib
from beffroi.progress.written.pdf import write_pdf
from tests.progress.samples import sample_report
print(hashlib.sha256(write_pdf(sample_report(), address={ADDRESS!r})).hexdigest())
"""


def written(report: Report | None = None) -> bytes:
    return write_pdf(report or sample_report(), address=ADDRESS)


def test_says_every_figure_with_its_fraction_its_definition_and_its_version() -> None:
    report = sample_report()
    text = text_of(written(report))
    for section in write_sections(report):
        assert section.heading in text
        for figure in section.figures:
            spoken = (figure.value, figure.words, figure.figure.definition, figure.version)
            assert [words for words in spoken if plain(words) not in text] == []


def test_says_what_is_left_out_what_is_counted_and_what_the_country_reads() -> None:
    report = sample_report()
    figure = replace(
        report.figure("adhesion_share"),
        counts="communes qui ont signé",
        over="communes actives",
        exclusions=("Les communes sorties du programme.",),
    )
    local = replace(
        report,
        territory="dep:22",
        territory_name="Côtes-d’Armor",
        figures=(figure,),
        country={"adhesion_share": Reading(97, 1597, 1647)},
    )
    text = text_of(written(local))
    assert "1 601 communes qui ont signé, sur 1 607 communes actives" in text
    assert "Les communes sorties du programme." in text
    assert "France entière : 97 % (1 597 sur 1 647)" in text
    assert "Comparaison avec le pays" in text


def test_says_how_to_check_it() -> None:
    report = replace(sample_report(), revision=2, reason="une mission oubliée")
    text = text_of(written(report))
    for words in (
        "2022-09-23-national-r1",
        "26 septembre 2022 à 11 h 00",
        "f" * 64,
        "e" * 64,
        "Motif : une mission oubliée",
        "Licence Ouverte 2.0",
        ADDRESS,
    ):
        assert words in text


def test_copies_digits_without_anything_hidden_between_them() -> None:
    assert "\u2060" not in text_of(written())


def test_copes_with_a_report_frozen_before_it_held_more_than_figures() -> None:
    bare = replace(
        sample_report(), parts=(), series=None, breakdowns={}, partners=(), inputs="", foreword=""
    )
    text = text_of(written(bare))
    assert "780 000 000 €" in text
    assert "Évolution" not in text


def test_writes_a_dash_for_a_share_without_denominator() -> None:
    report = sample_report()
    assert report.figure("freshness").value is None
    assert f"Part des fiches à jour {NO_VALUE}" in text_of(written(report))


def test_is_tagged_titled_and_in_french() -> None:
    reader = PdfReader(io.BytesIO(written()))
    catalog: Any = reader.root_object
    assert catalog["/Lang"].lower().startswith("fr")
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "pdfuaid" in catalog["/Metadata"].get_data().decode()
    assert reader.metadata is not None
    assert (
        plain(reader.metadata.title or "")
        == "Point d’avancement au 23 septembre 2022, France entière"
    )
    assert reader.metadata.creation_date == sample_report().frozen_at


def test_its_headings_go_down_one_level_at_a_time_and_are_its_bookmarks() -> None:
    pdf = written()
    levels = [int(name[2:]) for name, _ in tags_of(pdf) if name.startswith("/H") and name[2:]]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    outline = PdfReader(io.BytesIO(pdf)).outline
    assert len(str(outline)) > len(levels)


def test_every_table_has_headers_and_repeats_them_on_each_page() -> None:
    pdf = written()
    tables = [tag for name, tag in tags_of(pdf) if name == "/Table"]
    counted = Counter(name for name, _ in tags_of(pdf))
    assert len(tables) == 8
    assert counted["/THead"] == len(tables)
    assert counted["/TH"] >= 2 * len(tables)
    pages = PdfReader(io.BytesIO(pdf)).pages
    departments = [page.extract_text() for page in pages if "D40 (40)" in page.extract_text()]
    assert all("Département" in text for text in departments)


def test_every_picture_has_its_words() -> None:
    pictures = [tag for name, tag in tags_of(written()) if name == "/Figure"]
    assert len(pictures) >= 4
    assert all(str(tag.get("/Alt", "")).strip() for tag in pictures)


def test_pages_show_where_they_come_from_outside_of_what_is_read() -> None:
    pages: Any = PdfReader(io.BytesIO(written())).pages
    assert all("2022-09-23-national-r1" in page.extract_text() for page in pages)
    assert all(b"/Artifact" in page.get_contents().get_data() for page in pages)


def test_is_the_same_to_the_byte_in_another_process() -> None:
    here = hashlib.sha256(written()).hexdigest()
    there = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _ELSEWHERE],
        capture_output=True,
        text=True,
        check=True,
    )
    assert there.stdout.strip() == here


def test_stays_light() -> None:
    assert len(written()) < 1_000_000


def test_dates_a_report_that_is_not_frozen_of_the_day_of_its_figures() -> None:
    reader = PdfReader(io.BytesIO(written(replace(sample_report(), reference="", frozen_at=None))))
    assert reader.metadata is not None
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date() == DAY


def test_dates_a_report_frozen_between_two_seconds() -> None:
    frozen_at = datetime(2022, 9, 26, 9, 0, 0, 123456, tzinfo=UTC)
    reader = PdfReader(io.BytesIO(written(replace(sample_report(), frozen_at=frozen_at))))
    assert reader.metadata is not None
    assert reader.metadata.creation_date == frozen_at.replace(microsecond=0)
