"""The report as one HTML file: whole, alone, and the same to the byte."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import call_command

from beffroi.progress.report import Partner, Report
from beffroi.progress.rules import format_figure
from beffroi.progress.written.html import write_html
from tests.progress.pages.published import publish
from tests.progress.samples import sample_report


class Read(HTMLParser):
    """The words of a document, its identifiers, and what it would ask of others."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.asked: list[str] = []
        self.tags: list[str] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what a reader or a browser would follow."""
        self.tags.append(tag)
        self.names += [value or "" for name, value in attrs if name == "id"]
        self.asked += [value or "" for name, value in attrs if name in {"src", "srcset", "href"}]

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        self.words += data


@pytest.fixture
def report() -> Report:
    """The sample, revised."""
    return replace(sample_report(), revision=2, reason="Une convention oubliée")


def test_says_every_figure_its_definition_and_its_parts(report: Report) -> None:
    words = Read(write_html(report, logos={})).words
    for figure in report.figures:
        assert figure.label in words
        assert figure.definition in words
        assert figure.value is None or format_figure(figure) in words
    for place in (place for parts in report.parts for place in parts.places):
        assert place.name in words
    assert "Une convention oubliée" in words
    assert report.fingerprint in words


def test_asks_nothing_of_anybody_and_runs_nothing(report: Report) -> None:
    read = Read(write_html(report, logos={}))
    assert all(one.startswith("#") for one in read.asked)
    assert not {"script", "link", "img", "iframe"} & set(read.tags)
    assert "url(" not in write_html(report, logos={})


def test_leads_inside_itself_to_what_exists_once(report: Report) -> None:
    read = Read(write_html(report, logos={}))
    assert len(read.names) == len(set(read.names))
    assert {one.removeprefix("#") for one in read.asked} <= set(read.names)


def test_leaves_out_no_rank_of_titles(report: Report) -> None:
    ranks = [
        int(tag[1]) for tag in Read(write_html(report, logos={})).tags if re.fullmatch(r"h\d", tag)
    ]
    assert ranks[0] == 1
    assert ranks.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(ranks))


@pytest.mark.django_db
def test_the_command_line_writes_it_again_to_the_byte(tmp_path: Path) -> None:
    reference = publish().reference
    for name in ("one.html", "two.html"):
        output = str(tmp_path / name)
        call_command("progress_report", reference, "--format", "html", "--output", output)
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()
    assert "99,6\u202f%" in (tmp_path / "one.html").read_text(encoding="utf-8")


def test_holds_the_logos_of_partners_and_names_the_others(report: Report) -> None:
    partners = (Partner("Anah", "f00d"), Partner("Cerema", "gone"), Partner("Ademe"))
    read = Read(write_html(replace(report, partners=partners), logos={"f00d": b"png"}))
    assert [one for one in read.asked if one.startswith("data:")] == ["data:image/png;base64,cG5n"]
    assert "Cerema" in read.words
    assert "Ademe" in read.words
