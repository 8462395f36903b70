from __future__ import annotations

from datetime import date

import pytest

from beffroi.foundations.territories.queries import (
    TownLabel,
    UnknownTerritory,
    find_territory,
    town_ids_in,
    town_labels,
)

from .factories import (
    extend_town,
    make_intercommunality,
    make_region,
    make_town,
)

pytestmark = pytest.mark.django_db
BEFORE, DAY, AFTER = date(2022, 9, 23), date(2025, 1, 1), date(2026, 3, 1)


@pytest.mark.parametrize("text", [None, "", "national", " National "])
def test_nothing_or_national_is_the_whole_country(text: str | None) -> None:
    territory = find_territory(text, on=BEFORE)
    assert str(territory) == "national"
    assert town_ids_in(territory, on=BEFORE) is None


def test_a_departement_holds_its_own_towns() -> None:
    make_region("94", "Corse", {"2A": "Corse-du-Sud", "2B": "Haute-Corse"})
    south, _ = make_town("2A004"), make_town("2B033")
    territory = find_territory("dep:2a", on=BEFORE)
    assert (str(territory), territory.name) == ("dep:2A", "Corse-du-Sud")
    assert town_ids_in(territory, on=BEFORE) == frozenset({south.pk})


def test_a_region_holds_the_towns_of_its_departements() -> None:
    make_region("94", "Corse", {"2A": "Corse-du-Sud", "2B": "Haute-Corse"})
    make_region("01", "Guadeloupe", {"971": "Guadeloupe"})
    towns = frozenset({make_town("2A004").pk, make_town("2B033").pk})
    make_town("97105")
    territory = find_territory("reg:94", on=BEFORE)
    assert territory.name == "Corse"
    assert town_ids_in(territory, on=BEFORE) == towns


def test_an_intercommunality_holds_its_members_of_that_day() -> None:
    town = make_town("22050")
    make_intercommunality("200068989", "CA Dinan Agglomération", town, end=DAY)
    territory = find_territory("epci:200068989", on=BEFORE)
    assert territory.name == "CA Dinan Agglomération"
    assert town_ids_in(territory, on=BEFORE) == frozenset({town.pk})
    assert town_ids_in(territory, on=AFTER) == frozenset()
    with pytest.raises(UnknownTerritory, match=r"1er.janvier.2025"):
        find_territory("epci:200068989", on=DAY)


@pytest.mark.parametrize("text", ["dep", "dep:", "dep:99", "22", "canton:22", "national:22"])
def test_refuses_what_names_no_territory(text: str) -> None:
    with pytest.raises(UnknownTerritory, match="erritoire"):
        find_territory(text, on=BEFORE)


def test_a_town_outside_the_period_is_in_no_territory() -> None:
    make_region("53", "Bretagne", {"22": "Côtes-d'Armor"})
    make_town("22050", end=DAY)
    territory = find_territory("dep:22", on=AFTER)
    assert town_ids_in(territory, on=AFTER) == frozenset()


def test_labels_are_those_of_the_day_or_the_nearest() -> None:
    moved = make_town("49069", end=DAY, name="Orée")
    extend_town(moved, "49126", start=DAY, name="Orée d'Anjou")
    ended = make_town("71131", end=DAY, name="Ciel")
    labels = town_labels([moved.pk, ended.pk], on=AFTER)
    assert labels[moved.pk] == TownLabel("49126", "Orée d'Anjou", "49")
    assert labels[ended.pk] == TownLabel("71131", "Ciel", "71")
    assert town_labels([moved.pk], on=BEFORE)[moved.pk].code == "49069"
