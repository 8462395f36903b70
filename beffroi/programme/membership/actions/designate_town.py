"""Give one town its place in a programme, and say what calls for attention."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from beffroi.foundations.audit.actions import Authorship, as_new, record_changes
from beffroi.foundations.dates import format_date
from beffroi.foundations.territories.queries import population_of
from beffroi.programme.membership.models import Designation, Programme, TownGroup
from beffroi.programme.membership.queries import designations_on
from beffroi.programme.membership.rules import DesignationRemark, are_apart, designation_remarks


class AlreadyDesignated(ValueError):
    """The town has a place in the programme during that period."""

    def __init__(self, designation: Designation) -> None:
        self.designation = designation
        since = designation.started_on or designation.programme.launched_on
        super().__init__(
            f"Cette commune est déjà désignée dans le programme depuis le {format_date(since)}"
            + (
                f", jusqu’au {format_date(designation.ended_on)}."
                if designation.ended_on
                else "\u202f; mettez d’abord fin à cette désignation."
            )
        )


class BeforeLaunch(ValueError):
    """The programme did not exist yet."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        super().__init__(f"Le programme a été lancé le {format_date(programme.launched_on)}.")


@dataclass(frozen=True, slots=True)
class Designated:
    """A designation, and what a person should know of it."""

    designation: Designation
    remarks: tuple[DesignationRemark, ...]
    inhabitants: int | None
    other_programmes: tuple[Programme, ...]


@transaction.atomic
def designate_town(
    *,
    programme: Programme,
    town_id: int,
    started_on: date,
    group_reference: str = "",
    by: Authorship,
) -> Designated:
    """Let a town into a programme from a day on; one that left may come back.

    A town too populous for the programme, or in another one that day, is let in and remarked upon.
    Raises AlreadyDesignated, BeforeLaunch.
    """
    Programme.objects.select_for_update().get(pk=programme.pk)
    check_free(programme, town_id, started_on, None)
    group = find_group(programme, group_reference)
    row = Designation.objects.create(
        programme=programme, town_id=town_id, group=group, started_on=started_on
    )
    told = as_new(row, "town_id", "group_id", "started_on")
    record_changes(verb="designate_town", rows=[(row, told)], by=by)
    others = designations_on(started_on).filter(town_id=town_id).exclude(programme=programme)
    other_programmes = tuple(other.programme for other in others.select_related("programme"))
    inhabitants = population_of([town_id], on=started_on).get(town_id)
    remarks = designation_remarks(
        inhabitants=inhabitants,
        largest_population=programme.largest_population,
        other_programmes=[other.code for other in other_programmes],
    )
    return Designated(row, tuple(remarks), inhabitants, other_programmes)


def check_free(
    programme: Programme,
    town_id: int,
    started_on: date | None,
    ended_on: date | None,
    *,
    but: int | None = None,
) -> None:
    """Raises AlreadyDesignated where the town has a place on one of these days, BeforeLaunch."""
    if started_on and started_on < programme.launched_on:
        raise BeforeLaunch(programme)
    wanted = (started_on or programme.launched_on, ended_on)
    rows = Designation.objects.filter(programme=programme, town_id=town_id)
    for row in rows.select_related("programme"):
        period = (row.started_on or programme.launched_on, row.ended_on)
        if row.pk != but and not are_apart(wanted, period):
            raise AlreadyDesignated(row)


def find_group(programme: Programme, reference: str) -> TownGroup | None:
    """The programme's group of that reference, made where it does not exist; None for no name."""
    if not reference.strip():
        return None
    return TownGroup.objects.get_or_create(programme=programme, reference=reference.strip())[0]
