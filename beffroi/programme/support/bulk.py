"""What is done to many commitments at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.dates import format_date
from beffroi.foundations.desk.acts import day_field, refusals_in_form
from beffroi.foundations.desk.bulk import BulkAct, BulkForm, Difference
from beffroi.programme.support.actions import StepRecord, advance_commitment, cancel_commitment
from beffroi.programme.support.forms import EVIDENCE_HELP
from beffroi.programme.support.models import MoneyState, RealisedCommitment


class _AdvanceForm(BulkForm):
    state = forms.ChoiceField(label="État", choices=MoneyState.choices, initial=MoneyState.PAID)
    reached_on = day_field("Atteint le")
    evidence = forms.CharField(label="Pièce justificative", max_length=300, help_text=EVIDENCE_HELP)


class _CancelForm(BulkForm):
    cancelled_on = day_field("Annulés le")


def _advance_told(row: RealisedCommitment, entered: Mapping[str, Any]) -> Iterator[Difference]:
    if row.state != entered["state"]:
        new = MoneyState(entered["state"]).label
        yield Difference(
            "État", row.get_state_display(), f"{new} le {format_date(entered['reached_on'])}"
        )


def _advance(
    rows: Sequence[RealisedCommitment], entered: Mapping[str, Any], by: Authorship
) -> None:
    """Each for its own amount; one refusal stops all and names its row."""
    for row in rows:
        step = StepRecord(
            state=MoneyState(entered["state"]),
            reached_on=entered["reached_on"],
            amount=row.amount,
            evidence=entered["evidence"],
        )
        try:
            with refusals_in_form():
                advance_commitment(commitment=row, step=step, by=by)
        except ValidationError as refused:
            words = " ".join(refused.messages)
            raise ValidationError(f"{row}\u00a0: {words}") from refused


def _cancel_told(row: RealisedCommitment, entered: Mapping[str, Any]) -> Iterator[Difference]:
    if row.cancelled_on != entered["cancelled_on"]:
        old = format_date(row.cancelled_on) if row.cancelled_on else "—"
        yield Difference("Annulé le", old, format_date(entered["cancelled_on"]))


def _cancel(rows: Sequence[RealisedCommitment], entered: Mapping[str, Any], by: Authorship) -> None:
    for row in rows:
        with refusals_in_form():
            cancel_commitment(commitment=row, cancelled_on=entered["cancelled_on"], by=by)


def _cancel_undone(
    pairs: Sequence[tuple[RealisedCommitment, Mapping[str, Any]]], by: Authorship
) -> None:
    for row, old in pairs:
        known = old.get("cancelled_on")
        cancelled_on = date.fromisoformat(known) if known else None
        with refusals_in_form():
            cancel_commitment(commitment=row, cancelled_on=cancelled_on, by=by)


ADVANCE = BulkAct(
    name="etat",
    label="Faire avancer",
    verb="advance_commitment",
    form_class=_AdvanceForm,
    preview=_advance_told,
    write=_advance,
)
CANCEL = BulkAct(
    name="annuler",
    label="Annuler des engagements",
    verb="cancel_commitment",
    form_class=_CancelForm,
    preview=_cancel_told,
    write=_cancel,
    undo=_cancel_undone,
)
