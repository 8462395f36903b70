"""A made-up register: designated towns, what they signed, what they were given."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from beffroi.club.events.models import Meeting
from beffroi.foundations.directory.models import Organisation
from beffroi.foundations.territories.models import Population, Town
from beffroi.offers.calls.models import BrownfieldProject, Call, Edition
from beffroi.programme.agreements.models import Agreement, AgreementKind, Coverage
from beffroi.programme.membership.models import (
    Designation,
    EmployerKind,
    Programme,
    ProjectManagerPost,
    ServedTown,
)
from beffroi.programme.support.models import (
    ExpertiseMission,
    PlannedCommitment,
    RealisedCommitment,
)
from beffroi.progress.actions import freeze_snapshot, publish_snapshot
from beffroi.progress.models import Snapshot
from tests.foundations.territories.factories import make_town

DAY = date(2022, 9, 23)
FROZEN_AT = datetime(2022, 9, 26, 9, 0, tzinfo=UTC)
_numbers = count(1)


def make_programme() -> Programme:
    """The programme, launched on 1 October 2020."""
    fields = {"name": "Petites villes de demain", "launched_on": date(2020, 10, 1)}
    return Programme.objects.update_or_create(code="pvd", defaults=fields)[0]


def make_funder(name: str = "Anah") -> Organisation:
    """A funder, or the one of that name."""
    return Organisation.objects.get_or_create(name=name)[0]


def new_town(department: str = "22", name: str = "Bourg", inhabitants: int | None = None) -> Town:
    """Another town of a département."""
    town = make_town(f"{department}{Town.objects.count() + 1:03}", name=name)
    if inhabitants is not None:
        Population.objects.create(town=town, inhabitants=inhabitants)
    return town


def designate(*towns: Town, **fields: Any) -> None:
    """Let towns into the programme, since its launch."""
    for town in towns:
        Designation.objects.create(**{"programme": make_programme(), "town": town} | fields)


def cover(*towns: Town, **fields: Any) -> Agreement:
    """One agreement, an adhesion signed before DAY, that covers towns."""
    values: dict[str, Any] = {
        "programme": make_programme(),
        "kind": AgreementKind.ADHESION,
        "reference": f"A{next(_numbers)}",
        "signed_on": date(2021, 6, 1),
    }
    agreement = Agreement.objects.create(**values | fields)
    for town in towns:
        Coverage.objects.create(agreement=agreement, town=town)
    return agreement


def make_plan(amount: str = "400.00", funder: str = "Anah") -> PlannedCommitment:
    """What a funder plans, in euros."""
    return PlannedCommitment.objects.create(
        programme=make_programme(), funder=make_funder(funder), amount=Decimal(amount)
    )


def make_commitment(amount: str = "100.00", **fields: Any) -> RealisedCommitment:
    """A decision in euros, dated before DAY."""
    values: dict[str, Any] = {
        "programme": make_programme(),
        "decision_reference": f"D{next(_numbers):04}",
        "funder": make_funder(),
        "decided_on": date(2021, 6, 1),
        "amount": Decimal(amount),
        "beneficiary_name": "Commune",
        "beneficiary_siren": "210000000",
        "purpose": "réhabilitation",
        "form": "aide en numéraire",
        "town": fields.get("town") or new_town(),
    }
    return RealisedCommitment.objects.create(**values | fields)


def make_mission(**fields: Any) -> ExpertiseMission:
    """A mission notified before DAY."""
    values: dict[str, Any] = {
        "programme": make_programme(),
        "reference": f"M{next(_numbers):04}",
        "funder": make_funder(),
        "theme": "mobilités",
        "notified_on": date(2021, 6, 1),
        "amount": Decimal("5000.00"),
        "town": fields.get("town") or new_town(),
    }
    return ExpertiseMission.objects.create(**values | fields)


def make_brownfield(**fields: Any) -> BrownfieldProject:
    """A laureate of one hectare, decided before DAY."""
    call, _ = Call.objects.get_or_create(code="fonds-friches", defaults={"name": "Fonds friches"})
    values: dict[str, Any] = {
        "edition": Edition.objects.get_or_create(call=call, number=1)[0],
        "reference": f"FF-{next(_numbers)}",
        "decided_on": date(2021, 6, 15),
        "area_m2": Decimal("10000.00"),
        "housing_m2": Decimal("500.00"),
        "social_percent": Decimal("40.00"),
        "town": fields.get("town") or new_town(),
    }
    return BrownfieldProject.objects.create(**values | fields)


def open_post(*towns: Town, **fields: Any) -> ProjectManagerPost:
    """One post, open since 2021, that serves towns."""
    values: dict[str, Any] = {
        "programme": make_programme(),
        "reference": f"P{next(_numbers):04}",
        "employer_kind": EmployerKind.TOWN,
        "employer_town": towns[0] if towns else new_town(),
        "started_on": date(2021, 3, 1),
    }
    post = ProjectManagerPost.objects.create(**values | fields)
    for town in towns:
        ServedTown.objects.create(post=post, town=town)
    return post


def make_meeting(**fields: Any) -> Meeting:
    """A meeting of 80 people before DAY."""
    values: dict[str, Any] = {
        "reference": f"RR-{next(_numbers)}",
        "title": "Rencontre régionale",
        "kind": "rencontre régionale",
        "held_on": date(2022, 6, 22),
        "participants": 80,
    }
    return Meeting.objects.create(**values | fields)


def publish_report(
    as_of: date = DAY, *, frozen_at: datetime = FROZEN_AT, **fields: Any
) -> Snapshot:
    """What the register says of a day, frozen and published."""
    snapshot = freeze_snapshot(as_of=as_of, frozen_at=frozen_at, **fields)
    return publish_snapshot(reference=snapshot.reference, published_at=frozen_at)
