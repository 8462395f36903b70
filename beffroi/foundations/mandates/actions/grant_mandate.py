"""Give a person a reach, and take it back on a day."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.actions import Authorship, record_changes
from beffroi.foundations.directory.models import Organisation
from beffroi.foundations.mandates.models import Mandate, MandateKind
from beffroi.foundations.territories.models import Department, Region

Place = Region | Department | Organisation | None


class BackwardMandate(ValueError):
    """The mandate would end before it starts."""


@transaction.atomic
def grant_mandate(*, user: User, place: Place, started_on: date, by: Authorship) -> Mandate:
    """Let a person act in a place from a day on; no place stands for the whole country.

    A mandate in force for the same place is given back as it is.
    """
    kind = _kind(place)
    columns = {"region": None, "department": None, "organisation": None}
    if place is not None:
        columns[_COLUMNS[kind]] = place  # type: ignore[assignment]
    in_force = Q(ended_on__isnull=True) | Q(ended_on__gt=started_on)
    known = Mandate.objects.filter(in_force, user=user, kind=kind, **columns).first()
    if known:
        return known
    mandate = Mandate.objects.create(user=user, kind=kind, started_on=started_on, **columns)
    told = {"kind": (None, mandate.kind), "place": (None, str(place or MandateKind.NATIONAL.label))}
    record_changes(verb="grant_mandate", rows=[(mandate, told)], by=by)
    return mandate


@transaction.atomic
def end_mandate(*, mandate: Mandate, ended_on: date, by: Authorship) -> Mandate:
    """Take a reach back from a day on. Raises BackwardMandate."""
    if ended_on < mandate.started_on:
        raise BackwardMandate
    before, mandate.ended_on = mandate.ended_on, ended_on
    mandate.save(update_fields=["ended_on"])
    rows = [(mandate, {"ended_on": (before, ended_on)})]
    record_changes(verb="end_mandate", rows=rows, by=by)
    return mandate


_COLUMNS = {
    MandateKind.REGION: "region",
    MandateKind.DEPARTMENT: "department",
    MandateKind.ORGANISATION: "organisation",
}


def _kind(place: Place) -> MandateKind:
    if isinstance(place, Region):
        return MandateKind.REGION
    if isinstance(place, Department):
        return MandateKind.DEPARTMENT
    return MandateKind.ORGANISATION if place is not None else MandateKind.NATIONAL
