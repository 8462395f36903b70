"""How `adhesions`, `conventions-cadre` and `contrats-securite` are read."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.dates import format_date
from beffroi.foundations.imports.cells import CellRemark, Cells
from beffroi.foundations.imports.declarations import Document, FollowUpFile, register
from beffroi.foundations.imports.documents import changes_by_row, group_by
from beffroi.foundations.upsert import Change
from beffroi.programme.agreements.actions import AgreementRecord, sign_agreements
from beffroi.programme.agreements.exports import (
    export_adhesions,
    export_frameworks,
    export_security,
)
from beffroi.programme.agreements.follow_up_columns import (
    ADHESIONS,
    FRAMEWORKS,
    SECURITY,
    SECURITY_CONTRACTS,
    YES_OR_NO,
)
from beffroi.programme.agreements.models import AgreementKind
from beffroi.programme.agreements.queries import adhesions_signed, security_signed
from beffroi.programme.agreements.rules import reference_of_town
from beffroi.programme.membership.actions import DesignationRecord, designate_towns
from beffroi.programme.membership.queries import followed_programme


@dataclass(frozen=True, slots=True)
class AdhesionRow:
    """A designated town, and the day its adhesion agreement was signed."""

    town_id: int
    group_reference: str
    signed_on: date | None
    ended_on: date | None
    code: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class FrameworkRow:
    """A framework agreement and one of the towns it covers."""

    reference: str
    signed_on: date
    counts_as_ort: bool
    intercommunality_id: int
    town_id: int


@dataclass(frozen=True, slots=True)
class SecurityRow:
    """A town's security contract of one kind."""

    town_id: int
    kind: AgreementKind
    signed_on: date
    code: str = field(default="", compare=False)


def _open_adhesions() -> Callable[[Cells], AdhesionRow]:
    programme = followed_programme()
    designated = frozenset(programme.designations.values_list("town_id", flat=True))
    return lambda cells: _read_adhesion(cells, designated)


def _read_adhesion(cells: Cells, designated: Container[int]) -> AdhesionRow:
    """Without a date, the code of a town that ended stays that town's where it is designated."""
    signed_on, ended_on = cells.optional_day("date_signature"), cells.optional_day("date_sortie")
    if signed_on and ended_on and ended_on < signed_on:
        cells.refuse("date_sortie", "la sortie précède la signature")
    return AdhesionRow(
        town_id=cells.town(
            "insee_com",
            on=signed_on or cells.today,
            label="lib_com",
            known=() if signed_on else designated,
        ),
        group_reference=cells.text("id_pvd", longest=40),
        signed_on=signed_on,
        ended_on=ended_on,
        code=cells.town_code("insee_com"),
    )


def _one_adhesion(first: AdhesionRow, other: AdhesionRow) -> AdhesionRow | None:
    """Of two towns that became one: its first signature; it is in while either of them is."""
    if first.code == other.code:
        return None
    exits = [row.ended_on for row in (first, other) if row.ended_on]
    return replace(
        first,
        group_reference=first.group_reference or other.group_reference,
        signed_on=min(filter(None, (first.signed_on, other.signed_on)), default=None),
        ended_on=max(exits) if all((first.ended_on, other.ended_on)) else None,
    )


def _write_adhesions(rows: Sequence[AdhesionRow], by: Authorship) -> list[Change]:
    programme = followed_programme()
    # A signature may already be known through an agreement of several towns.
    known = adhesions_signed(programme)
    designations = designate_towns(
        programme=programme,
        records=[DesignationRecord(row.town_id, row.group_reference, row.ended_on) for row in rows],
        by=by,
    )
    records = [
        AgreementRecord(
            AgreementKind.ADHESION, reference_of_town(row.town_id), row.signed_on, (row.town_id,)
        )
        for row in rows
        if row.signed_on and known.get(row.town_id) != row.signed_on
    ]
    signed = sign_agreements(programme=programme, records=records, by=by)
    is_same = {
        record.town_ids[0]: agreement.change is Change.UNCHANGED and not agreement.new_town_ids
        for record, agreement in zip(records, signed, strict=True)
    }
    return [
        Change.UPDATED
        if designation is Change.UNCHANGED and not is_same.get(row.town_id, True)
        else designation
        for row, designation in zip(rows, designations, strict=True)
    ]


