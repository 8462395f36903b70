"""Freeze one approved letter and its audience into a mailing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from django.db import IntegrityError, transaction

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.actions import record_act

from ..models import LedgerRow, Mailing
from ..rules import (
    ApprovalProof,
    Letter,
    Recipient,
    Refusal,
    approvals_of,
    content_hash,
    is_deliverable,
    release_refusal,
)

_BATCH = 2000
_WORDS = {
    Refusal.MISSING_APPROVAL: "il manque une approbation",
    Refusal.SAME_PERSON: "les deux approbations viennent de la même personne",
    Refusal.OTHER_CONTENT: "les approbations portent sur un autre contenu",
}


class NotApproved(Exception):
    """The letter lacks two approvals of its very content by two people; `refusal` says which."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"L’envoi est refusé : {_WORDS[refusal]}.")
        self.refusal = refusal


class MailingExists(Exception):
    """A mailing of that number was already opened."""

    def __init__(self, number: int) -> None:
        super().__init__(f"L’envoi de la lettre {number} est déjà ouvert.")
        self.number = number


class EmptyAudience(Exception):
    """Nobody would receive the letter."""

    def __init__(self) -> None:
        super().__init__("L’envoi est refusé : le public est vide.")


class MalformedRecipient(Exception):
    """A recipient has no key, or an address or a token that cannot stand in a message."""

    def __init__(self, key: str) -> None:
        super().__init__(f"L’adresse ou le jeton de la personne « {key} » est mal formé.")
        self.key = key


def open_mailing(
    *,
    number: int,
    letter: Letter,
    recipients: Iterable[Recipient],
    proofs: Iterable[ApprovalProof],
    opened_at: datetime,
    opened_by: User | None = None,
) -> Mailing:
    """Open the mailing `number`: all of it, or none.

    The hash is computed here from the letter itself. `recipients` is read once, in batches; an
    address or a person seen twice counts once. Nothing is submitted yet.
    Raises NotApproved, MailingExists, EmptyAudience, MalformedRecipient.
    """
    computed = content_hash(letter)
    all_proofs = list(proofs)
    if refusal := release_refusal(content_hash=computed, proofs=all_proofs):
        raise NotApproved(refusal)
    first, second = approvals_of(content_hash=computed, proofs=all_proofs)
    with transaction.atomic():
        mailing = _freeze(number, letter, (first, second), opened_at, opened_by)
        if not _freeze_audience(mailing, recipients):
            raise EmptyAudience
        record_act(verb="open_mailing", target=mailing, at=opened_at, actor=opened_by)
    return mailing


def _freeze(
    number: int,
    letter: Letter,
    proofs: tuple[ApprovalProof, ApprovalProof],
    opened_at: datetime,
    opened_by: User | None,
) -> Mailing:
    if Mailing.objects.filter(number=number).exists():
        raise MailingExists(number)
    first, second = proofs
    mailing = Mailing(
        number=number,
        subject=letter.subject,
        html=letter.html,
        text=letter.text,
        sender_name=letter.sender.name,
        sender_address=letter.sender.address,
        reply_to=letter.sender.reply_to,
        list_id=letter.list_id,
        unsubscribe_url=letter.unsubscribe_url,
        audience=letter.audience,
        scheduled_for=letter.scheduled_for,
        content_hash=content_hash(letter),
        approved_by_first_id=first.approver_id,
        approved_by_second_id=second.approver_id,
        approved_hash_first=first.content_hash,
        approved_hash_second=second.content_hash,
        approved_at_first=first.approved_at,
        approved_at_second=second.approved_at,
        opened_at=opened_at,
        opened_by=opened_by,
    )
    try:
        with transaction.atomic():
            mailing.save(force_insert=True)
    except IntegrityError:
        # Another opening won the race between the look above and this insertion.
        if Mailing.objects.filter(number=number).exists():
            raise MailingExists(number) from None
        raise
    return mailing


def _freeze_audience(mailing: Mailing, recipients: Iterable[Recipient]) -> bool:
    """Write the ledger, one batch in memory at a time. False when there is nobody."""
    rows = _rows(mailing, recipients)
    while batch := list(islice(rows, _BATCH)):
        LedgerRow.objects.bulk_create(batch, ignore_conflicts=True)
    return mailing.rows.exists()


def _rows(mailing: Mailing, recipients: Iterable[Recipient]) -> Iterator[LedgerRow]:
    for recipient in recipients:
        if not is_deliverable(recipient):
            raise MalformedRecipient(recipient.key)
        yield LedgerRow(
            mailing=mailing,
            recipient_key=recipient.key,
            address=recipient.address,
            token=recipient.token,
            next_attempt_at=mailing.opened_at,
        )
