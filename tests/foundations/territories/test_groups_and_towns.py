"""Towns and groups of towns as territories, and what is answered for those that are not."""

from __future__ import annotations

from datetime import date

import pytest

from beffroi.foundations.territories.models import Centrality, Population
from beffroi.foundations.territories.queries import (
    SIZES,
    MergedTown,
    UnknownTerritory,
    find_territory,
    town_ids_in,
)

from .factories import (
    extend_town,
    make_intercommunality,
    make_succession,
    make_town,
)

pytestmark = pytest.mark.django_db
BEFORE, DAY, AFTER = date(2022, 9, 23), date(2023, 1, 1), date(2026, 3, 1)


def towns(text: str, on: date = BEFORE) -> frozenset[int] | None:
    return town_ids_in(find_territory(text, on=on), on=on)


def test_a_town_is_a_territory_of_one_town() -> None:
    town = make_town("22070", name="Guingamp")
    territory = find_territory("com:22070", on=BEFORE)
    assert (str(territory), territory.name) == ("com:22070", "Guingamp (22070)")
    assert towns("com:22070") == frozenset({town.pk})


def test_a_town_that_merged_names_the_one_to_ask_for() -> None:
    old = make_town("16140", end=DAY, name="Fontclaireau")
    new = make_town("16206", start=DAY, name="Mansle-les-Fontaines")
    make_succession(old, new, DAY)
    assert towns("com:16140") == frozenset({old.pk})
    with pytest.raises(MergedTown) as refusal:
        find_territory("com:16140", on=AFTER)
    assert refusal.value.successor == "16206"
    assert str(refusal.value) == (
        "Fontclaireau (16140) a fusionné le 1er\u00a0janvier\u00a02023 dans Mansle-les-Fontaines "
        "(16206)\u00a0: demandez com:16206."
    )


def test_a_town_that_changed_its_code_names_the_new_one() -> None:
    town = make_town("49069", end=DAY, name="Orée d’Anjou")
    extend_town(town, "49126", start=DAY, name="Orée d’Anjou")
    with pytest.raises(MergedTown, match="a changé de code le") as refusal:
        find_territory("com:49069", on=AFTER)
    assert refusal.value.successor == "49126"


def test_a_town_shared_out_names_every_part() -> None:
    whole = make_town("15141", end=DAY, name="Neussargues")
    for code in ("15142", "15143"):
        make_succession(whole, make_town(code, start=DAY), DAY)
    with pytest.raises(UnknownTerritory, match="com:15142 ou com:15143"):
        find_territory("com:15141", on=AFTER)


def test_a_code_not_yet_in_force_says_since_when_it_is() -> None:
    make_town("16206", start=DAY, name="Mansle-les-Fontaines")
    with pytest.raises(UnknownTerritory, match=r"n’existe que depuis le 1er.janvier.2023"):
        find_territory("com:16206", on=BEFORE)


def test_an_intercommunality_dissolved_says_when() -> None:
    make_intercommunality("200067221", "Centre Morbihan Communauté", end=DAY)
    with pytest.raises(UnknownTerritory, match=r"Centre Morbihan .* a cessé d’exister le 1er"):
        find_territory("epci:200067221", on=AFTER)


@pytest.mark.parametrize("text", ["com:99999", "taille:2000", "taille:", "centralite:5", "com:"])
def test_refuses_what_names_no_territory(text: str) -> None:
    with pytest.raises(UnknownTerritory, match="erritoire"):
        find_territory(text, on=BEFORE)


def test_the_classes_of_population_share_out_every_town_of_the_day() -> None:
    sizes = (0, 1_999, 2_000, 3_499, 3_500, 9_999, 10_000, 60_000)
    made = [make_town(f"22{number:03}") for number in range(1, 9)]
    for town, people in zip(made, sizes, strict=True):
        Population.objects.create(town=town, inhabitants=people, valid_to=DAY)
        Population.objects.create(town=town, inhabitants=5_000, valid_from=DAY)
    found = [towns(f"taille:{code}") for code in SIZES]
    assert found == [frozenset({made[n].pk, made[n + 1].pk}) for n in (0, 2, 4, 6)]
    assert towns("taille:3500-9999", AFTER) == frozenset(town.pk for town in made)
    assert find_territory("Taille:2000-3499", on=BEFORE).name == (
        "Communes de 2\u202f000 à 3\u202f499 habitants"
    )


def test_a_level_of_centrality_is_a_territory() -> None:
    town = make_town("22070")
    Centrality.objects.create(town=town, level=2, valid_to=DAY)
    assert towns("centralite:2") == frozenset({town.pk})
    assert towns("centralite:2", AFTER) == frozenset()
    assert find_territory("centralite:2", on=BEFORE).name.startswith("Centres intermédiaires")
