"""What stands beside the sheet of a town: its whole money, its trail, its bare name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
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

from .lines import DecisionLine, TownLink
from .money import decision_line, decisions_of
from .names import Names
from .sheet import TownSheet
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
    return histories([sheet], limit=_ACTS)


def histories(sheets: Sequence[TownSheet], *, limit: int) -> list[ActInWords]:
    """The latest acts on the rows of several sheets, in words."""
    keys: defaultdict[type[Model], set[str]] = defaultdict(set)
    for sheet in sheets:
        keys[Town].add(str(sheet.identity.town_id))
        for model, lines in _rows_of(sheet):
            keys[model] |= {str(line.pk) for line in lines}
    wanted = Q(pk__in=[])
    for model, known in keys.items():
        wanted |= Q(target_type=model._meta.label_lower, target_key__in=known)  # noqa: SLF001
    acts = AuditEntry.objects.filter(wanted).select_related("actor").order_by("-at", "-pk")
    on = max((sheet.as_of for sheet in sheets), default=None)
    return acts_in_words(list(acts[:limit]), on=on)


def _rows_of(sheet: TownSheet) -> Iterator[tuple[type[Model], Iterable[Any]]]:
    yield Designation, sheet.memberships
    yield Agreement, sheet.agreements
    yield ProjectManagerPost, sheet.posts
    yield RealisedCommitment, sheet.money.decisions
    yield ExpertiseMission, sheet.missions.lines
    yield BrownfieldProject, sheet.brownfields


def town_links(town_ids: Iterable[int], *, as_of: date) -> list[TownLink]:
    """Towns as they are written on a day, by name. One query."""
    labels = town_labels(town_ids, on=as_of)
    links = [TownLink(pk, label.code, label.name) for pk, label in labels.items()]
    return sorted(links, key=lambda town: (town.name, town.code))
