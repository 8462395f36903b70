"""The difference that an import makes, told town by town."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from ..models import Intercommunality, Town
from ..queries import town_labels
from ..queries.changes import ABOUT_EPCI, Kind, OfficialChange, followed_rows

State = Mapping[OfficialChange, tuple[date, ...]]


@dataclass(frozen=True, slots=True)
class Difference:
    """One change that an import adds, moves to another day (`redated`) or takes back.

    `subject` is the town's latest name and code, empty for an EPCI; `follows` counts what the
    register keeps on that town or EPCI, by plural name.
    """

    kind: Kind
    status: Literal["new", "redated", "withdrawn"]
    day: date
    subject: str
    before: str
    after: str
    follows: Mapping[str, int] = field(default_factory=dict)


def compare_states(before: State, after: State) -> tuple[Difference, ...]:
    """The changes that one state tells and not the other, by day then by name."""
    rows = list(_differing(before, after))
    if not rows:
        return ()
    towns, groups = followed_rows(Town), followed_rows(Intercommunality)
    labels = town_labels((change.subject_id for change, *_ in rows), on=date.max)
    found = []
    for (kind, pk, old, new), status, day in rows:
        if kind in ABOUT_EPCI:
            found.append(Difference(kind, status, day, "", old, new, groups.get(pk, {})))
        else:
            subject = str(labels[pk]) if pk in labels else ""
            found.append(Difference(kind, status, day, subject, old, new, towns.get(pk, {})))
    return tuple(sorted(found, key=lambda row: (row.day, row.kind, row.before, row.after)))


def _differing(
    before: State, after: State
) -> Iterator[tuple[OfficialChange, Literal["new", "redated", "withdrawn"], date]]:
    for change, days in after.items():
        known = before.get(change, ())
        for day in sorted(set(days) - set(known)):
            yield change, "redated" if known else "new", day
    for change, days in before.items():
        if change not in after:
            for day in days:
                yield change, "withdrawn", day
