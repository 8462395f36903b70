"""What a page says of a town on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from ..models import (
    Centrality,
    CentralityLevel,
    DepartmentPeriod,
    IntercommunalityMembership,
    Population,
    Town,
    TownPeriod,
)
from ..rules import Bearing, Span, bearing_on
from .family import TownFamily
from .labels import rows_about
from .neighbours import centrality_of, population_of

_PLACE = ("name", "region__code", "region__periods__name")
_GROUP = ("siren", "periods__name")


@dataclass(frozen=True, slots=True)
class TownCard:
    """A town on a day. `population` in people; `ended_on` is set once the town has ended.

    A town that does not live that day keeps its nearest name and département, and has no EPCI,
    population or centrality.
    """

    town_id: int
    code: str
    name: str
    department_code: str
    department_name: str
    region_code: str
    region_name: str
    epci_siren: str
    epci_name: str
    population: int | None
    centrality: CentralityLevel | None
    ended_on: date | None

    @property
    def label(self) -> str:
        """`Mansle-les-Fontaines (16206)`."""
        return f"{self.name} ({self.code})"


def describe_towns(ids: Iterable[int], *, on: date) -> dict[int, TownCard]:
    """The card of each town on a day, in five queries whatever their number."""
    wanted = frozenset(ids)
    departments = departments_on(on)
    groups = _groups(wanted, on)
    people = population_of(wanted, on=on)
    levels = centrality_of(wanted, on=on)
    return {
        town_id: TownCard(
            town_id,
            code,
            name,
            department,
            *departments.get(department, ("", "", "")),
            *groups.get(town_id, ("", "")),
            population=people.get(town_id),
            centrality=levels.get(town_id),
            ended_on=ended_on,
        )
        for town_id, (code, name, department, ended_on) in _periods(wanted, on).items()
    }


def describe_family(family: TownFamily, *, among: QuerySet[Town]) -> TownCard | None:
    """The card of the town of a family on its day; None when it is not among these towns. One
    query."""
    on, label = family.on, family.label(family.town_id, on=family.on)
    groups = IntercommunalityMembership.objects.as_of(on).filter(
        _holds("intercommunality__periods__", on), town_id=OuterRef("pk")
    )
    people = Population.objects.as_of(on).filter(town_id=OuterRef("pk")).values("inhabitants")
    levels = Centrality.objects.as_of(on).filter(town_id=OuterRef("pk")).values("level")
    places = DepartmentPeriod.objects.as_of(on).filter(
        _holds("region__periods__", on), department__code=label.department_code
    )
    row = among.values_list(
        *(Subquery(places.values(name)[:1]) for name in _PLACE),
        *(Subquery(groups.values(f"intercommunality__{name}")[:1]) for name in _GROUP),
        Subquery(people[:1]),
        Subquery(levels[:1]),
    ).first()
    if row is None or family.town_id not in family.written:
        return None
    place, region, region_name, siren, epci, inhabitants, level = row
    nearest = bearing_on(family.written[family.town_id], on)
    return TownCard(
        family.town_id,
        label.code,
        label.name,
        label.department_code,
        place or "",
        region or "",
        region_name or "",
        siren or "",
        epci or "",
        population=inhabitants,
        centrality=None if level is None else CentralityLevel(level),
        ended_on=nearest.span.end if nearest and nearest.span.is_over(on) else None,
    )


def _periods(wanted: frozenset[int], on: date) -> dict[int, tuple[str, str, str, date | None]]:
    columns = ("town_id", "valid_from", "valid_to", "code", "name", "department__code")
    written: defaultdict[int, dict[Bearing, tuple[str, str, str]]] = defaultdict(dict)
    rows = rows_about(TownPeriod.objects.all(), wanted).values_list(*columns)
    for town_id, start, end, code, name, department in rows:
        if town_id in wanted:
            written[town_id][Bearing(town_id, Span(start, end))] = (code, name, department)
    found = {}
    for town_id, labels in written.items():
        nearest = bearing_on(labels, on)
        if nearest:
            ended_on = nearest.span.end if nearest.span.is_over(on) else None
            found[town_id] = (*labels[nearest], ended_on)
    return found


def departments_on(on: date) -> dict[str, tuple[str, str, str]]:
    """The name, région code and région name of each département that day."""
    columns = ("department__code", "name", "region__code", "region__periods__name")
    rows = DepartmentPeriod.objects.filter(_holds("region__periods__", on))
    of_day = rows.as_of(on).values_list(*columns)
    return {code: (name, region, region_name) for code, name, region, region_name in of_day}


def _groups(wanted: frozenset[int], on: date) -> dict[int, tuple[str, str]]:
    columns = ("town_id", "intercommunality__siren", "intercommunality__periods__name")
    rows = IntercommunalityMembership.objects.filter(_holds("intercommunality__periods__", on))
    of_day = rows_about(rows.as_of(on), wanted).values_list(*columns)
    return {town_id: (siren, name) for town_id, siren, name in of_day if town_id in wanted}


def _holds(prefix: str, on: date) -> Q:
    """The condition of `as_of` on the periods of a related row."""
    begun = Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": on})
    open_ = Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": on})
    return begun & open_
