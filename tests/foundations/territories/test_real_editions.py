"""The real packages of 2022 and 2026, as `make setup` installs them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from time import perf_counter

import pytest
from django.conf import settings

from beffroi.foundations.territories.actions import import_cog
from beffroi.foundations.territories.models import IntercommunalityPeriod, TownPeriod
from beffroi.foundations.territories.queries import (
    CodeResolver,
    find_territory,
    living_towns,
    load_resolver,
    town_ids_in,
    town_labels,
)

pytestmark = pytest.mark.django_db
THEN, NOW = date(2022, 9, 23), date(2026, 6, 1)
CASES = [  # the code asked, the code that bears the town then, and now
    ("15141", "15141", "15141"),  # Neussargues, split into five, one keeping the code
    ("15031", "15141", "15031"),  # Celles, one of the five
    ("16140", "16140", "16206"),  # Fontclaireau, merged
    ("71131", "71131", "71566"),  # Ciel, merged
    ("60694", "60054", "60694"),  # Les Hauts-Talican, another code
    ("60054", "60054", "60054"),  # the code given back to Beaumont-les-Nonains
    ("49069", "49069", "49126"),  # Orée d'Anjou, another code
    ("12076", "12076", "12218"),  # Conques-en-Rouergue, another code
    ("71263", "71263", "71263"),  # Louhans, renamed
    ("1004", "01004", "01004"),
]


def borne(resolver: CodeResolver, code: str, on: date) -> str:
    (town,) = resolver.resolve(code, on=on).town_ids
    return town_labels([town], on=on)[town].code


def check_territories() -> None:
    dinan = find_territory("epci:200068989", on=THEN)
    assert dinan.name == "CA Dinan Agglomération"
    assert len(town_ids_in(dinan, on=THEN) or ()) == 64
    assert len(town_ids_in(find_territory("dep:987", on=NOW), on=NOW) or ()) == 48


def test_the_real_editions_tell_the_real_cases() -> None:
    import_cog(
        folder=settings.BEFFROI_COG_PATH,
        years=[2026, 2022],
        imported_at=datetime(2026, 11, 23, tzinfo=UTC),
    )
    assert TownPeriod.objects.as_of(NOW).count() == 34_969
    assert TownPeriod.objects.as_of(THEN).count() == 35_049
    assert IntercommunalityPeriod.objects.as_of(NOW).count() == 1_255
    started = perf_counter()
    resolver = load_resolver()
    assert perf_counter() - started < 5
    found = [(code, borne(resolver, code, THEN), borne(resolver, code, NOW)) for code, *_ in CASES]
    assert found == CASES
    assert resolver.resolve("60054", on=THEN) != resolver.resolve("60054", on=NOW)
    carried = living_towns(on=NOW)
    assert all(resolver.lineage.is_living(town, NOW) for town in carried.values())
    check_territories()
