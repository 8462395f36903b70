from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.foundations.territories.rules import (
    Commune,
    Edition,
    Lineage,
    Span,
    restore_zero,
    stretches,
    write_chronicle,
)

States = list[dict[str, int]]
CODES = st.sampled_from(["01001", "01002", "01003", "01004"])


def edition(year: int, communes: dict[str, Commune], **containers: str) -> Edition:
    absorbed = {code.removeprefix("c"): heir for code, heir in containers.items()}
    return Edition(year, {}, {}, communes, {}, {}, absorbed)


def town(name: str, siren: str | None = None) -> Commune:
    return Commune(name, "01", siren)


@given(st.lists(st.dictionaries(CODES, st.integers(0, 2)), min_size=1, max_size=6))
def test_stretches_give_back_every_state(states: States) -> None:
    dated = [(date(2020 + index, 1, 1), state) for index, state in enumerate(states)]
    found = list(stretches(dated))
    for day, state in dated:
        held = [(s.key, s.value) for s in found if s.span.holds(day)]
        assert sorted(held) == sorted(state.items())


@given(st.lists(st.dictionaries(CODES, st.integers(0, 2)), min_size=1, max_size=6))
def test_stretches_are_joined_and_never_empty(states: States) -> None:
    found = list(stretches([(date(2020 + i, 1, 1), state) for i, state in enumerate(states)]))
    ends = {(s.key, s.value, s.span.end) for s in found if s.span.end}
    for stretch in found:
        start, end = stretch.span
        assert start is None or end is None or start < end
        assert (stretch.key, stretch.value, start) not in ends


@given(st.lists(st.dictionaries(CODES, st.sampled_from(["a", "b"])), min_size=1, max_size=5))
def test_an_identity_has_one_code_at_a_time(names: list[dict[str, str]]) -> None:
    editions = [
        edition(2020 + i, {code: town(name, name) for code, name in state.items()})
        for i, state in enumerate(names)
    ]
    for now, of in zip(write_chronicle(editions).identities, editions, strict=True):
        assert now.keys() == of.communes.keys()
        assert len(set(now.values())) == len(now)


@pytest.mark.parametrize(
    ("before", "after", "containers", "same"),
    [
        (town("Orée", "1"), town("Orée", "1"), {}, True),
        (town("Orée", "1"), town("Orée-Neuve", "1"), {}, True),
        (town("Orée", "1"), town("Orée", "2"), {"c01001": "01002"}, False),
        (town("Orée"), town("Orée"), {"c01001": "01002"}, True),
        (town("Orée"), town("Autre"), {"c01001": "01002"}, False),
        (town("Orée"), town("Orée"), {}, False),
    ],
)
def test_a_new_code_is_the_same_town_by_siren_else_by_name(
    before: Commune, after: Commune, containers: dict[str, Any], same: bool
) -> None:
    editions = [
        edition(2022, {"01001": before}),
        edition(2023, {"01002": after}, **containers),
    ]
    chronicle = write_chronicle(editions)
    first, second = chronicle.identities
    assert (first["01001"] == second["01002"]) is same
    linked = bool(chronicle.successions)
    assert linked is (not same and bool(containers))


def test_a_merger_that_changes_the_siren_keeps_the_town_that_keeps_the_code() -> None:
    editions = [
        edition(2024, {"71131": town("Ciel", "1"), "71566": town("Verdun", "2")}),
        edition(2025, {"71566": town("Verdun-Ciel", "3")}, c71131="71566"),
    ]
    chronicle = write_chronicle(editions)
    first, second = chronicle.identities
    assert second["71566"] == first["71566"]
    assert {link[:2] for link in chronicle.successions} == {(first["71131"], first["71566"])}


@pytest.mark.parametrize(
    ("code", "found"),
    [("1004", ("01004", True)), ("2A04", ("2A04", False)), ("01004", ("01004", False))],
)
def test_only_four_digits_lost_a_zero(code: str, found: tuple[str, bool]) -> None:
    assert restore_zero(code) == found


def test_towns_that_become_each_other_by_mistake_end_the_search() -> None:
    day = date(2024, 1, 1)
    over = [Span(None, day)]
    lineage = Lineage({1: over, 2: over}, {1: [(2, day)], 2: [(1, day)]})
    assert lineage.carriers(1, day) == frozenset()
    assert lineage.carrier(1, day) == 1


def test_a_code_claimed_by_two_towns_is_a_third_one() -> None:
    editions = [
        edition(2024, {"01001": town("Val"), "01002": town("Val")}),
        edition(2025, {"01003": town("Val")}, c01001="01003", c01002="01003"),
    ]
    chronicle = write_chronicle(editions)
    first, second = chronicle.identities
    assert second["01003"] not in first.values()
    assert {link.predecessor for link in chronicle.successions} == set(first.values())
