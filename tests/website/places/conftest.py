"""A small country with a programme in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from beffroi.foundations.territories.models import Population, Town
from tests.foundations.territories.factories import make_intercommunality, make_region, make_town
from tests.progress.factories import designate


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def dinan() -> Town:
    """Dinan, followed, in its EPCI, département and région."""
    town = make_town("22050", name="Dinan")
    make_region("53", "Bretagne", {"22": "Côtes-d’Armor", "29": "Finistère"})
    make_intercommunality("200068989", "Dinan Agglomération", town)
    Population.objects.create(town=town, inhabitants=14_000)
    designate(town)
    return town
