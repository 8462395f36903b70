"""What an issue decides from values alone."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from beffroi.newsletter.issues import prose, rules

REFUSED = (
    *("javascript:alert(1)", "ftp://a.fr", "mailto:x", "#bas"),
    *("//autre.fr/x", "https://", "https://a b.fr"),
)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2022, 10, 17), None, "Le 17 octobre 2022"),
        (date(2022, 10, 17), date(2022, 10, 17), "Le 17 octobre 2022"),
        (date(2022, 9, 15), date(2022, 9, 16), "Du 15 au 16 septembre 2022"),
        (date(2022, 9, 30), date(2022, 10, 1), "Du 30 septembre au 1er octobre 2022"),
        (date(2022, 12, 30), date(2023, 12, 30), "Du 30 décembre 2022 au 30 décembre 2023"),
    ],
)
def test_a_period_says_once_what_its_ends_share(start: date, end: date | None, words: str) -> None:
    assert rules.format_period(start, end).replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "//autre.fr/x",
        "ftp://a.fr",
        "https://",
        "https://a b.fr",
        "#bas",
        "mailto:x",
    ],
)
def test_refuses_an_address_that_no_reader_should_follow(url: str) -> None:
    assert not rules.is_link_address(url)


def test_numbers_follow_each_other_from_one() -> None:
    assert (rules.next_number(None), rules.next_number(17)) == (1, 18)


@example("< ;")
@given(st.text(alphabet="aé<>&;\"'/bpliu =#-\n", max_size=80))
def test_any_fragment_is_rebuilt_the_same_when_read_again(source: str) -> None:
    once = prose.to_html(source)
    assert prose.to_html(once) == once


@given(st.lists(st.text(alphabet="abcé", min_size=1, max_size=12), min_size=1, max_size=60))
def test_wrapping_keeps_every_word_in_order(words: list[str]) -> None:
    wrapped = prose.to_text(f"<p>{' '.join(words)}</p>")
    assert wrapped.split() == words
    assert all(len(line) <= prose.WIDTH for line in wrapped.splitlines())


def test_marks_left_open_are_closed_and_unknown_ones_keep_their_words() -> None:
    source = "<p>un <b>deux<p>trois</p><font>quatre</font><ul>cinq<li>six"
    assert prose.to_html(source) == (
        "<p>un <strong>deux</strong></p><p>trois</p><p>quatre</p><ul><li>cinq</li><li>six</li></ul>"
    )


def test_lists_are_laid_out_with_their_marks_and_their_depth() -> None:
    source = "<ol><li>un</li><li>deux<ul><li>trois</li></ul></li></ol>"
    assert prose.to_text(source) == "1. un\n2. deux\n  - trois"


def test_french_punctuation_never_begins_a_line() -> None:
    assert prose.hold_spaces("Vraiment ? « Oui » : 5 ; fin !") == (
        "Vraiment\u202f? «\u00a0Oui\u00a0»\u00a0: 5\u202f; fin\u202f!"
    )
