"""What the API reads for itself: the followed towns of a day, agreements, letters, meetings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from beffroi.club.events.models import Meeting
from beffroi.foundations.mandates.queries import NATIONAL
from beffroi.foundations.territories.models import (
    CentralityLevel,
    FormerCode,
    RegionPeriod,
    TownPeriod,
)
from beffroi.foundations.territories.queries import (
    Territory,
    TownLabel,
    centrality_of,
    departments_on,
    intercommunality_names,
    living_towns,
    population_of,
    town_family,
    town_ids_in,
    town_labels,
)
from beffroi.foundations.territories.rules import restore_zero
from beffroi.newsletter.issues.models import IssuePage
from beffroi.programme.agreements.models import Agreement, Coverage
from beffroi.programme.agreements.queries import whole_agreements
from beffroi.programme.membership.models import Programme
from beffroi.progress.memory import remember
from beffroi.progress.queries import NoProgramme, get_programme
from beffroi.register.sheets.queries import TownLine, TownSheet, followed_towns, public_sheet


@dataclass(frozen=True, slots=True)
class Member:
    """A town of the programme on a day."""

    line: TownLine
    population: int | None
    centrality: CentralityLevel | None


def members_on(on: date, *, state: str) -> tuple[Member, ...]:
    """The towns that the followed programme has on a day, by name; read once."""
    return remember("api members", on=on, state=state, read=lambda: _members(on))


def _members(on: date) -> tuple[Member, ...]:
    try:
        programme = get_programme().code
    except NoProgramme:
        return ()
    lines = [
        line for line in followed_towns(scope=NATIONAL, as_of=on) if programme in line.programmes
    ]
    ids = [line.town_id for line in lines]
    people, levels = population_of(ids, on=on), centrality_of(ids, on=on)
    return tuple(Member(line, people.get(line.town_id), levels.get(line.town_id)) for line in lines)


class NoSuchTown(LookupError):
    """No town bears this code on that day; `heirs` are those that stand for the one that did."""

    def __init__(self, code: str, heirs: tuple[TownLabel, ...] = ()) -> None:
        self.code = code
        self.heirs = heirs
        super().__init__(code)


def sheet_of(code: str, *, on: date, state: str) -> TownSheet:
    """What the public may read of the town that bears a code on a day. Raises NoSuchTown."""
    town_id = _bearer(code, on)
    return remember(
        f"api town {town_id}",
        on=on,
        state=state,
        read=lambda: public_sheet(town_id=town_id, as_of=on),
    )


def _bearer(code: str, on: date) -> int:
    wanted, _ = restore_zero(code.strip().upper())
    living = TownPeriod.objects.as_of(on).filter(code=wanted).values_list("town_id", flat=True)
    town_id: int | None = living.first()
    if town_id is None:
        raise NoSuchTown(wanted, heirs_of(wanted, on=on))
    return town_id


def heirs_of(code: str, *, on: date) -> tuple[TownLabel, ...]:
    """The living towns that stand for those that bore a code, at another time."""
    bore = set(TownPeriod.objects.filter(code=code).values_list("town_id", flat=True))
    bore |= set(FormerCode.objects.filter(code=code).values_list("town_id", flat=True))
    heirs = {pk for town_id in bore for pk in town_family(town_id, on=on).heir_ids}
    labels = town_labels(heirs, on=on).values()
    return tuple(sorted(labels, key=lambda label: label.code))


@dataclass(frozen=True, slots=True)
class AgreementsWanted:
    """What is asked of the list of agreements; empty texts and None ask nothing."""

    kind: str = ""
    department: Territory | None = None
    signed_from: date | None = None
    signed_to: date | None = None


def agreements_signed(wanted: AgreementsWanted, *, on: date) -> QuerySet[Agreement]:
    """The agreements of the followed programme that were signed by a day, oldest first."""
    rows = _signed(on)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.signed_from:
        rows = rows.filter(signed_on__gte=wanted.signed_from)
    if wanted.signed_to:
        rows = rows.filter(signed_on__lte=wanted.signed_to)
    if wanted.department:
        towns = town_ids_in(wanted.department, on=on) or frozenset()
        covered = Coverage.objects.filter(town_id__in=_continued(towns, on))
        rows = rows.filter(pk__in=covered.values("agreement_id"))
    return rows.order_by("signed_on", "pk")


def agreement_signed(pk: int, *, on: date) -> Agreement | None:
    """One of them, whole."""
    return whole_agreements(_signed(on).filter(pk=pk)).first()


def _signed(on: date) -> QuerySet[Agreement]:
    try:
        programme: Programme = get_programme()
    except NoProgramme:
        return Agreement.objects.none()
    return Agreement.objects.filter(programme=programme, signed_on__lte=on)


def _continued(towns: Collection[int], on: date) -> frozenset[int]:
    """The towns, with those that ended into them."""
    return frozenset(pk for pk, carrier in living_towns(on=on).items() if carrier in towns)


@dataclass(frozen=True, slots=True)
class Names:
    """How the towns and the EPCI of some agreements are written on a day."""

    towns: dict[int, TownLabel]
    intercommunalities: dict[int, str]
    departments: dict[str, tuple[str, str, str]]


def coverages_of(agreements: Iterable[Agreement]) -> dict[int, list[Coverage]]:
    """The towns of some agreements, by agreement. One query."""
    ids = [agreement.pk for agreement in agreements]
    rows = Coverage.objects.filter(agreement_id__in=ids).select_related("added_by", "removed_by")
    found: defaultdict[int, list[Coverage]] = defaultdict(list)
    for row in rows.order_by("pk"):
        found[row.agreement_id].append(row)
    return dict(found)


def names_around(
    agreements: Iterable[Agreement],
    *,
    town_ids: Iterable[int],
    epci_ids: Iterable[int | None] = (),
    on: date,
) -> Names:
    """The names that some agreements need. Three queries."""
    groups = {agreement.intercommunality_id for agreement in agreements} | set(epci_ids)
    return Names(
        town_labels(town_ids, on=on),
        dict(intercommunality_names([pk for pk in groups if pk], on=on)),
        departments_on(on),
    )


def letters_published() -> QuerySet[IssuePage]:
    """The issues that everybody may read, newest first."""
    found: QuerySet[IssuePage] = IssuePage.objects.live().public()
    return found.order_by("-number")


def letter_published(number: int) -> IssuePage | None:
    """One of them."""
    return letters_published().filter(number=number).first()


def meetings_since(day: date | None) -> QuerySet[Meeting]:
    """The meetings held or announced, the latest first."""
    rows = Meeting.objects.select_related("region").order_by("-held_on", "reference")
    return rows.filter(held_on__gte=day) if day else rows


def region_names(on: date) -> dict[str, str]:
    """Code → name of each région on a day. One query."""
    rows: Iterable[tuple[str, str]] = RegionPeriod.objects.as_of(on).values_list(
        "region__code", "name"
    )
    return dict(rows)
