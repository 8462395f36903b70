"""Find a town by what a person types."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, IntegerField, Q, Value, When

from beffroi.foundations.folding import fold

from ..models import TownPeriod
from ..rules import restore_zero

_SHORT = (
    (re.compile(r"\bste\b", re.IGNORECASE), "sainte"),
    (re.compile(r"\bst\b", re.IGNORECASE), "saint"),
)
_CODE = re.compile(r"\d[\dAB]\d{0,3}")


@dataclass(frozen=True, slots=True)
class TownMatch:
    """A town found, as it is written that day."""

    town_id: int
    code: str
    name: str
    department_code: str


def search_towns(text: str, *, on: date, limit: int = 20) -> list[TownMatch]:
    """The towns that live on a day, by name (`st malo`, `evry`) or by the start of their code.

    Same name first, then names that start so, then names that hold it. One query.
    """
    wanted = text.strip()
    if _CODE.fullmatch(code := wanted.upper()):
        return _matches(Q(code__startswith=code) | Q(code=restore_zero(code)[0]), on, limit)
    folded = spell_out(wanted)
    return _matches(Q(folded_name__contains=folded), on, limit, folded) if folded else []


def spell_out(text: str) -> str:
    """What a person types, folded, `st` and `ste` in full: to look for in folded names."""
    for short, full in _SHORT:
        text = short.sub(full, text)
    return fold(text)


def _matches(condition: Q, on: date, limit: int, folded: str = "") -> list[TownMatch]:
    nearness = Case(
        When(folded_name=folded, then=Value(0)),
        When(folded_name__startswith=folded, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    rows = TownPeriod.objects.as_of(on).filter(condition)
    ordered = rows.order_by(nearness, "folded_name", "code")
    columns = ("town_id", "code", "name", "department__code")
    return [TownMatch(*row) for row in ordered.values_list(*columns)[:limit]]
