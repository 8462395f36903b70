"""The words beside figures, the same in every form."""

from __future__ import annotations

from dataclasses import replace

import pytest

from beffroi.progress.indicators import INDICATORS
from beffroi.progress.presentation import write_words
from beffroi.progress.rules import Figure, Number
from tests.progress.samples import sample_report


def figure(counts: str, over: str, numerator: Number, denominator: Number) -> Figure:
    """A figure that says what both its numbers count."""
    first = sample_report().figures[0]
    return replace(first, counts=counts, over=over, numerator=numerator, denominator=denominator)


def test_what_both_numbers_count_is_said_once() -> None:
    covered = figure("communes actives couvertes par une ORT", "communes actives", 7, 12)
    assert write_words(covered) == "7\u00a0communes actives couvertes par une ORT, sur\u00a012"


@pytest.mark.parametrize("number", [0, 1])
def test_none_and_one_are_singular(number: int) -> None:
    vacant = figure("postes vacants", "postes de chef de projet ouverts", number, 1)
    assert write_words(vacant) == (
        f"{number}\u00a0poste vacant, sur 1\u00a0poste de chef de projet ouvert"
    )


def test_every_indicator_has_its_singular() -> None:
    for one in (one for one in INDICATORS if one.over):
        words = write_words(figure(one.counts, one.over, 1, 1)).split()
        kept = [word for word in words if word.endswith("s") and word not in {"dans", "sans"}]
        assert kept in ([], ["les", "financeurs"]), one.code