def _signatures_kept(rows: Sequence[AdhesionRow]) -> Mapping[int, CellRemark]:
    """Rows without the signature that the register knows: a file never unsigns a document."""
    known = adhesions_signed(followed_programme())
    return {
        position: CellRemark(
            "date_signature",
            "",
            f"la signature du {format_date(known[row.town_id])} reste au registre : "
            "une reprise n’efface pas un acte signé",
        )
        for position, row in enumerate(rows)
        if row.signed_on is None and row.town_id in known
    }


def _read_framework(cells: Cells) -> FrameworkRow:
    signed_on = cells.day("date_signature")
    return FrameworkRow(
        reference=cells.key("numero", longest=60),
        signed_on=signed_on,
        counts_as_ort=cells.choice("vaut_ort", YES_OR_NO, stand_in=False),
        intercommunality_id=cells.intercommunality("siren_epci"),
        town_id=cells.town("insee_com", on=signed_on, label="lib_com"),
    )


def _framework_says(row: FrameworkRow) -> Document:
    says = {
        "date_signature": row.signed_on,
        "vaut_ort": row.counts_as_ort,
        "siren_epci": row.intercommunality_id,
    }
    return Document(row.reference, says)


def _write_frameworks(rows: Sequence[FrameworkRow], by: Authorship) -> list[Change]:
    records = [
        AgreementRecord(
            kind=AgreementKind.FRAMEWORK,
            reference=reference,
            signed_on=covered[0].signed_on,
            town_ids=tuple(row.town_id for row in covered),
            counts_as_ort=covered[0].counts_as_ort,
            intercommunality_id=covered[0].intercommunality_id,
        )
        for reference, covered in group_by(rows, lambda row: row.reference).items()
    ]
    signed = sign_agreements(programme=followed_programme(), records=records, by=by)
    by_reference = {
        record.reference: (agreement.change, agreement.new_town_ids)
        for record, agreement in zip(records, signed, strict=True)
    }
    return changes_by_row((*by_reference[row.reference], row.town_id) for row in rows)


def _read_security(cells: Cells) -> SecurityRow:
    signed_on = cells.day("date_signature")
    return SecurityRow(
        town_id=cells.town("insee_com", on=signed_on, label="lib_com"),
        kind=cells.choice("type_contrat", SECURITY, AgreementKind.SECURITY),
        signed_on=signed_on,
        code=cells.town_code("insee_com"),
    )


def _one_contract(first: SecurityRow, other: SecurityRow) -> SecurityRow | None:
    """Of two towns that became one: the contract that was signed first."""
    if first.code == other.code:
        return None
    return replace(first, signed_on=min(first.signed_on, other.signed_on))


def _write_security(rows: Sequence[SecurityRow], by: Authorship) -> list[Change]:
    programme = followed_programme()
    known = security_signed(programme)
    unknown = [row for row in rows if known.get((row.town_id, row.kind)) != row.signed_on]
    records = [
        AgreementRecord(row.kind, reference_of_town(row.town_id), row.signed_on, (row.town_id,))
        for row in unknown
    ]
    signed = sign_agreements(programme=programme, records=records, by=by)
    changes = changes_by_row(
        (agreement.change, agreement.new_town_ids, row.town_id)
        for row, agreement in zip(unknown, signed, strict=True)
    )
    by_key = {(row.town_id, row.kind): change for row, change in zip(unknown, changes, strict=True)}
    return [by_key.get((row.town_id, row.kind), Change.UNCHANGED) for row in rows]


register(
    FollowUpFile(
        name="adhesions",
        label="communes désignées et conventions d’adhésion",
        order=10,
        described=ADHESIONS,
        key_column="insee_com",
        open=_open_adhesions,
        key=lambda row: row.town_id,
        write=_write_adhesions,
        export=export_adhesions,
        merge=_one_adhesion,
        remarks=_signatures_kept,
    ),
    FollowUpFile(
        name="conventions-cadre",
        label="conventions-cadre",
        order=20,
        described=FRAMEWORKS,
        key_column="numero",
        open=lambda: _read_framework,
        key=lambda row: (row.reference, row.town_id),
        write=_write_frameworks,
        export=export_frameworks,
        document=_framework_says,
        needs_intercommunalities=True,
    ),
    FollowUpFile(
        name="contrats-securite",
        label="contrats de sécurité",
        order=40,
        described=SECURITY_CONTRACTS,
        key_column="insee_com",
        open=lambda: _read_security,
        key=lambda row: (row.town_id, row.kind),
        write=_write_security,
        export=export_security,
        merge=_one_contract,
    ),
)
