"""The register as it stood on a day, in plain values: what every indicator measures. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from ..rules import RowKey

Towns = frozenset[int]


@dataclass(frozen=True, slots=True)
class Record:
    """One row of the register: a decision, a mission, a project, a plan.

    `towns` are living towns; `quantity` is what the row adds up (euros, m², people); `cells` are
    the texts that describe it, in the order of its table's columns.
    """

    key: RowKey
    towns: tuple[int, ...]
    quantity: Decimal
    cells: tuple[str, ...]
    region: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything known on a day, on the towns that live on that day.

    `plans` is None where the plan has no meaning: it exists for the whole country only.
    """

    as_of: date
    active: Towns
    adhesion: Towns
    framework: Towns
    ort: Towns
    security: Towns
    integrated_security: Towns
    population: Mapping[int, int]
    plans: tuple[Record, ...] | None
    commitments: tuple[Record, ...]
    missions: tuple[Record, ...]
    brownfields: tuple[Record, ...]

    def within(self, towns: Towns) -> Facts:
        """The same day seen from the towns of one territory."""
        return replace(
            self,
            active=self.active & towns,
            adhesion=self.adhesion & towns,
            framework=self.framework & towns,
            ort=self.ort & towns,
            security=self.security & towns,
            integrated_security=self.integrated_security & towns,
            plans=None,
            commitments=_placed(self.commitments, towns),
            missions=_placed(self.missions, towns),
            brownfields=_placed(self.brownfields, towns),
        )


def _placed(records: tuple[Record, ...], towns: Towns) -> tuple[Record, ...]:
    return tuple(record for record in records if not towns.isdisjoint(record.towns))
