"""The agreements of the programme."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import P, PathEx, Query, Router

from beffroi.programme.agreements.models import Agreement, AgreementKind, Coverage, Party
from beffroi.programme.agreements.rules import is_made_up
from beffroi.progress.memory import register_state

from ..asked import bound_asked, day_field, place_asked, text_field
from ..door import tag
from ..paging import Asked, Listed, paginated
from ..problems import missing
from ..queries import (
    AgreementsWanted,
    Names,
    agreement_signed,
    agreements_signed,
    coverages_of,
    names_around,
)
from ..schemas import AgreementDetail, AgreementInList
from ..written import api_address

router = Router(tags=["Conventions"])


class KindAsked(StrEnum):
    """The kinds of agreements."""

    ANY = ""
    ADHESION = AgreementKind.ADHESION.value
    FRAMEWORK = AgreementKind.FRAMEWORK.value
    SECURITY = AgreementKind.SECURITY.value
    INTEGRATED_SECURITY = AgreementKind.INTEGRATED_SECURITY.value


class AgreementsAsked(Asked):
    """What the list of agreements may be asked."""

    type: KindAsked = text_field("Type de convention.", example="framework")
    departement: str = text_field("Code du département des communes couvertes.", example="22")
    signee_depuis: str = day_field("Signée ce jour-là ou après.")
    signee_jusqu_au: str = day_field("Signée ce jour-là ou avant.")


@router.get(
    "/conventions",
    response=Listed[AgreementInList],
    url_name="list_agreements",
    operation_id="list_agreements",
    summary="Les conventions signées",
)
def list_agreements(
    request: HttpRequest, response: HttpResponse, asked: Query[AgreementsAsked]
) -> Any:
    """Les conventions du programme signées à ce jour, de la plus ancienne à la plus récente, avec
    les communes que chacune couvre ou a couvertes."""
    today = timezone.localdate()
    department = asked.departement and place_asked(f"dep:{asked.departement}", on=today)
    wanted = AgreementsWanted(
        kind=asked.type,
        department=department or None,
        signed_from=bound_asked(asked.signee_depuis),
        signed_to=bound_asked(asked.signee_jusqu_au),
    )
    tag(request, response, today, register_state())
    rows, around = paginated(request, response, agreements_signed(wanted, on=today), asked)
    covered = coverages_of(rows)
    towns = {one.town_id for coverages in covered.values() for one in coverages}
    names = names_around(rows, town_ids=towns, on=today)
    return {**around, "results": [_listed(row, covered.get(row.pk, []), names) for row in rows]}


@router.get(
    "/conventions/{id}",
    response=AgreementDetail,
    url_name="read_agreement",
    operation_id="read_agreement",
    summary="Une convention",
)
def read_agreement(
    request: HttpRequest,
    response: HttpResponse,
    id: PathEx[  # noqa: A002
        int, P(description="Numéro de la convention, donné par la liste.", examples=[1])
    ],
) -> Any:
    """Une convention\u00a0: son type, sa date, les communes qu’elle couvre, ses signataires par
    leur qualité, ses avenants."""
    today = timezone.localdate()
    tag(request, response, today, register_state())
    row = agreement_signed(id, on=today)
    if row is None:
        raise missing(f"Aucune convention ne porte l’identifiant {id}.")
    covered, parties = list(row.coverages.all()), list(row.parties.all())
    towns = {one.town_id for one in covered} | {one.town_id for one in parties if one.town_id}
    groups = [one.intercommunality_id for one in parties]
    names = names_around([row], town_ids=towns, epci_ids=groups, on=today)
    return {
        **_listed(row, covered, names),
        "parties": [_party(party, names) for party in parties],
        "amendments": [
            {"number": one.number, "signed_on": one.signed_on, "purpose": one.purpose}
            for one in row.amendments.all()
            if one.signed_on <= today
        ],
    }


def _listed(row: Agreement, covered: list[Coverage], names: Names) -> dict[str, Any]:
    return {
        "id": row.pk,
        "kind": row.kind,
        "kind_label": row.get_kind_display(),
        "number": "" if is_made_up(row.reference) else row.reference,
        "signed_on": row.signed_on,
        "ended_on": row.ended_on,
        "counts_as_ort": row.counts_as_ort,
        "intercommunality": names.intercommunalities.get(row.intercommunality_id or 0, ""),
        "towns": [_covered(one, row.signed_on, names) for one in covered],
        "api": api_address("conventions", row.pk),
    }


def _covered(one: Coverage, signed_on: date, names: Names) -> dict[str, Any]:
    label = names.towns[one.town_id]
    return {
        "code": label.code,
        "name": label.name,
        "api": api_address("communes", label.code),
        "since": one.added_by.signed_on if one.added_by else signed_on,
        "until": one.removed_by.signed_on if one.removed_by else None,
    }


def _party(party: Party, names: Names) -> dict[str, Any]:
    return {
        "capacity": party.get_capacity_display(),
        "name": _who(party, names),
        "signed_on": party.signed_on,
    }


def _who(party: Party, names: Names) -> str:
    if party.town_id:
        return names.towns[party.town_id].name
    if party.intercommunality_id:
        return names.intercommunalities.get(party.intercommunality_id, "")
    if party.department:
        return names.departments.get(party.department.code, ("",))[0]
    if party.region:
        regions = {code: name for _, code, name in names.departments.values()}
        return regions.get(party.region.code, "")
    return party.organisation.name if party.organisation else ""
