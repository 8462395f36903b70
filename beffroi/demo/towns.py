"""The real communes that the made-up programme stands on."""

from __future__ import annotations

from datetime import date

from beffroi.foundations.territories.models import (
    IntercommunalityMembership,
    Population,
    TownPeriod,
)

from .follow_up_files import TownFacts


def town_facts(*, on: date) -> list[TownFacts]:
    """Every commune that lives on that day, with its inhabitants and its EPCI (empty if none)."""
    people = dict(Population.objects.as_of(on).values_list("town_id", "inhabitants"))
    epci = dict(
        IntercommunalityMembership.objects.as_of(on).values_list(
            "town_id", "intercommunality__siren"
        )
    )
    return [
        TownFacts(code, name, people.get(town_id, 0), epci.get(town_id, ""))
        for town_id, code, name in TownPeriod.objects.as_of(on)
        .order_by("code")
        .values_list("town_id", "code", "name")
    ]
