"""Everything that the next person on a post needs to know, on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain

from django.db.models import Q

from beffroi.foundations.dates import format_date
from beffroi.foundations.desk.queries import ActInWords
from beffroi.foundations.mandates.models import Mandate, MandateKind
from beffroi.foundations.mandates.queries import Scope
from beffroi.foundations.territories.queries import departments_on
from beffroi.programme.membership.models import ProjectManagerPost
from beffroi.programme.membership.permissions import visible_posts
from beffroi.programme.membership.queries import ceiling_of, served_on, whole_posts
from beffroi.programme.membership.rules import Ceiling
from beffroi.register.sheets.queries import (
    AgreementLine,
    BrownfieldLine,
    DecisionLine,
    MissionLine,
    PostLine,
    TownLink,
    TownOutOfReach,
    TownSheet,
    histories,
    read_sheet,
    town_links,
)
from beffroi.register.sheets.rules import ClockState

from .rules import TownFacts, first_steps

_ACTS = 12
_TO_PAY = {"announced", "programmed", "committed"}


class PostOutOfReach(Exception):
    """No such post, or none that this person reaches: the two are not told apart."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something that runs out, as a French sentence without a full stop."""

    day: date
    sentence: str
    is_past: bool


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to call, and in what capacity."""

    name: str
    capacity: str
    address: str


@dataclass(frozen=True, slots=True)
class Handover:
    """The facts about a post on a day. `sheets` are those of the towns that the person reaches;
    `other_towns` are served too, and only named. Amounts are euros."""

    as_of: date
    post_id: int
    reference: str
    programme: str
    line: PostLine | None
    annual_cost: Decimal | None
    ceiling: Ceiling
    sheets: tuple[TownSheet, ...]
    other_towns: tuple[TownLink, ...]
    deadlines: tuple[Deadline, ...]
    agreements: tuple[AgreementLine, ...]
    to_pay: tuple[DecisionLine, ...]
    to_pay_count: int
    to_pay_amount: Decimal
    missions: tuple[MissionLine, ...]
    laureates: tuple[BrownfieldLine, ...]
    contacts: tuple[Contact, ...]
    steps: tuple[str, ...]
    changes: tuple[ActInWords, ...]


def read_handover(*, post_id: int, as_of: date, scope: Scope) -> Handover:
    """The handover of a post for a person who reaches one of its towns. Raises PostOutOfReach."""
    post = whole_posts(visible_posts(scope)).filter(pk=post_id).first()
    if post is None:
        raise PostOutOfReach(post_id)
    served = served_on(post, as_of=as_of) or [row.town_id for row in post.served_towns.all()]
    sheets = _sheets(served, as_of, scope)
    reached = {sheet.identity.town_id for sheet in sheets}
    line = next((line for sheet in sheets for line in sheet.posts if line.pk == post_id), None)
    agreements = _once(chain.from_iterable(sheet.agreements for sheet in sheets))
    to_pay = [
        decision
        for sheet in sheets
        for decision in sheet.money.decisions
        if decision.state in _TO_PAY
    ]
    waiting = [
        total for sheet in sheets for total in sheet.money.by_state if total.state in _TO_PAY
    ]
    count = sum(total.number for total in waiting)
    amount = sum((total.amount for total in waiting), Decimal(0))
    officers = list(_officers(sheets, as_of))
    fundings = [funding for funding in post.fundings.all() if funding.year == as_of.year]
    return Handover(
        as_of=as_of,
        post_id=post.pk,
        reference=post.reference,
        programme=post.programme.name,
        line=line,
        annual_cost=post.annual_cost,
        ceiling=ceiling_of(post, year=as_of.year, fundings=fundings),
        sheets=tuple(sheets),
        other_towns=tuple(
            link for link in town_links(served, as_of=as_of) if link.town_id not in reached
        ),
        deadlines=tuple(_deadlines(post, sheets, agreements, as_of)),
        agreements=tuple(sorted(agreements, key=lambda one: one.signed_on, reverse=True)),
        to_pay=tuple(sorted(to_pay, key=lambda one: one.reached_on, reverse=True)),
        to_pay_count=count,
        to_pay_amount=amount,
        missions=tuple(chain.from_iterable(sheet.missions.lines for sheet in sheets)),
        laureates=tuple(chain.from_iterable(sheet.brownfields for sheet in sheets)),
        contacts=(*_holders(sheets, post), *officers, *_partners(sheets)),
        steps=tuple(
            first_steps(
                towns=[_facts(sheet) for sheet in sheets],
                is_holder_known=line is not None and line.holder is not None,
                unsigned=_unsigned(agreements),
                to_pay=count,
                to_pay_amount=amount,
                officers=len(officers),
            )
        ),
        changes=tuple(histories(sheets, limit=_ACTS)),
    )


def _sheets(town_ids: Iterable[int], as_of: date, scope: Scope) -> list[TownSheet]:
    sheets: dict[int, TownSheet] = {}
    for town_id in town_ids:
        try:
            sheet = read_sheet(town_id=town_id, as_of=as_of, scope=scope)
        except TownOutOfReach:
            continue
        heirs = sheet.identity.heirs
        if not sheet.identity.is_living and len(heirs) == 1:
            with suppress(TownOutOfReach):  # the heir of a merger may lie in another area
                sheet = read_sheet(town_id=heirs[0].town_id, as_of=as_of, scope=scope)
        sheets[sheet.identity.town_id] = sheet
    return sorted(sheets.values(), key=lambda sheet: sheet.identity.name)


def _once(lines: Iterable[AgreementLine]) -> list[AgreementLine]:
    return list({line.pk: line for line in lines}.values())


def _deadlines(
    post: ProjectManagerPost, sheets: list[TownSheet], agreements: list[AgreementLine], on: date
) -> list[Deadline]:
    found = [
        Deadline(
            sheet.clock.due_on,
            f"Convention-cadre de {sheet.identity.name}",
            sheet.clock.state is ClockState.LATE,
        )
        for sheet in sheets
        if sheet.clock.due_on and sheet.clock.state in {ClockState.RUNNING, ClockState.LATE}
    ]
    found += [
        Deadline(line.ended_on, f"Fin, {line.kind_label} {line.number}".strip(), is_past=False)
        for line in agreements
        if line.ended_on and line.ended_on >= on
    ]
    if post.ended_on:
        sentence = f"Fin du poste {post.reference}"
        found.append(Deadline(post.ended_on, sentence, is_past=post.ended_on < on))
    return sorted(found, key=lambda deadline: deadline.day)


def _holders(sheets: list[TownSheet], post: ProjectManagerPost) -> Iterator[Contact]:
    """Who holds this post, and the other posts that serve the same towns."""
    lines = {line.pk: line for sheet in sheets for line in sheet.open_posts}
    for line in lines.values():
        if line.holder:
            since = format_date(line.holder.since)
            role = "Titulaire du poste" if line.pk == post.pk else f"Poste {line.reference}"
            address = ", ".join(filter(None, (line.holder.email, line.holder.phone)))
            yield Contact(line.holder.name, f"{role}, depuis le {since}", address)


def _officers(sheets: list[TownSheet], on: date) -> Iterator[Contact]:
    """The accounts with a mandate in force on the départements or régions of the towns."""
    departments = {sheet.identity.department_code for sheet in sheets}
    regions = {sheet.identity.region_code for sheet in sheets}
    names = departments_on(on)
    rows = Mandate.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=on),
        Q(department__code__in=departments) | Q(region__code__in=regions),
        kind__in=(MandateKind.DEPARTMENT, MandateKind.REGION),
        started_on__lte=on,
        user__is_active=True,
    )
    seen = set()
    for row in rows.select_related("user", "department", "region").order_by("kind", "pk"):
        if row.user_id not in seen:
            seen.add(row.user_id)
            place = names.get(row.department.code, ("",))[0] if row.department else ""
            if row.region:
                place = next((n[2] for n in names.values() if n[1] == row.region.code), "")
            yield Contact(str(row.user), f"Agent de l’État, {place}", row.user.email)


def _partners(sheets: list[TownSheet]) -> Iterator[Contact]:
    epci = {(s.identity.epci_name, s.identity.epci_siren) for s in sheets if s.identity.epci_name}
    for name, siren in sorted(epci):
        yield Contact(name, "Intercommunalité", f"SIREN {siren}")
    funders = {line.funder for sheet in sheets for line in sheet.money.by_funder}
    funders |= {line.funder for sheet in sheets for line in sheet.missions.lines}
    for name in sorted(funders):
        yield Contact(name, "Financeur", "")


def _unsigned(agreements: list[AgreementLine]) -> list[str]:
    """The agreements that a party has not signed yet, as a sentence names them."""
    return [
        f"{line.kind_label}{f' n° {line.number}' if line.number else ''}"
        for line in agreements
        if any(party.signed_on is None for party in line.parties)
    ]


def _facts(sheet: TownSheet) -> TownFacts:
    open_clock = sheet.clock.state in {ClockState.RUNNING, ClockState.LATE}
    return TownFacts(
        name=sheet.identity.name,
        has_adhesion=sheet.clock.adhesion_on is not None,
        due_on=sheet.clock.due_on if open_clock else None,
        is_late=sheet.clock.state is ClockState.LATE,
        is_up_to_date=sheet.freshness.is_up_to_date,
        is_reached=bool(sheet.missions.count or sheet.money.committed or sheet.meetings),
    )
