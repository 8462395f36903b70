from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from beffroi.foundations.territories.models import FormerCode
from beffroi.foundations.territories.queries import UnknownCode, living_towns, load_resolver

from .factories import extend_town, make_succession, make_town

pytestmark = pytest.mark.django_db
BEFORE, DAY, AFTER = date(2022, 9, 23), date(2025, 1, 1), date(2026, 3, 1)


def test_finds_the_town_that_bears_the_code_that_day() -> None:
    town = make_town("2A004")
    found = load_resolver().resolve(" 2a004 ", on=BEFORE)
    assert found.town_ids == (town.pk,)
    assert (found.code, found.has_restored_zero, found.is_successor) == ("2A004", False, False)


def test_restores_a_lost_leading_zero_and_says_so() -> None:
    town = make_town("01004")
    found = load_resolver().resolve("1004", on=BEFORE)
    assert (found.town_ids, found.code, found.has_restored_zero) == ((town.pk,), "01004", True)


@pytest.mark.parametrize("code", ["99999", "A004", "", "999"])
def test_refuses_a_code_nobody_ever_bore(code: str) -> None:
    make_town("01004")
    with pytest.raises(UnknownCode, match="code commune") as refusal:
        load_resolver().resolve(code, on=BEFORE)
    assert refusal.value.code == code


def test_follows_a_merger_to_the_successor_only_from_its_day() -> None:
    absorbed, heir = make_town("16140", end=DAY), make_town("16206")
    make_succession(absorbed, heir, DAY)
    resolver = load_resolver()
    assert resolver.resolve("16140", on=BEFORE).town_ids == (absorbed.pk,)
    after = resolver.resolve("16140", on=DAY)
    assert (after.town_ids, after.is_successor) == ((heir.pk,), True)


def test_follows_mergers_in_a_row() -> None:
    first = make_town("16001", end=date(2023, 1, 1))
    second = make_town("16002", end=DAY)
    last = make_town("16003")
    make_succession(first, second, date(2023, 1, 1))
    make_succession(second, last, DAY)
    resolver = load_resolver()
    assert resolver.resolve("16001", on=date(2024, 1, 1)).town_ids == (second.pk,)
    assert resolver.resolve("16001", on=AFTER).town_ids == (last.pk,)


def test_gives_every_part_of_a_town_that_ended_in_a_split() -> None:
    whole = make_town("15141", end=DAY)
    parts = [make_town("15142", start=DAY), make_town("15143", start=DAY)]
    for part in parts:
        make_succession(whole, part, DAY)
    found = load_resolver().resolve("15141", on=AFTER)
    assert found.town_ids == tuple(sorted(part.pk for part in parts))


def test_gives_the_town_that_contained_a_restored_one() -> None:
    whole, part = make_town("15141"), make_town("15031", start=DAY)
    make_succession(whole, part, DAY)
    resolver = load_resolver()
    assert resolver.resolve("15031", on=BEFORE).town_ids == (whole.pk,)
    assert resolver.resolve("15031", on=AFTER).town_ids == (part.pk,)
    assert resolver.resolve("15141", on=AFTER).town_ids == (whole.pk,)


def test_does_not_mistake_a_part_that_left_for_the_heir() -> None:
    whole, part, heir = make_town("15141", end=DAY), make_town("15031"), make_town("15999")
    make_succession(whole, part, date(2023, 1, 1))
    make_succession(whole, heir, DAY)
    assert load_resolver().resolve("15141", on=AFTER).town_ids == (heir.pk,)


def test_gives_a_code_newer_than_the_date_to_its_own_town() -> None:
    new = make_town("71566", start=DAY)
    found = load_resolver().resolve("71566", on=BEFORE)
    assert (found.town_ids, found.is_successor) == ((new.pk,), False)


def test_a_code_that_went_to_another_town_is_read_at_its_date() -> None:
    moved = make_town("60054", end=DAY)
    extend_town(moved, "60694", start=DAY)
    reborn = make_town("60054", start=DAY)
    resolver = load_resolver()
    assert resolver.resolve("60054", on=BEFORE).town_ids == (moved.pk,)
    assert resolver.resolve("60054", on=AFTER).town_ids == (reborn.pk,)
    early = resolver.resolve("60694", on=BEFORE)
    assert (early.town_ids, early.is_successor) == ((moved.pk,), True)


def test_a_former_code_reaches_its_town_at_every_date() -> None:
    town = make_town("49126")
    FormerCode.objects.create(code="49069", town=town)
    found = load_resolver().resolve("49069", on=BEFORE)
    assert (found.town_ids, found.is_successor) == ((town.pk,), True)


def test_a_former_code_named_by_two_vintages_is_not_ambiguous() -> None:
    first, last = make_town("16002", end=DAY), make_town("16003")
    make_succession(first, last, DAY)
    FormerCode.objects.create(code="16001", town=first)
    FormerCode.objects.create(code="16001", town=last)
    resolver = load_resolver()
    assert resolver.resolve("16001", on=BEFORE).town_ids == (first.pk,)
    assert resolver.resolve("16001", on=AFTER).town_ids == (last.pk,)


def test_loads_in_three_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    make_town("01004")
    with django_assert_num_queries(3):
        load_resolver()


def test_every_town_is_carried_by_a_living_one_or_itself() -> None:
    absorbed, heir = make_town("16140", end=DAY), make_town("16206")
    make_succession(absorbed, heir, DAY)
    split, part, other = (
        make_town("15141", end=DAY),
        make_town("15031", DAY),
        make_town("15032", DAY),
    )
    make_succession(split, part, DAY)
    make_succession(split, other, DAY)
    towns = living_towns(on=AFTER)
    assert towns[absorbed.pk] == heir.pk == towns[heir.pk]
    assert (towns[split.pk], towns[part.pk]) == (split.pk, part.pk)
    assert living_towns(on=BEFORE)[absorbed.pk] == absorbed.pk
