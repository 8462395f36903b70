"""How `adhesions`, `conventions-cadre` and `contrats-securite` are read."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import QuerySet

from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.dates import format_date
from beffroi.foundations.imports.bounds import Bounds, Held
from beffroi.foundations.imports.cells import CellRemark, Cells
from beffroi.foundations.imports.changes import (
    Difference,
    RowChange,
    Shown,
    as_days,
    as_intercommunalities,
    as_yes_or_no,
    day_in_words,
    row_changes,
)
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
from beffroi.programme.agreements.models import Agreement, AgreementKind
from beffroi.programme.agreements.queries import adhesions_signed, security_signed
from beffroi.programme.agreements.rules import reference_of_town
from beffroi.programme.membership.actions import DesignationRecord, designate_towns
from beffroi.programme.membership.queries import followed_programme, group_references

_DESIGNATION_SHOWN = {
    "group_id": Shown("id_pvd", group_references),
    "ended_on": Shown("date_sortie", as_days),
}
_AGREEMENT_SHOWN = {
    "signed_on": Shown("date_signature", as_days),
    "counts_as_ort": Shown("vaut_ort", as_yes_or_no),
    "intercommunality_id": Shown("siren_epci", as_intercommunalities),
}


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

    def read(cells: Cells) -> AdhesionRow:
        signed_on = cells.optional_day("date_signature")
        ended_on = cells.optional_day("date_sortie")
        if signed_on and ended_on and ended_on < signed_on:
            reason = "la sortie précède la signature : corrigez l’une des deux dates"
            cells.refuse("date_sortie", reason)
        return AdhesionRow(
            town_id=_designated_town(cells, signed_on, programme.launched_on, designated),
            group_reference=cells.text("id_pvd", longest=40),
            signed_on=signed_on,
            ended_on=ended_on,
            code=cells.town_code("insee_com"),
        )

    return read


def _designated_town(
    cells: Cells, signed_on: date | None, launched_on: date, designated: Container[int]
) -> int:
    """At the day of the signature; without one, the town that is, or was first, designated."""
    if signed_on:
        return cells.town("insee_com", on=signed_on, label="lib_com")
    return cells.undated_town("insee_com", since=launched_on, label="lib_com", known=designated)


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


def _write_adhesions(rows: Sequence[AdhesionRow], by: Authorship) -> list[RowChange]:
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
    signatures = changes_by_row(
        (
            (agreement, record.town_ids[0])
            for record, agreement in zip(records, signed, strict=True)
        ),
        _AGREEMENT_SHOWN,
    )
    by_town = {
        record.town_ids[0]: (record, told) for record, told in zip(records, signatures, strict=True)
    }
    return [
        _one_change(designation, *by_town.get(row.town_id, (None, None)))
        for row, designation in zip(
            rows, row_changes(designations, _DESIGNATION_SHOWN), strict=True
        )
    ]


def _one_change(
    designation: RowChange, record: AgreementRecord | None, signature: RowChange | None
) -> RowChange:
    """A row of `adhesions` is two rows of the register: the town's place, and its signature."""
    if record is None or signature is None or designation.change is Change.CREATED:
        return designation
    differences = designation.differences + signature.differences
    if signature.change is Change.CREATED:
        differences += (Difference("date_signature", "", day_in_words(record.signed_on)),)
    is_same = designation.change is signature.change is Change.UNCHANGED
    return RowChange(Change.UNCHANGED if is_same else Change.UPDATED, differences)


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


def _write_frameworks(rows: Sequence[FrameworkRow], by: Authorship) -> list[RowChange]:
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
        record.reference: agreement for record, agreement in zip(records, signed, strict=True)
    }
    return changes_by_row(
        ((by_reference[row.reference], row.town_id) for row in rows), _AGREEMENT_SHOWN
    )


def _known_frameworks() -> QuerySet[Agreement]:
    rows = Agreement.objects.filter(programme=followed_programme())
    return rows.filter(kind=AgreementKind.FRAMEWORK)


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


def _write_security(rows: Sequence[SecurityRow], by: Authorship) -> list[RowChange]:
    programme = followed_programme()
    known = security_signed(programme)
    unknown = [row for row in rows if known.get((row.town_id, row.kind)) != row.signed_on]
    records = [
        AgreementRecord(row.kind, reference_of_town(row.town_id), row.signed_on, (row.town_id,))
        for row in unknown
    ]
    signed = sign_agreements(programme=programme, records=records, by=by)
    changes = changes_by_row(
        ((agreement, row.town_id) for row, agreement in zip(unknown, signed, strict=True)),
        _AGREEMENT_SHOWN,
    )
    by_key = {(row.town_id, row.kind): change for row, change in zip(unknown, changes, strict=True)}
    return [by_key.get((row.town_id, row.kind), RowChange(Change.UNCHANGED)) for row in rows]


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
        bounds=Bounds(column="insee_com", town=lambda row: row.town_id),
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
        bounds=Bounds(
            column="insee_com",
            town=lambda row: row.town_id,
            held=Held(_known_frameworks, "reference", lambda row: row.reference, "coverages__town"),
        ),
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
        bounds=Bounds(column="insee_com", town=lambda row: row.town_id),
    ),
)
