"""Two reports compared row by row, on values made up in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from beffroi.progress.comparison import (
    Cause,
    Circumstances,
    Comparison,
    FigureChange,
    Heir,
    Kind,
    Movement,
    Side,
    Why,
    compare,
    explain,
)
from beffroi.progress.comparison.words import word_cause, word_counts, word_difference
from beffroi.progress.indicators import Record
from beffroi.progress.rules import share
from tests.progress.comparison.made import (
    AFTER,
    BEFORE,
    decision,
    figure,
    money,
    side,
    town,
    towns_counted,
)


def only(comparison: Comparison) -> FigureChange:
    (found,) = comparison.figures
    return found


def sole(comparison: Comparison) -> Movement:
    (found,) = only(comparison).movements
    return found


def said(comparison: Comparison) -> list[str]:
    change = only(comparison)
    return [word_cause(change, movement) for movement in change.movements]


amounts = st.decimals("0", "99999", places=2).map(str)
decisions = st.dictionaries(st.integers(1, 12).map("D{}".format), amounts, max_size=8).map(
    lambda found: [decision(key, amount) for key, amount in sorted(found.items())]
)
towns = st.sets(st.integers(1, 12), max_size=8).map(lambda found: [town(n) for n in sorted(found)])


@given(decisions, decisions)
def test_the_effects_of_the_rows_add_up_to_the_difference_of_an_amount(
    old: list[Record], new: list[Record]
) -> None:
    change = only(compare(money(BEFORE, *old), money(AFTER, *new)))
    assert sum(one.effect or 0 for one in change.movements) == change.difference
    assert all(one.effect is not None for one in change.movements)


@given(towns, towns)
def test_the_effects_of_the_rows_add_up_to_the_difference_of_a_count(
    old: list[Record], new: list[Record]
) -> None:
    change = only(compare(towns_counted(BEFORE, *old), towns_counted(AFTER, *new)))
    entered, left = change.moved(Kind.ENTERED), change.moved(Kind.LEFT)
    assert len(entered) - len(left) == change.difference
    assert sum(one.effect or 0 for one in change.movements) == change.difference


@given(towns, towns, st.integers(12, 20), st.integers(12, 20))
def test_the_rows_of_a_share_explain_its_numerator(
    old: list[Record], new: list[Record], before: int, after: int
) -> None:
    change = only(compare(_signed(BEFORE, old, before), _signed(AFTER, new, after)))
    effects = sum(one.effect or 0 for one in change.movements)
    assert effects == len(new) - len(old)


def _signed(as_of: date, records: Sequence[Record], active: int) -> Side:
    value = share(len(records), active, decimals=1)
    counted = figure("adhesion_share", records, value, numerator=len(records), denominator=active)
    return side(as_of, {counted: records})


def test_tells_a_row_that_entered_with_an_event_from_one_recorded_afterwards() -> None:
    late, new = decision("D2", day="2022-03-03"), decision("D3", day="2022-07-14")
    comparison = explain(compare(money(BEFORE), money(AFTER, late, new)))
    assert said(comparison) == [
        "décidée le 3\u00a0mars\u00a02022, enregistrée après coup",
        "décidée le 14\u00a0juillet\u00a02022",
    ]
    assert word_counts(only(comparison)) == (
        "2\u00a0décisions entrées (dont 1 enregistrée après coup)"
    )


def test_a_row_of_the_earlier_day_itself_was_recorded_afterwards() -> None:
    comparison = explain(compare(money(BEFORE), money(AFTER, decision("D1", day="2022-06-30"))))
    assert sole(comparison).cause == Cause(Why.EVENT, BEFORE, is_late=True)


def test_says_which_cells_were_corrected_from_what_to_what() -> None:
    comparison = explain(
        compare(money(BEFORE, decision("D1", "100.00")), money(AFTER, decision("D1", "250.50")))
    )
    movement = sole(comparison)
    (change,) = movement.changes
    assert (movement.kind, movement.effect) == (Kind.CORRECTED, Decimal("150.50"))
    assert (change.column.title, change.before, change.after) == ("Montant", "100.00", "250.50")
    assert word_difference(only(comparison)) == "+150,50\u00a0€"


def test_a_town_renamed_changed_and_was_not_corrected() -> None:
    comparison = explain(
        compare(
            towns_counted(BEFORE, town(1, "Louhans")),
            towns_counted(AFTER, town(1, "Louhans-Châteaurenaud")),
        )
    )
    assert sole(comparison).kind is Kind.CHANGED
    assert word_counts(only(comparison)) == "1\u00a0commune modifiée"
    assert only(comparison).difference == 0


def test_a_place_written_otherwise_since_a_merger_is_no_correction() -> None:
    reports = (
        money(BEFORE, decision("D1", place="Ciel (71131)")),
        money(AFTER, decision("D1", place="Verdun-Ciel (71566)")),
    )
    known = Circumstances(same_places=frozenset({("71131", "71566")}))
    assert sole(explain(compare(*reports))).kind is Kind.CORRECTED
    assert sole(explain(compare(*reports), known)).kind is Kind.CHANGED


def test_says_that_a_town_merged_into_another_and_that_the_other_stands_for_it() -> None:
    day = date(2022, 7, 1)
    comparison = explain(
        compare(
            towns_counted(BEFORE, town(1, "Ciel", "71131")),
            towns_counted(AFTER, town(2, "Verdun-Ciel", "71566")),
        ),
        Circumstances(heirs={1: Heir(2, "Verdun-Ciel (71566)", day)}),
    )
    assert said(comparison) == [
        "succède à Ciel (71131) le 1er\u00a0juillet\u00a02022",
        "a fusionné dans Verdun-Ciel (71566) le 1er\u00a0juillet\u00a02022",
    ]


def test_a_town_that_left_says_when_it_left_the_programme() -> None:
    comparison = explain(
        compare(towns_counted(BEFORE, town(1)), towns_counted(AFTER)),
        Circumstances(withdrawals={1: date(2022, 8, 1)}),
    )
    assert said(comparison) == ["sortie du programme le 1er\u00a0août\u00a02022"]


def test_a_town_that_left_without_a_known_exit_was_taken_out_by_a_correction() -> None:
    comparison = explain(compare(towns_counted(BEFORE, town(1)), towns_counted(AFTER)))
    assert said(comparison) == ["retirée par une correction"]


def test_an_old_table_without_dates_says_so() -> None:
    comparison = explain(compare(towns_counted(BEFORE), towns_counted(AFTER, town(1))))
    assert said(comparison) == ["sans date enregistrée"]


def test_a_town_that_joined_brings_what_it_had_signed_before() -> None:
    members = (town(1),)
    before = side(BEFORE, {figure("active_towns", (), 0): (), figure("framework_towns", (), 0): ()})
    after = side(
        AFTER,
        {
            figure("active_towns", members, 1): members,
            figure("framework_towns", members, 1): members,
        },
    )
    known = Circumstances(
        joinings={1: date(2022, 8, 1)}, events={("framework_towns", 1): date(2021, 5, 1)}
    )
    _, framework = explain(compare(before, after), known).figures
    assert framework.movements[0].cause == Cause(Why.JOINED, date(2022, 8, 1))


def test_a_new_definition_makes_the_values_incomparable() -> None:
    old = towns_counted(BEFORE, town(1))
    new = side(
        AFTER, {figure("active_towns", (town(1), town(2)), 2, version=2): (town(1), town(2))}
    )
    change = only(compare(old, new))
    assert change.is_redefined
    assert change.difference is None
    assert [movement.key for movement in change.movements] == [2]


def test_a_figure_that_one_report_has_not_is_told_and_not_compared() -> None:
    change = compare(towns_counted(BEFORE), money(AFTER, decision("D1"))).figure("realised_amount")
    assert change is not None
    assert (change.before, change.difference) == (None, None)
    assert [movement.kind for movement in change.movements] == [Kind.ENTERED]


def test_rows_that_do_not_add_up_to_their_figure_have_no_effect() -> None:
    """A population frozen before its table held one."""
    comparison = compare(
        side(BEFORE, {figure("population", (), 0): ()}),
        side(AFTER, {figure("population", (town(1),), 3950): (town(1),)}),
    )
    assert sole(comparison).effect is None


def test_columns_that_only_one_report_has_are_not_corrections() -> None:
    old, new = towns_counted(BEFORE, town(1)), towns_counted(AFTER, town(1))
    new.rows["tables"]["towns"]["columns"].append(["Signée le", "date"])
    new.rows["tables"]["towns"]["rows"][0].append("2022-05-12")
    assert only(compare(old, new)).movements == ()


def test_nothing_has_changed_between_two_equal_reports() -> None:
    comparison = compare(towns_counted(BEFORE, town(1)), towns_counted(AFTER, town(1)))
    assert comparison.changed == ()


def test_a_share_whose_rows_moved_as_those_of_a_count_names_it() -> None:
    records = (town(1),)
    counted = figure("adhesion_share", records, Decimal("50.0"), numerator=1, denominator=2)
    none = figure("adhesion_share", (), Decimal("0.0"), numerator=0, denominator=2)
    before = side(BEFORE, {figure("adhesion_signed", (), 0): (), none: ()})
    after = side(AFTER, {figure("adhesion_signed", records, 1): records, counted: records})
    _, twin = compare(before, after).figures
    assert twin.twin == "adhesion_signed"
    assert word_difference(twin) == "+50,0\u00a0points"
