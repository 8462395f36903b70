"""Keep the rows that a partial import left out, for a person to correct."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from beffroi.foundations.accounts.models import User
from beffroi.foundations.imports.models import RefusedRow, Resolution
from beffroi.foundations.imports.sorting import Refused, Sorted

# A person decided what this very row becomes: the same row again changes nothing to that.
_SETTLED = frozenset({Resolution.CORRECTED, Resolution.ABANDONED})


def keep_refused_rows(*, files: Sequence[Sorted], at: datetime, actor: User | None) -> None:
    """Put each refused row in the correction queue, once.

    A row already waiting is left as it is, whatever its line; so is one that was replayed with a
    correction, or abandoned with a reason: only another content makes it another row. One that was
    replayed unchanged and is refused again is opened again.
    """
    wanted = [row for file in files for row in _rows(file, at, actor)]
    names = {file.file.name for file in files}
    known = {
        (row.file_name, row.fingerprint): row
        for row in RefusedRow.objects.filter(file_name__in=names)
    }
    RefusedRow.objects.bulk_create(
        [row for row in wanted if (row.file_name, row.fingerprint) not in known], batch_size=500
    )
    for row in wanted:
        again = known.get((row.file_name, row.fingerprint))
        if again and again.resolved_at is not None and again.resolution not in _SETTLED:
            again.resolved_at, again.resolved_by, again.resolution = None, None, ""
            again.received_at, again.received_by = at, actor
            again.reason, again.column, again.value = row.reason, row.column, row.value
            again.save()


def _rows(file: Sorted, at: datetime, actor: User | None) -> list[RefusedRow]:
    seen: Counter[str] = Counter()
    rows = []
    for refused in file.refused:
        raw = file.file.raw(refused.row)
        content = json.dumps([file.file.declared.name, raw], ensure_ascii=False, sort_keys=True)
        seen[content] += 1
        row = _row(file, refused, raw)
        row.fingerprint = sha256(f"{seen[content]}:{content}".encode()).hexdigest()
        row.received_at, row.received_by = at, actor
        rows.append(row)
    return rows


def _row(file: Sorted, refused: Refused, raw: dict[str, str]) -> RefusedRow:
    first = refused.faults[0]
    return RefusedRow(
        file_name=file.file.name,
        kind=file.file.declared.name,
        line=refused.row.line,
        column=first.column,
        value=first.value,
        reason=reason_of(refused),
        raw=[list(pair) for pair in raw.items()],
        is_contradicted=refused.is_contradicted,
        town_id=refused.town_id,
    )


def reason_of(refused: Refused) -> str:
    """Why a row is refused, all its faults, one a line."""
    first, *others = refused.faults
    reasons = [first.reason]
    reasons += [f"{fault.column}, « {fault.value} » : {fault.reason}" for fault in others]
    return "\n".join(reasons)
