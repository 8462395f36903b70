"""A register of 1,600 real towns and 100,000 made-up rows, written straight into the tables."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.utils import timezone

from beffroi.club.events.models import Attendance, Meeting
from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.models import AuditEntry
from beffroi.foundations.directory.models import Organisation
from beffroi.foundations.territories.actions import import_cog
from beffroi.foundations.territories.models import Region, Town, TownPeriod
from beffroi.offers.calls.models import BrownfieldProject, Call, Edition
from beffroi.programme.agreements.models import Agreement, AgreementKind, Coverage
from beffroi.programme.membership.models import (
    Designation,
    Programme,
    ProjectManagerPost,
    ServedTown,
)
from beffroi.programme.support.models import (
    ExpertiseMission,
    PlannedCommitment,
    RealisedCommitment,
)

TOWNS = 1600
COMMITMENTS, MISSIONS, MEETINGS, ATTENDANCES, BROWNFIELDS, POSTS = (
    84_000,
    6_000,
    200,
    3_000,
    500,
    900,
)
ACTS = 20_000
VINTAGE = 2022
_DAY = date(2021, 1, 1)
_AT_ONCE = 50_000


def fill_register(*, commitments: int = COMMITMENTS) -> list[int]:
    """Fill an empty database, with so many decisions of funders; give the keys of the towns."""
    if not Town.objects.exists():
        import_cog(folder=settings.BEFFROI_COG_PATH, imported_at=timezone.now(), years=[VINTAGE])
    draw = Random(17)  # noqa: S311
    living = TownPeriod.objects.filter(valid_to__isnull=True).order_by("code")
    every = list(living.values_list("town_id", flat=True))
    towns = sorted(draw.sample(every, TOWNS))
    programme = Programme.objects.get(code="pvd")
    _membership(draw, programme, towns)
    _agreements(draw, programme, towns)
    _support(draw, programme, towns)
    add_commitments(towns, count=commitments)
    _club_and_calls(draw, towns)
    _trail(draw)
    return towns


def _store(rows: Iterable[Model]) -> list[Any]:
    made = list(rows)
    return list(type(made[0])._default_manager.bulk_create(made, batch_size=2000))  # noqa: SLF001


def _day(draw: Random) -> date:
    return _DAY + timedelta(days=draw.randrange(1800))


def _membership(draw: Random, programme: Programme, towns: list[int]) -> None:
    _store(Designation(programme=programme, town_id=pk, started_on=_DAY) for pk in towns)
    posts = _store(
        ProjectManagerPost(
            programme=programme,
            reference=f"P{number}",
            employer_kind="commune",
            employer_town_id=draw.choice(towns),
            started_on=_day(draw),
        )
        for number in range(POSTS)
    )
    _store(ServedTown(post=draw.choice(posts), town_id=pk) for pk in towns)


def _agreements(draw: Random, programme: Programme, towns: list[int]) -> None:
    signed = _store(
        Agreement(programme=programme, kind=kind, reference=f"{kind}-{pk}", signed_on=_day(draw))
        for kind in (AgreementKind.ADHESION, AgreementKind.FRAMEWORK)
        for pk in towns
    )
    _store(Coverage(agreement=one, town_id=int(one.reference.rsplit("-", 1)[1])) for one in signed)


def _support(draw: Random, programme: Programme, towns: list[int]) -> None:
    funders = list(Organisation.objects.filter(is_funder=True))
    _store(
        PlannedCommitment(programme=programme, funder=funder, amount=Decimal(10**8))
        for funder in funders
    )
    _store(
        ExpertiseMission(
            programme=programme,
            reference=f"M{number:05}",
            town_id=draw.choice(towns),
            funder=draw.choice(funders),
            theme="commerce",
            notified_on=_day(draw),
            amount=Decimal(10_000),
        )
        for number in range(MISSIONS)
    )


def add_commitments(towns: list[int], *, count: int) -> None:
    """Add so many decisions to those that the register holds, a part at a time."""
    programme = Programme.objects.get(code="pvd")
    funders = list(Organisation.objects.filter(is_funder=True))
    first = RealisedCommitment.objects.count()
    draw = Random(first)  # noqa: S311
    for start in range(first, first + count, _AT_ONCE):
        _store(
            RealisedCommitment(
                programme=programme,
                decision_reference=f"D{number:06}",
                funder=draw.choice(funders),
                decided_on=_day(draw),
                amount=Decimal(draw.randrange(10**7)) / 100,
                beneficiary_name=f"Commune n° {number}",
                beneficiary_siren="",
                purpose="Réhabilitation de la halle",
                form="subvention",
                town_id=draw.choice(towns),
            )
            for number in range(start, min(start + _AT_ONCE, first + count))
        )


def _club_and_calls(draw: Random, towns: list[int]) -> None:
    regions = list(Region.objects.all())
    meetings = _store(
        Meeting(
            reference=f"R{number}",
            title=f"Rencontre {number}",
            kind="rencontre régionale",
            held_on=_day(draw),
            region=draw.choice(regions),
            participants=draw.randrange(200),
        )
        for number in range(MEETINGS)
    )
    came = {(draw.choice(meetings).pk, draw.choice(towns)) for _ in range(ATTENDANCES)}
    _store(Attendance(meeting_id=meeting, town_id=town) for meeting, town in sorted(came))
    fund, _ = Call.objects.get_or_create(code="fonds-friches", defaults={"name": "Fonds friches"})
    editions = [Edition.objects.get_or_create(call=fund, number=rank)[0] for rank in (1, 2, 3)]
    _store(
        BrownfieldProject(
            reference=f"F{number}",
            edition=draw.choice(editions),
            town_id=draw.choice(towns),
            decided_on=_day(draw),
            area_m2=Decimal(5000),
            housing_m2=Decimal(800),
            social_percent=Decimal(40),
        )
        for number in range(BROWNFIELDS)
    )


def _trail(draw: Random) -> None:
    author = User.objects.create_user("auteur@mesure.example")
    label = RealisedCommitment._meta.label_lower  # noqa: SLF001
    keys = list(RealisedCommitment.objects.values_list("pk", flat=True))
    _store(
        AuditEntry(
            at=timezone.now() - timedelta(minutes=number),
            actor=author,
            verb="record_commitments",
            target_type=label,
            target_key=str(draw.choice(keys)),
            target="D",
            changes={"amount": ["1.00", "2.00"], "town_id": [1, 2]},
        )
        for number in range(ACTS)
    )
