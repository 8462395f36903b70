"""A small country with a programme in it, and everything that is published of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.cache import cache
from time_machine import travel

from beffroi.foundations.territories.models import Population, Town
from beffroi.programme.agreements.models import AgreementKind
from beffroi.programme.membership.models import PostHolder, TownGroup
from beffroi.progress.actions import freeze_snapshot, publish_snapshot
from tests.foundations.territories.factories import make_intercommunality, make_region, make_town
from tests.progress.factories import (
    DAY,
    cover,
    designate,
    make_brownfield,
    make_commitment,
    make_funder,
    make_meeting,
    make_mission,
    make_programme,
    open_post,
)

TODAY = datetime(2022, 10, 3, 12, 0, tzinfo=UTC)
HOLDER = "Maëlys Kerguelen"
ADDRESS = "maelys.kerguelen@mairie.example"
PHONE = "02 96 00 11 22"
GIVEN_TO = "Corentin Le Guennec"


@pytest.fixture(autouse=True)
def _one_day() -> Iterator[None]:
    cache.clear()
    with travel(TODAY, tick=False):
        yield
    cache.clear()


@pytest.fixture
def register(_one_day: None) -> Town:
    """Dinan, with one row of every kind, a published report, and people whose names stay here."""
    town = make_town("22050", name="Dinan")
    make_region("53", "Bretagne", {"22": "Côtes-d’Armor"})
    make_intercommunality("200068989", "CA Dinan Agglomération", town)
    Population.objects.create(town=town, inhabitants=14_045)
    group = TownGroup.objects.create(programme=make_programme(), reference="pvd-53-22-1")
    designate(town, group=group)
    cover(town)
    cover(town, kind=AgreementKind.FRAMEWORK, reference="CC-1", counts_as_ort=True)
    cover(town, kind=AgreementKind.SECURITY, reference="S-1")
    funder = make_funder("Anah")
    make_commitment("4607.73", town=town, funder=funder, decision_reference="PVD1")
    make_commitment(
        "900.00",
        town=town,
        funder=funder,
        decision_reference="PVD2",
        beneficiary_name=GIVEN_TO,
        beneficiary_siren="",
        purpose="logement",
    )
    make_mission(town=town)
    make_brownfield(town=town, housing_m2=Decimal("2150.50"))
    make_meeting()
    post = open_post(town)
    PostHolder.objects.create(
        post=post, name=HOLDER, email=ADDRESS, phone=PHONE, started_on=date(2021, 3, 1)
    )
    snapshot = freeze_snapshot(as_of=DAY, frozen_at=TODAY)
    publish_snapshot(reference=snapshot.reference, published_at=TODAY)
    return town
