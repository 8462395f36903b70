"""What holds for every register, whatever its rows."""

from __future__ import annotations

import itertools
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from beffroi.progress.indicators import (
    BY_CODE,
    INDICATORS,
    TABLES,
    Facts,
    Listed,
    Record,
    measure_all,
    read_all,
)
from beffroi.progress.rules import Figure

CODES = {
    "active_towns", "adhesion_signed", "adhesion_share", "framework_towns", "ort_towns",
    "manager_posts", "expertise_missions", "planned_amount", "realised_amount", "realised_share",
    "security_towns", "csi_towns", "brownfield_towns", "brownfield_area", "meetings_held",
    "meeting_attendance", "population", "late_agreements", "vacant_posts", "unreached_towns",
    "freshness",
}  # fmt: skip
ids = st.integers(1, 30)
towns = st.frozensets(ids)
amounts = st.decimals(0, 10**9, places=2)


@st.composite
def records(draw: st.DrawFn, served: st.SearchStrategy[tuple[int, ...]]) -> Listed:
    rows = draw(st.lists(st.tuples(served, amounts), max_size=8))
    listed = (Record(f"R{n}", place, amount, ()) for n, (place, amount) in enumerate(rows))
    return Listed("", tuple(listed))


placed = records(st.tuples(ids))


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    framework = draw(towns)
    return Facts(
        as_of=date(2022, 9, 23),
        active=draw(towns),
        adhesion=draw(towns),
        framework=framework,
        ort=draw(towns) & framework,
        security=draw(towns),
        integrated_security=draw(towns),
        population=draw(st.dictionaries(ids, st.integers(0, 20_000))),
        plans=draw(records(st.just(()))),
        commitments=draw(placed),
        missions=draw(placed),
        brownfields=draw(placed),
        posts=draw(records(st.lists(ids, min_size=1, max_size=3).map(tuple))),
        meetings=draw(records(st.just(()))),
        late=draw(towns),
        fresh=draw(towns),
        met=draw(towns),
        vacant=draw(st.frozensets(st.sampled_from(["R0", "R1", "R2"]))),
    )


def by_code(known: Facts) -> dict[str, Figure]:
    return {figure.code: figure for figure in measure_all(known)}


def test_declares_every_indicator_once_with_a_definition() -> None:
    assert [one.code for one in INDICATORS] == list(dict.fromkeys(one.code for one in INDICATORS))
    assert {one.code for one in INDICATORS} == CODES
    for one in INDICATORS:
        assert one.definition[0].isupper(), one.code
        assert one.definition.endswith("."), one.code
        assert one.table in TABLES


def test_keeps_the_figures_of_a_heading_together() -> None:
    headings = [one.heading for one in INDICATORS]
    assert sum(a != b for a, b in itertools.pairwise(headings)) + 1 == 7


@given(facts())
def test_no_count_of_towns_passes_the_active_towns(known: Facts) -> None:
    figures = by_code(known)
    active = figures["active_towns"].value or 0
    assert (figures["ort_towns"].value or 0) <= (figures["framework_towns"].value or 0) <= active
    assert (figures["adhesion_signed"].value or 0) <= active


@given(facts())
def test_a_share_exists_exactly_where_its_denominator_does(known: Facts) -> None:
    figures = by_code(known)
    for code in ("adhesion_share", "realised_share", "freshness"):
        one = figures[code]
        assert (one.value is None) == (not one.denominator)
    assert figures["adhesion_share"].numerator == figures["adhesion_signed"].value
    assert figures["realised_share"].numerator == figures["realised_amount"].value


@given(facts())
def test_a_count_opens_onto_as_many_rows(known: Facts) -> None:
    for one in measure_all(known):
        assert len(set(one.rows)) == len(one.rows)
        if one.unit in {"communes", "missions", "postes", "rencontres"}:
            assert one.value == len(one.rows)


@given(facts(), towns)
def test_two_halves_of_the_country_add_up(known: Facts, half: frozenset[int]) -> None:
    rest = frozenset(range(1, 31)) - half
    here, there, whole = by_code(known.within(half)), by_code(known.within(rest)), by_code(known)
    for code in (
        "active_towns", "framework_towns", "brownfield_towns", "realised_amount", "population",
        "expertise_missions", "brownfield_area", "security_towns",
    ):  # fmt: skip
        values = [figures[code].value for figures in (here, there, whole)]
        if None not in values:
            assert (values[0] or 0) + (values[1] or 0) == values[2], code


@given(facts(), towns)
def test_the_plan_and_its_share_stay_national(known: Facts, half: frozenset[int]) -> None:
    figures = by_code(known.within(half))
    for code in ("planned_amount", "realised_share", "meetings_held", "meeting_attendance"):
        assert figures[code].value is None
        assert figures[code].rows == ()


def test_a_realised_share_may_pass_a_hundred() -> None:
    known = _only(plans=Decimal("100.00"), commitments=Decimal("250.00"))
    assert by_code(known)["realised_share"].value == 250


def _only(*, plans: Decimal, commitments: Decimal) -> Facts:
    nothing: frozenset[int] = frozenset()
    return Facts(
        date(2022, 9, 23), nothing, nothing, nothing, nothing, nothing, nothing, {},
        Listed("", (Record("Anah", (), plans, ()),)),
        Listed("", (Record("D1", (1,), commitments, ()),)),
        Listed(""), Listed(""), Listed(""), Listed(""),
    )  # fmt: skip


@given(facts())
def test_the_register_is_judged_on_its_own_towns_and_posts(known: Facts) -> None:
    figures = by_code(known)
    active, posts = figures["active_towns"].value, figures["manager_posts"].value
    for code in ("unreached_towns", "freshness"):
        assert figures[code].denominator == active
        assert set(figures[code].rows) <= known.active
    assert set(figures["late_agreements"].rows) == known.active & known.late
    assert figures["vacant_posts"].denominator == posts
    assert not known.met & set(figures["unreached_towns"].rows)


@given(facts(), towns)
def test_rows_added_up_by_town_measure_as_rows_listed_one_by_one(
    known: Facts, half: frozenset[int]
) -> None:
    assert read_all(known.tallied()) == read_all(known)
    assert read_all(known.tallied().within(half)) == read_all(known.within(half))
    assert known.tallied().towns() == known.towns()


def test_every_declaration_is_whole() -> None:
    for one in INDICATORS:
        assert one.counts, one.code
        assert bool(one.over) == bool(one.over_code), one.code
        assert not one.over_code or one.over_code in BY_CODE, one.code
        assert bool(one.fact) == bool(one.breakdowns), one.code
        for sentence in one.exclusions:
            assert sentence[0].isupper(), one.code
            assert sentence.endswith("."), one.code
            assert sentence not in one.definition, one.code


@given(facts())
def test_a_figure_says_its_denominator_exactly_where_it_has_one(known: Facts) -> None:
    figures = by_code(known)
    for one in figures.values():
        if one.denominator is not None:
            assert one.over, one.code
            assert one.denominator == figures[one.over_code].value, one.code
        elif one.over and one.code != "realised_share":
            raise AssertionError(one.code)
