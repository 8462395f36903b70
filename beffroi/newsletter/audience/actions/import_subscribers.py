"""Take over a list of readers that was kept elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from django.db import transaction

from ..models import Channel, Consent, ConsentKind, Subscriber, Suppression
from ..rules import Address, AddressRefused, SubscriberRow, parse_address
from ..tokens import hash_address

_CHUNK = 1_000


@dataclass(frozen=True)
class RefusedRow:
    """A line that could not be taken over; `reason` is French."""

    line: int
    column: str
    value: str
    reason: str


@dataclass
class ImportReport:
    """What became of every line: each is counted once."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    suppressed: int = 0
    duplicate: int = 0
    refused: list[RefusedRow] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """The number of lines of each kind."""
        return {
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "suppressed": self.suppressed,
            "duplicate": self.duplicate,
            "refused": len(self.refused),
        }


class ImportRefused(Exception):
    """One line at least was refused, so nothing was written; `report` says which."""

    def __init__(self, report: ImportReport) -> None:
        super().__init__(f"{len(report.refused)} ligne(s) refusée(s)")
        self.report = report


def import_subscribers(
    *,
    rows: Iterable[SubscriberRow],
    source: str,
    legal_basis: str,
    imported_at: datetime,
    partial: bool = False,
    dry_run: bool = False,
) -> ImportReport:
    """Subscribe the addresses of a list; `source` and `legal_basis` are kept as its evidence.

    Each line ends as created, updated (it waited for a confirmation), unchanged, suppressed (the
    person left or the address is in error: an import never brings anyone back), duplicate (said
    earlier in the list) or refused. Raises ImportRefused, having written nothing, when a line is
    refused and `partial` is false. `dry_run` writes nothing either.
    """
    evidence = f"Source : {source}. Base légale : {legal_basis}."
    run = _Import(imported_at, evidence)
    with transaction.atomic():
        remaining = iter(rows)
        while chunk := list(islice(remaining, _CHUNK)):
            run.take(chunk)
        if run.report.refused and not partial:
            raise ImportRefused(run.report)
        if dry_run:
            transaction.set_rollback(True)
    return run.report


class _Import:
    """One run over one list, chunk by chunk: five queries each, whatever the list's length."""

    def __init__(self, at: datetime, evidence: str) -> None:
        self.at = at
        self.evidence = evidence
        self.report = ImportReport()
        self.seen: set[str] = set()

    def take(self, rows: Sequence[SubscriberRow]) -> None:
        """Sort one chunk of lines, then write it."""
        addresses = self._read(rows)
        known = Subscriber.objects.select_for_update().filter(address_key__in=list(addresses))
        subscribers = {subscriber.address_key: subscriber for subscriber in known}
        hashes = {key: hash_address(key) for key in addresses}
        suppressed = set(
            Suppression.objects.filter(address_hash__in=hashes.values()).values_list(
                "address_hash", flat=True
            )
        )
        created, updated = [], []
        for key, address in addresses.items():
            subscriber = subscribers.get(key)
            if hashes[key] in suppressed or (subscriber and subscriber.withdrawn_at):
                self.report.suppressed += 1
            elif subscriber is None:
                created.append(self._new(address, hashes[key]))
            elif subscriber.is_confirmed:
                self.report.unchanged += 1
            else:
                updated.append(subscriber)
        self._write(created, updated)

    def _read(self, rows: Sequence[SubscriberRow]) -> dict[str, Address]:
        """The chunk's readable addresses by key; the others are counted."""
        addresses = {}
        for line, text in rows:
            try:
                address = parse_address(text)
            except AddressRefused as refused:
                self.report.refused.append(RefusedRow(line, "adresse", text, str(refused)))
                continue
            if address.key in self.seen:
                self.report.duplicate += 1
                continue
            self.seen.add(address.key)
            addresses[address.key] = address
        return addresses

    def _new(self, address: Address, address_hash: str) -> Subscriber:
        return Subscriber(
            email=address.email,
            address_key=address.key,
            address_hash=address_hash,
            confirmed_at=self.at,
        )

    def _write(self, created: list[Subscriber], updated: list[Subscriber]) -> None:
        Subscriber.objects.bulk_create(created)
        Subscriber.objects.filter(pk__in=[subscriber.pk for subscriber in updated]).update(
            asked_at=None, confirmed_at=self.at
        )
        Consent.objects.bulk_create(
            Consent(
                subscriber=subscriber,
                kind=ConsentKind.IMPORTED,
                at=self.at,
                channel=Channel.IMPORT,
                evidence=self.evidence,
            )
            for subscriber in [*created, *updated]
        )
        self.report.created += len(created)
        self.report.updated += len(updated)
