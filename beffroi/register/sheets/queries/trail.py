"""What stands beside the sheet of a town: its whole money, its trail, its bare name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Model, Q

from beffroi.foundations.audit.models import AuditEntry
from beffroi.foundations.desk.queries import ActInWords, acts_in_words
from beffroi.foundations.mandates.queries import Scope, rows_within
from beffroi.foundations.territories.models import Town
from beffroi.foundations.territories.queries import town_family, town_labels
from beffroi.offers.calls.models import BrownfieldProject
from beffroi.programme.agreements.models import Agreement
from beffroi.programme.membership.models import Designation, ProjectManagerPost
from beffroi.programme.support.models import ExpertiseMission, RealisedCommitment

from .lines import DecisionLine
from .names import Names
from .sheet import TownSheet
from .support import decision_line, decisions_of
from .town import TownOutOfReach

_ACTS = 200


class MoneyPages:
    """The decisions of a town as a paginator asks for them: counted, then a slice at a time."""

    def __init__(self, town_id: int, *, as_of: date) -> None:
        family = town_family(town_id, on=as_of)
        self.rows = decisions_of(family)
        self.names = Names(family, {}, {}, {})

    def __len__(self) -> int:
        return self.rows.count()

    def __getitem__(self, wanted: slice) -> list[DecisionLine]:
        return [decision_line(row, self.names) for row in self.rows[wanted]]


def money_pages(town_id: int, *, as_of: date) -> MoneyPages:
    """Every decision for a town by a day, latest first, for a paginator."""
    return MoneyPages(town_id, as_of=as_of)


def town_name(town_id: int, *, as_of: date, scope: Scope) -> str:
    """A town as it is written on a day, for a person who reaches it. Raises TownOutOfReach."""
    if not rows_within(Town.objects.filter(pk=town_id), scope, town="pk").exists():
        raise TownOutOfReach(town_id)
    return str(town_labels([town_id], on=as_of).get(town_id, ""))


def sheet_history(sheet: TownSheet) -> list[ActInWords]:
    """The latest acts on the rows of a sheet, in words."""
    rows: Mapping[type[Model], Iterable[Any]] = {
        Designation: sheet.memberships,
        Agreement: sheet.agreements,
        ProjectManagerPost: sheet.posts,
        RealisedCommitment: sheet.money.decisions,
        ExpertiseMission: sheet.missions.lines,
        BrownfieldProject: sheet.brownfields,
    }
    wanted = Q(target_type=Town._meta.label_lower, target_key=str(sheet.identity.town_id))  # noqa: SLF001
    for model, lines in rows.items():
        keys = [str(line.pk) for line in lines]
        wanted |= Q(target_type=model._meta.label_lower, target_key__in=keys)  # noqa: SLF001
    acts = AuditEntry.objects.filter(wanted).select_related("actor").order_by("-at", "-pk")
    return acts_in_words(list(acts[:_ACTS]), on=sheet.as_of)
