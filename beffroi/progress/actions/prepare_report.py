"""Begin a report: its day, its territory, its foreword."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.actions import record_act
from beffroi.foundations.territories.queries import find_territory

from ..models import Preparation
from ..queries import BeforeLaunch, get_programme, last_revision
from .freeze_snapshot import lock_reports, refuse_the_future
from .preparing import refuse_a_second, refuse_out_of_reach
from .revise_snapshot import RevisionNeedsReason


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a report is to be: `territory` as `national`, `dep:22`, `reg:53`, `epci:…`; `reason` for
    a day and territory that have a frozen report already."""

    as_of: date
    territory: str = "national"
    foreword: str = ""
    reason: str = ""


@transaction.atomic
def prepare_report(*, wanted: Wanted, prepared_by: User, prepared_at: datetime) -> Preparation:
    """Open a preparation; nothing is measured yet.

    Raises NoProgramme, DayNotReached, BeforeLaunch, UnknownTerritory, AlreadyInPreparation,
    RevisionNeedsReason, and PermissionDenied for a territory out of the person's reach.
    """
    refuse_the_future(wanted.as_of, prepared_at)
    lock_reports()
    programme = get_programme()
    if wanted.as_of < programme.launched_on:
        raise BeforeLaunch(wanted.as_of, programme.launched_on)
    place = find_territory(wanted.territory, on=wanted.as_of)
    territory = str(place)
    refuse_out_of_reach(prepared_by, territory, on=wanted.as_of)
    refuse_a_second(programme.pk, wanted.as_of, territory)
    last = last_revision(programme=programme, as_of=wanted.as_of, territory=territory)
    if last and not wanted.reason.strip():
        raise RevisionNeedsReason(last.reference)
    preparation = Preparation.objects.create(
        programme=programme,
        as_of=wanted.as_of,
        territory=territory,
        territory_name=place.name,
        foreword=wanted.foreword.strip(),
        reason=wanted.reason.strip() if last else "",
        prepared_by=prepared_by,
        prepared_at=prepared_at,
    )
    record_act(
        verb="prepare_report",
        target=preparation,
        at=prepared_at,
        actor=prepared_by,
        reason=preparation.reason,
    )
    return preparation
