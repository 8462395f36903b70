"""The queries that pages and the desk ask of the towns."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from beffroi.foundations.territories.models import (
    Centrality,
    CentralityLevel,
    Department,
    IntercommunalityMembership,
    Population,
    Town,
    TownPeriod,
)
from beffroi.foundations.territories.queries import (
    department_towns,
    describe_towns,
    search_towns,
    similar_towns,
    town_history,
)

from .factories import (
    extend_town,
    make_intercommunality,
    make_region,
    make_succession,
    make_town,
)

pytestmark = pytest.mark.django_db
BEFORE, DAY, AFTER = date(2022, 9, 23), date(2025, 1, 1), date(2026, 3, 1)


def give(town: Town, people: int, level: CentralityLevel | None = None) -> Town:
    Population.objects.create(town=town, inhabitants=people)
    if level is not None:
        Centrality.objects.create(town=town, level=level)
    return town


def test_a_departement_keeps_the_towns_that_ended_in_it() -> None:
    ended, living = make_town("22001", end=DAY), make_town("22002")
    left = make_town("22003", end=DAY)
    extend_town(left, "35003", start=DAY)
    departments = Department.objects.filter(code="22").values_list("pk", flat=True)
    towns = Town.objects.filter(pk__in=department_towns(departments))
    assert set(towns) == {ended, living}


def test_a_departement_is_one_subquery(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    make_town("22001")
    department = Department.objects.get()
    with django_assert_num_queries(1):
        assert Town.objects.filter(pk__in=department_towns([department.pk])).count() == 1


def test_a_card_says_all_of_a_day() -> None:
    make_region("53", "Bretagne", {"22": "Côtes-d’Armor"})
    dinan = give(make_town("22050", name="Dinan"), 14_000, CentralityLevel.STRUCTURING)
    make_intercommunality("200068989", "CA Dinan Agglomération", dinan, end=DAY)
    card = describe_towns([dinan.pk], on=BEFORE)[dinan.pk]
    assert card.label == "Dinan (22050)"
    assert (card.department_code, card.department_name) == ("22", "Côtes-d’Armor")
    assert (card.region_code, card.region_name) == ("53", "Bretagne")
    assert (card.epci_siren, card.epci_name) == ("200068989", "CA Dinan Agglomération")
    assert (card.population, card.centrality, card.ended_on) == (14_000, 3, None)
    assert describe_towns([dinan.pk], on=AFTER)[dinan.pk].epci_siren == ""


def test_the_card_of_an_ended_town_says_since_when() -> None:
    ciel = make_town("71131", end=DAY, name="Ciel")
    assert describe_towns([ciel.pk], on=AFTER)[ciel.pk].ended_on == DAY
    assert describe_towns([ciel.pk], on=BEFORE)[ciel.pk].ended_on is None


@pytest.mark.parametrize("count", [1, 30])
def test_cards_take_five_queries(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    towns = [make_town(f"22{number:03}").pk for number in range(count)]
    with django_assert_num_queries(5):
        assert len(describe_towns(towns, on=BEFORE)) == count


def test_similar_towns_share_the_centrality_then_the_size() -> None:
    local, none = CentralityLevel.LOCAL, CentralityLevel.NONE
    own = give(make_town("01001"), 2_000, local)
    far, near = give(make_town("01002"), 9_000, local), give(make_town("01003"), 1_000, local)
    other, unknown = give(make_town("01004"), 2_000, none), make_town("01005")
    among = {town.pk for town in (own, far, near, other, unknown)}
    found = similar_towns(town_id=own.pk, among=among, on=BEFORE)
    assert found == [near.pk, far.pk, other.pk, unknown.pk]
    assert similar_towns(town_id=own.pk, among=among, on=BEFORE, limit=1) == [near.pk]


def test_similar_towns_are_those_of_the_day() -> None:
    own, grown = give(make_town("01001"), 2_000), make_town("01002")
    steady = give(make_town("01003"), 3_000)
    Population.objects.create(town=grown, inhabitants=2_000, valid_to=DAY)
    Population.objects.create(town=grown, inhabitants=9_000, valid_from=DAY)
    among = [grown.pk, steady.pk]
    assert similar_towns(town_id=own.pk, among=among, on=BEFORE) == [grown.pk, steady.pk]
    assert similar_towns(town_id=own.pk, among=among, on=AFTER) == [steady.pk, grown.pk]


def test_a_history_tells_a_merger_from_both_sides() -> None:
    ciel, verdun = make_town("71131", end=DAY, name="Ciel"), make_town("71566", end=DAY)
    extend_town(verdun, "71566", start=DAY, name="Verdun-Ciel")
    make_succession(ciel, verdun, DAY)
    assert town_history(ciel.pk) == [(DAY, "Devient Verdun-Ciel (71566) par fusion")]
    assert [sentence for _, sentence in town_history(verdun.pk)] == [
        "Absorbe Ciel (71131)",
        "Change de nom\u00a0: Verdun-Ciel (auparavant Bourg)",
    ]


def test_a_history_tells_a_new_code_and_a_new_departement() -> None:
    town = make_town("49144", end=DAY, name="Freigné")
    extend_town(town, "44225", start=DAY, name="Freigné")
    assert [sentence for _, sentence in town_history(town.pk)] == [
        "Change de code INSEE\u00a0: 44225 (auparavant 49144)",
        "Change de département\u00a0: 44 (auparavant 49)",
    ]
    assert town_history(town.pk, on=BEFORE) == []


def test_a_history_tells_a_split_from_both_sides() -> None:
    whole, part = make_town("15141", name="Neussargues"), make_town("15031", DAY, name="Celles")
    make_succession(whole, part, DAY)
    assert town_history(whole.pk) == [(DAY, "Voit partir Celles (15031)")]
    assert town_history(part.pk) == [(DAY, "Est créée par séparation d’avec Neussargues (15141)")]


def test_a_history_tells_a_town_that_ended_and_came_back() -> None:
    whole = make_town("71263", name="Louhans")
    part = make_town("71056", end=BEFORE, name="Branges")
    extend_town(part, "71056", start=DAY, name="Branges")
    make_succession(part, whole, BEFORE)
    make_succession(whole, part, DAY)
    make_intercommunality("200069425", "CC de la Bresse", part)
    assert town_history(part.pk) == [
        (BEFORE, "Devient Louhans (71263) par fusion"),
        (DAY, "Est rétablie par séparation d’avec Louhans (71263)"),
    ]
    assert town_history(whole.pk) == [
        (BEFORE, "Absorbe Branges (71056)"),
        (DAY, "Voit partir Branges (71056)"),
    ]


def test_a_history_tells_the_intercommunalities() -> None:
    town = make_town("56001", name="Locminé")
    make_intercommunality("200067221", "Centre Morbihan Communauté", town, end=DAY)
    new = make_intercommunality("200096675", "CC Nouvelle")
    IntercommunalityMembership.objects.create(intercommunality=new, town=town, valid_from=DAY)
    assert town_history(town.pk) == [
        (
            DAY,
            "Change d’intercommunalité\u00a0: CC Nouvelle (auparavant Centre Morbihan Communauté)",
        )
    ]


@pytest.mark.parametrize("text", ["saint malo", "St-Malo", "SAINT-MALO", "35288", "3528"])
def test_search_finds_a_town_by_name_or_code(text: str) -> None:
    malo = make_town("35288", name="Saint-Malo")
    make_town("35289", name="Rennes", end=DAY)
    assert [match.town_id for match in search_towns(text, on=AFTER)] == [malo.pk]


def test_search_gives_the_names_that_start_so_first() -> None:
    for code, name in (("01001", "Grand-Évry"), ("91228", "Évry-Courcouronnes"), ("10001", "Évry")):
        make_town(code, name=name)
    names = [match.name for match in search_towns("evry", on=AFTER)]
    assert names == ["Évry", "Évry-Courcouronnes", "Grand-Évry"]
    assert len(search_towns("evry", on=AFTER, limit=2)) == 2
    assert search_towns("  ", on=AFTER) == []


def test_search_knows_the_names_and_lost_zeros_of_the_day() -> None:
    town = make_town("01004", end=DAY, name="Ancienne")
    extend_town(town, "01004", start=DAY, name="Nouvelle")
    assert search_towns("ancienne", on=AFTER) == []
    assert [match.name for match in search_towns("1004", on=BEFORE)] == ["Ancienne"]


def test_a_renamed_period_is_folded_again() -> None:
    period = TownPeriod.objects.get(town=make_town("01001", name="Évry"))
    period.name = "Œting-le-Bas"
    period.save()
    assert TownPeriod.objects.get().folded_name == "oetinglebas"
