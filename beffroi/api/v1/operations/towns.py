"""The towns of the programme."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import P, PathEx, Query, Router, Schema

from beffroi.foundations.dates import format_date
from beffroi.foundations.territories.models import CentralityLevel
from beffroi.foundations.territories.queries import spell_out
from beffroi.progress.memory import register_state
from beffroi.register.sheets.queries import (
    AgreementLine,
    EventKind,
    Money,
    TownSheet,
    matches,
)
from beffroi.register.sheets.rules import FrameworkClock

from ..asked import AS_OF, LONG, day_asked, day_field, place_asked, text_field
from ..door import tag
from ..paging import Asked, Listed, paginated
from ..problems import Problem, missing
from ..queries import Member, NoSuchTown, members_on, sheet_of
from ..schemas import TownDetail, TownInList
from ..written import api_address, euros, successors_json, town_page

router = Router(tags=["Communes"])


class StandingAsked(StrEnum):
    """How far towns have come."""

    ANY = ""
    NOTHING = "nothing"
    ADHESION = "adhesion"
    FRAMEWORK = "framework"
    ORT = "ort"


class TownsAsked(Asked):
    """What the list of towns may be asked."""

    au: str = day_field(AS_OF)
    departement: str = text_field("Code du département.", example="22")
    region: str = text_field("Code de la région.", example="53")
    epci: str = text_field("Numéro SIREN de l’intercommunalité.", example="200068989")
    q: str = text_field(
        "Nom, même ancien, ou début d’un code de commune.", example="dinan", longest=LONG
    )
    statut: StandingAsked = text_field("Étape la plus avancée de la commune.", example="framework")


class TownAsked(Schema):
    """What one town may be asked."""

    au: str = day_field(AS_OF)


@router.get(
    "/communes",
    response=Listed[TownInList],
    url_name="list_towns",
    operation_id="list_towns",
    summary="Les communes du programme",
)
def list_towns(request: HttpRequest, response: HttpResponse, asked: Query[TownsAsked]) -> Any:
    """Les communes qui sont dans le programme à la date demandée, par ordre alphabétique."""
    on, state = day_asked(asked.au), register_state()
    tag(request, response, on, state)
    found = list(_wanted(members_on(on, state=state), asked, on))
    members, around = paginated(request, response, found, asked)
    return {**around, "results": [_listed(member) for member in members]}


@router.get(
    "/communes/{code}",
    response=TownDetail,
    url_name="read_town",
    operation_id="read_town",
    summary="Une commune",
)
def read_town(
    request: HttpRequest,
    response: HttpResponse,
    code: PathEx[str, P(description="Code INSEE de la commune à la date.", examples=["22050"])],
    asked: Query[TownAsked],
) -> Any:
    """Ce que le registre dit d’une commune à une date\u00a0: son identité, ses anciens codes et
    noms, son appartenance au programme, ses conventions, l’argent engagé, les missions, les
    lauréats. Une commune fusionnée ou scindée répond 404 et nomme, dans « successors »,
    celles qui la continuent à cette date."""
    on, state = day_asked(asked.au), register_state()
    tag(request, response, on, state)
    try:
        return _detailed(sheet_of(code, on=on, state=state))
    except NoSuchTown as unknown:
        raise _unknown(unknown, on) from unknown


def _wanted(members: Iterable[Member], asked: TownsAsked, on: date) -> Iterable[Member]:
    areas = {"dep": asked.departement, "reg": asked.region, "epci": asked.epci}
    codes = {
        kind: place_asked(f"{kind}:{code}", on=on).code for kind, code in areas.items() if code
    }
    name = spell_out(asked.q)
    for member in members:
        line = member.line
        own = {"dep": line.department_code, "reg": line.region_code, "epci": line.epci_siren}
        if any(own[kind] != code for kind, code in codes.items()):
            continue
        if asked.q and not (name and matches(line, name)):
            continue
        if asked.statut and asked.statut != _standing(line.clock, is_ort=line.is_ort):
            continue
        yield member


def _standing(clock: FrameworkClock, *, is_ort: bool) -> str:
    if is_ort:
        return StandingAsked.ORT
    if clock.framework_on:
        return StandingAsked.FRAMEWORK
    return StandingAsked.ADHESION if clock.adhesion_on else StandingAsked.NOTHING


def _listed(member: Member) -> dict[str, Any]:
    line = member.line
    return {
        **_placed(line),
        **_path(line.clock, is_ort=line.is_ort),
        "population": member.population,
        "centrality": CentralityLevel(member.centrality).label
        if member.centrality is not None
        else None,
        "missions": line.missions,
        "committed": euros(line.committed),
        "api": api_address("communes", line.code),
    }


def _placed(place: Any) -> dict[str, Any]:
    """The identity of a town, from its line or from its sheet."""
    epci = {"code": place.epci_siren, "name": place.epci_name}
    return {
        "code": place.code,
        "name": place.name,
        "department": {"code": place.department_code, "name": place.department_name},
        "region": {"code": place.region_code, "name": place.region_name},
        "epci": epci if place.epci_siren else None,
        "page": town_page(place.code),
    }


def _path(clock: FrameworkClock, *, is_ort: bool) -> dict[str, Any]:
    return {
        "standing": _standing(clock, is_ort=is_ort),
        "adhesion_signed_on": clock.adhesion_on,
        "framework_due_on": clock.due_on,
        "framework_signed_on": clock.framework_on,
    }


def _detailed(sheet: TownSheet) -> dict[str, Any]:
    who = sheet.identity
    return {
        **_placed(who),
        **_path(sheet.clock, is_ort=sheet.is_ort),
        "as_of": sheet.as_of,
        "is_member": sheet.is_followed,
        "population": who.population,
        "centrality": who.centrality or None,
        "former_names": [name._asdict() for name in who.former_names],
        "former_towns": [name._asdict() for name in who.former_towns],
        "memberships": sheet.memberships,
        "agreements": [_agreement(line) for line in sheet.agreements],
        "money": _money(sheet.money),
        "missions": _missions(sheet),
        "laureates": [_laureate(line) for line in sheet.brownfields],
        "meetings": sheet.meetings,
        "timeline": [
            event._asdict() for event in sheet.timeline if event.kind is not EventKind.POST
        ],
    }


def _agreement(line: AgreementLine) -> dict[str, Any]:
    return {
        "id": line.pk,
        "kind": line.kind,
        "kind_label": line.kind_label,
        "number": line.number,
        "signed_on": line.signed_on,
        "counts_as_ort": line.counts_as_ort,
        "covered_since": line.covered_since,
        "left_on": line.left_on,
        "ended_on": line.ended_on,
        "towns": [
            {"code": town.code, "name": town.name, "api": api_address("communes", town.code)}
            for town in line.towns
        ],
        "api": api_address("conventions", line.pk),
    }


def _money(money: Money) -> dict[str, Any]:
    return {
        "committed": euros(money.committed),
        "decisions": money.count,
        "by_state": [
            {
                "state": line.state,
                "label": line.label,
                "decisions": line.number,
                "amount": euros(line.amount),
            }
            for line in money.by_state
        ],
        "by_funder": [
            {"funder": line.funder, "decisions": line.number, "amount": euros(line.total)}
            for line in money.by_funder
        ],
    }


def _missions(sheet: TownSheet) -> dict[str, Any]:
    latest = [
        {
            "reference": line.reference,
            "theme": line.theme,
            "funder": line.funder,
            "notified_on": line.notified_on,
            "amount": euros(line.amount),
        }
        for line in sheet.missions.lines
    ]
    missions = sheet.missions
    return {"count": missions.count, "amount": euros(missions.amount), "latest": latest}


def _laureate(line: Any) -> dict[str, Any]:
    return {
        "reference": line.reference,
        "edition": line.edition,
        "decided_on": line.decided_on,
        "area_m2": euros(line.area_m2),
        "housing_m2": euros(line.housing_m2),
    }


def _unknown(unknown: NoSuchTown, on: date) -> Problem:
    day = format_date(on)
    if not unknown.heirs:
        return missing(
            f"Aucune commune ne porte le code «\u00a0{unknown.code[:20]}\u00a0» au {day}."
        )
    names = ", ".join(map(str, unknown.heirs))
    return missing(
        f"La commune {unknown.code} n’existe pas au {day}\u00a0: adressez-vous à {names}.",
        successors=successors_json(unknown.heirs),
    )
