"""Record decisions to give money, one or thousands at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from beffroi.foundations.audit.actions import Authorship, record_written
from beffroi.foundations.upsert import Written, upsert
from beffroi.programme.membership.models import Programme
from beffroi.programme.support.models import RealisedCommitment

from .decisive_steps import follow_decisions


@dataclass(frozen=True, slots=True)
class CommitmentRecord:
    """One decision, in euros. `town_id` is the place of the project."""

    decision_reference: str
    funder_id: int
    decided_on: date
    amount: Decimal
    beneficiary_name: str
    beneficiary_siren: str
    purpose: str
    form: str
    town_id: int


_KEY = "decision_reference"
_FIELDS = [name for name in CommitmentRecord.__dataclass_fields__ if name != _KEY]


@transaction.atomic
def record_commitments(
    *, programme: Programme, records: Sequence[CommitmentRecord], by: Authorship
) -> list[Written[RealisedCommitment]]:
    """Record each decision as committed, or bring it to what the record says; each reference comes
    once. The state of a known decision is left alone. Says what was done, in order."""
    written = upsert(
        RealisedCommitment.objects.filter(programme=programme),
        [_row(programme, record) for record in records],
        key=[_KEY],
        fields=_FIELDS,
    )
    record_written(verb="record_commitments", written=written, by=by)
    moved = [item.row.pk for item in written if {"amount", "decided_on"} & item.differences.keys()]
    follow_decisions(moved, verb="record_commitments", by=by)
    return written


def _row(programme: Programme, record: CommitmentRecord) -> RealisedCommitment:
    values = {name: getattr(record, name) for name in (_KEY, *_FIELDS)}
    return RealisedCommitment(programme=programme, **values)
