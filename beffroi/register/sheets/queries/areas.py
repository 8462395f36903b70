"""The sheet of a département or of a région: its followed towns, line by line, and their totals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from beffroi.foundations.mandates.queries import NATIONAL, Scope
from beffroi.foundations.territories.models import DepartmentPeriod
from beffroi.foundations.territories.queries import departments_on

from ..rules import ClockState, PostState
from .overview import TownLine, followed_towns


class AreaOutOfReach(Exception):
    """No such area on that day, or none that this person reaches whole."""


@dataclass(frozen=True, slots=True)
class AreaTotals:
    """What the lines of an area add up to. Each count is of towns, but for missions; euros."""

    towns: int
    adhesions: int
    frameworks: int
    late: int
    ort: int
    filled: int
    missions: int
    committed: Decimal
    unreached: int


@dataclass(frozen=True, slots=True)
class AreaSheet:
    """An area on a day; `kind` is dep or reg. A région's `departments` are (code, name, totals)."""

    kind: str
    code: str
    name: str
    as_of: date
    region_code: str
    region_name: str
    lines: tuple[TownLine, ...]
    totals: AreaTotals
    departments: tuple[tuple[str, str, AreaTotals], ...] = ()


def read_area_sheet(*, kind: str, code: str, as_of: date, scope: Scope) -> AreaSheet:
    """The towns of an area followed on a day, for a person who reaches the whole of it.

    `kind` is `dep` or `reg`, `code` its INSEE code. Raises AreaOutOfReach.
    """
    names = departments_on(as_of)
    inside = _departments_in(kind, code, names)
    keys = _keys(inside, as_of)
    if not inside or not (scope.is_national or keys <= scope.department_ids):
        raise AreaOutOfReach(f"{kind}:{code}")
    of_area = Scope(department_ids=keys)
    lines = [
        line
        for line in followed_towns(scope=of_area, as_of=as_of, departments=names)
        if line.department_code in inside
    ]
    department_name, region_code, region_name = names[inside[0]]
    is_region = kind == "reg"
    return AreaSheet(
        kind=kind,
        code=code,
        name=region_name if is_region else department_name,
        as_of=as_of,
        region_code=region_code,
        region_name=region_name,
        lines=tuple(lines),
        totals=totals_of(lines),
        departments=_by_department(lines, inside, names) if is_region else (),
    )


def public_area_sheet(*, kind: str, code: str, as_of: date) -> AreaSheet:
    """The same for everybody: a line holds no personal data. Raises AreaOutOfReach."""
    return read_area_sheet(kind=kind, code=code, as_of=as_of, scope=NATIONAL)


def totals_of(lines: Iterable[TownLine]) -> AreaTotals:
    """What lines add up to."""
    known = list(lines)
    return AreaTotals(
        towns=len(known),
        adhesions=sum(line.clock.adhesion_on is not None for line in known),
        frameworks=sum(line.clock.state is ClockState.SIGNED for line in known),
        late=sum(line.is_late for line in known),
        ort=sum(line.is_ort for line in known),
        filled=sum(line.post is PostState.FILLED for line in known),
        missions=sum(line.missions for line in known),
        committed=sum((line.committed for line in known), Decimal(0)),
        unreached=sum(line.is_unreached for line in known),
    )


def _departments_in(kind: str, code: str, names: dict[str, tuple[str, str, str]]) -> list[str]:
    if kind == "dep":
        return [code] if code in names else []
    return sorted(known for known, (_, region, _) in names.items() if region == code)


def _keys(codes: list[str], on: date) -> frozenset[int]:
    rows = DepartmentPeriod.objects.as_of(on).filter(department__code__in=codes)
    return frozenset(rows.values_list("department_id", flat=True))


def _by_department(
    lines: list[TownLine], codes: list[str], names: dict[str, tuple[str, str, str]]
) -> tuple[tuple[str, str, AreaTotals], ...]:
    grouped = {code: [line for line in lines if line.department_code == code] for code in codes}
    return tuple(
        (code, names[code][0], totals_of(towns)) for code, towns in grouped.items() if towns
    )
