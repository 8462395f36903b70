"""How `missions`, `engagements-previsionnels` and `engagements` are read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.directory.queries import (
    Funders,
    OtherFunder,
    UnknownFunder,
    load_funders,
    organisation_names,
)
from beffroi.foundations.folding import fold
from beffroi.foundations.imports.bounds import Bounds, Held
from beffroi.foundations.imports.cells import EMPTY, Cells
from beffroi.foundations.imports.changes import (
    RowChange,
    Shown,
    as_days,
    as_euros,
    as_text,
    as_towns,
    row_changes,
)
from beffroi.foundations.imports.declarations import FollowUpFile, register
from beffroi.foundations.imports.rules import bare_code, read_siren
from beffroi.programme.membership.queries import followed_programme
from beffroi.programme.support.actions import (
    CommitmentRecord,
    MissionRecord,
    PlanRecord,
    plan_commitments,
    record_commitments,
    record_missions,
)
from beffroi.programme.support.exports import (
    export_commitments,
    export_missions,
    export_plans,
)
from beffroi.programme.support.follow_up_columns import COMMITMENTS, MISSIONS, PLANS
from beffroi.programme.support.models import ExpertiseMission, RealisedCommitment
from beffroi.programme.support.rules import is_beneficiary_number

_PLAN_SHOWN = {"amount": Shown("montant", as_euros)}
_MISSION_SHOWN = {
    "town_id": Shown("insee_com", as_towns),
    "funder_id": Shown("financeur", organisation_names),
    "theme": Shown("theme", as_text),
    "notified_on": Shown("date_notification", as_days),
    "amount": Shown("montant", as_euros),
}
_COMMITMENT_SHOWN = {
    "funder_id": Shown("nomAttribuant", organisation_names),
    "decided_on": Shown("dateConvention", as_days),
    "amount": Shown("montant", as_euros),
    "beneficiary_name": Shown("nomBeneficiaire", as_text),
    "beneficiary_siren": Shown("idBeneficiaire", as_text),
    "purpose": Shown("objet", as_text),
    "form": Shown("nature", as_text),
    "town_id": Shown("insee_com", as_towns),
}


def _open_missions() -> Callable[[Cells], MissionRecord]:
    funders = load_funders()

    def read(cells: Cells) -> MissionRecord:
        notified_on = cells.day("date_notification")
        return MissionRecord(
            reference=cells.key("id_mission", longest=60),
            town_id=cells.town("insee_com", on=notified_on),
            funder_id=cells.read("financeur", lambda name: funders.named(name).pk, 0),
            theme=cells.text("theme", longest=200),
            notified_on=notified_on,
            amount=cells.euros("montant", digits=14),
        )

    return read


def _open_plans() -> Callable[[Cells], PlanRecord]:
    funders = load_funders()

    def read(cells: Cells) -> PlanRecord:
        return PlanRecord(
            funder_id=cells.read("financeur", lambda name: funders.named(name).pk, 0),
            amount=cells.euros("montant", digits=16),
        )

    return read


def _open_commitments() -> Callable[[Cells], CommitmentRecord]:
    funders = load_funders()

    def read(cells: Cells) -> CommitmentRecord:
        decided_on = cells.day("dateConvention")
        return CommitmentRecord(
            decision_reference=cells.key("referenceDecision", longest=100),
            funder_id=_funder(cells, funders),
            decided_on=decided_on,
            amount=cells.euros("montant", digits=16),
            beneficiary_name=cells.key("nomBeneficiaire", longest=300),
            beneficiary_siren=_beneficiary(cells),
            purpose=cells.text("objet", longest=500),
            form=cells.text("nature", longest=200),
            town_id=cells.town("insee_com", on=decided_on),
        )

    return read


def _funder(cells: Cells, funders: Funders) -> int:
    """By SIREN, else by name; a name unknown for a known SIREN is noted."""
    name, is_numbered = cells["nomAttribuant"], bool(cells["idAttribuant"])
    siren = cells.read("idAttribuant", read_siren, "") if is_numbered else ""
    if not name and not is_numbered:
        cells.refuse("nomAttribuant", EMPTY)
    if not siren and (is_numbered or not name):
        return 0
    try:
        funder = funders.identified(siren=siren, name=name)
    except (UnknownFunder, OtherFunder) as refusal:
        cells.refuse("idAttribuant" if siren else "nomAttribuant", str(refusal))
        return 0
    if name and fold(name) != fold(funder.name):
        cells.note("nomAttribuant", f"reconnu par son SIREN : {funder.name}")
    return funder.pk


def _beneficiary(cells: Cells) -> str:
    """A SIREN, a SIRET, the number of an association, or nothing for a person."""
    number = bare_code(cells["idBeneficiaire"])
    if number and not is_beneficiary_number(number):
        reason = (
            "identifiant illisible, attendu : 9 chiffres (SIREN), 14 (SIRET) ou W et 9 chiffres"
        )
        cells.refuse("idBeneficiaire", reason)
    return number


def _write_missions(records: Sequence[MissionRecord], by: Authorship) -> list[RowChange]:
    written = record_missions(programme=followed_programme(), records=records, by=by)
    return row_changes(written, _MISSION_SHOWN)


def _write_plans(records: Sequence[PlanRecord], by: Authorship) -> list[RowChange]:
    written = plan_commitments(programme=followed_programme(), records=records, by=by)
    return row_changes(written, _PLAN_SHOWN)


def _write_commitments(records: Sequence[CommitmentRecord], by: Authorship) -> list[RowChange]:
    written = record_commitments(programme=followed_programme(), records=records, by=by)
    return row_changes(written, _COMMITMENT_SHOWN)


register(
    FollowUpFile(
        name="engagements-previsionnels",
        label="engagements prévisionnels",
        order=50,
        described=PLANS,
        key_column="financeur",
        open=_open_plans,
        key=lambda record: record.funder_id,
        write=_write_plans,
        export=export_plans,
        bounds=Bounds(column="financeur", organisation=lambda record: record.funder_id),
        needs_towns=False,
    ),
    FollowUpFile(
        name="missions",
        label="missions d’expertise",
        order=60,
        described=MISSIONS,
        key_column="id_mission",
        open=_open_missions,
        key=lambda record: record.reference,
        write=_write_missions,
        export=export_missions,
        bounds=Bounds(
            column="insee_com",
            town=lambda record: record.town_id,
            organisation=lambda record: record.funder_id,
            held=Held(
                lambda: ExpertiseMission.objects.filter(programme=followed_programme()),
                key="reference",
                of=lambda record: record.reference,
                organisation="funder",
            ),
        ),
    ),
    FollowUpFile(
        name="engagements",
        label="engagements réalisés",
        order=70,
        described=COMMITMENTS,
        key_column="referenceDecision",
        open=_open_commitments,
        key=lambda record: record.decision_reference,
        write=_write_commitments,
        export=export_commitments,
        bounds=Bounds(
            column="insee_com",
            town=lambda record: record.town_id,
            organisation=lambda record: record.funder_id,
            held=Held(
                lambda: RealisedCommitment.objects.filter(programme=followed_programme()),
                key="decision_reference",
                of=lambda record: record.decision_reference,
                organisation="funder",
            ),
        ),
    ),
)
