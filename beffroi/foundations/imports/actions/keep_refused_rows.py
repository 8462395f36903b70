"""Keep the rows that a partial import left out, for a person to correct."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from beffroi.foundations.imports.models import RefusedRow
from beffroi.foundations.imports.sorting import Refused, Sorted


def keep_refused_rows(*, files: Sequence[Sorted], at: datetime) -> None:
    """Put each refused row in the correction queue, once.

    A row already waiting is left as it is, whatever its line; one that had been dealt with and
    comes again is opened again.
    """
    wanted = [row for file in files for row in _rows(file, at)]
    names = {file.file.name for file in files}
    known = {
        (row.file_name, row.fingerprint): row
        for row in RefusedRow.objects.filter(file_name__in=names)
    }
    RefusedRow.objects.bulk_create(
        [row for row in wanted if (row.file_name, row.fingerprint) not in known]
    )
    again = [known[place] for row in wanted if (place := (row.file_name, row.fingerprint)) in known]
    for row in again:
        if row.resolved_at is not None:
            row.resolved_at, row.received_at = None, at
            row.save(update_fields=["resolved_at", "received_at"])


def _rows(file: Sorted, at: datetime) -> list[RefusedRow]:
    seen: Counter[str] = Counter()
    rows = []
    for refused in file.refused:
        raw = file.file.raw(refused.row)
        content = json.dumps([file.file.declared.name, raw], ensure_ascii=False, sort_keys=True)
        seen[content] += 1
        fingerprint = sha256(f"{seen[content]}:{content}".encode()).hexdigest()
        rows.append(_row(file.file.name, refused, raw, fingerprint, at))
    return rows


def _row(
    name: str, refused: Refused, raw: dict[str, str], fingerprint: str, at: datetime
) -> RefusedRow:
    first, *others = refused.faults
    reasons = [first.reason]
    reasons += [f"{fault.column}, « {fault.value} » : {fault.reason}" for fault in others]
    return RefusedRow(
        file_name=name,
        line=refused.row.line,
        column=first.column,
        value=first.value,
        reason="\n".join(reasons),
        raw=[list(pair) for pair in raw.items()],
        fingerprint=fingerprint,
        received_at=at,
    )
