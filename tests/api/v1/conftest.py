"""A small country with a row of everything, published reports and a letter, on one day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.core.cache import caches
from time_machine import travel

from beffroi.api.v1.operations.indicators import opened
from beffroi.foundations.territories.models import Population, Town
from beffroi.programme.agreements.models import AgreementKind
from beffroi.programme.membership.models import PostHolder
from beffroi.progress.actions import freeze_snapshot
from tests.foundations.territories.factories import make_intercommunality, make_region, make_town
from tests.newsletter.issues.factories import every_kind, make_issue, section
from tests.progress.factories import (
    DAY,
    cover,
    designate,
    make_brownfield,
    make_commitment,
    make_meeting,
    make_mission,
    make_plan,
    open_post,
    publish_report,
)

TODAY = datetime(2022, 10, 3, 12, 0, tzinfo=UTC)
REFERENCE = "2022-09-23-national-r1"
UNPUBLISHED = "2022-08-31-national-r1"
HOLDER = "Maëlys Kerguelen"
ADDRESS = "maelys.kerguelen@mairie.example"
PHONE = "02 96 00 11 22"
GIVEN_TO = "Corentin Le Guennec"
PUBLISHER = "Yannig Trémel"


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    """Caches as empty as on a machine just started."""
    _forget()
    yield
    _forget()


def _forget() -> None:
    for name in ("default", "limits"):
        caches[name].clear()
    opened.cache_clear()


@pytest.fixture
def one_day() -> Iterator[None]:
    """The day is known."""
    with travel(TODAY, tick=False):
        yield


@pytest.fixture
def register(one_day: None) -> Town:  # noqa: ARG001
    """Dinan, with one row of every kind, and people whose names stay here."""
    town = make_town("22050", name="Dinan")
    make_region("53", "Bretagne", {"22": "Côtes-d’Armor", "35": "Ille-et-Vilaine"})
    make_intercommunality("200068989", "Dinan Agglomération", town)
    Population.objects.create(town=town, inhabitants=14_045)
    designate(town)
    cover(town)
    cover(town, kind=AgreementKind.FRAMEWORK, reference="CC-1", counts_as_ort=True)
    make_plan("1000000.00")
    make_commitment("4607.73", town=town)
    person = {"beneficiary_name": GIVEN_TO, "beneficiary_siren": ""}
    make_commitment("900.00", town=town, **person)
    make_mission(town=town)
    make_brownfield(town=town)
    make_meeting(reference="RR-held")
    make_meeting(reference="RR-announced", held_on=date(2022, 11, 15), participants=None)
    post = open_post(town)
    PostHolder.objects.create(
        post=post, name=HOLDER, email=ADDRESS, phone=PHONE, started_on=date(2021, 3, 1)
    )
    publish_report(DAY, frozen_at=TODAY)
    publish_report(DAY, frozen_at=TODAY, territory="dep:22")
    freeze_snapshot(as_of=date(2022, 8, 31), frozen_at=TODAY)
    return town


@pytest.fixture
def letter(register: Town) -> int:  # noqa: ARG001
    """A published issue with an item of every kind, and one that is still a draft."""
    frozen = {"snapshot": REFERENCE, "indicator": "active_towns", "text": "<p>Un chiffre.</p>"}
    people = {"lines": [{"role": "Rédaction", "names": PUBLISHER}]}
    body = [*every_kind(colophon=people), section(("key_figure", frozen))]
    issue = make_issue(17, body=body)
    make_issue(18, live=False)
    return int(issue.number)
