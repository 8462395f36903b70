"""Small official geographies, made by hand."""

from __future__ import annotations

from datetime import date

from beffroi.foundations.territories.models import (
    Department,
    DepartmentPeriod,
    Intercommunality,
    IntercommunalityMembership,
    IntercommunalityPeriod,
    Region,
    RegionPeriod,
    Succession,
    Town,
    TownPeriod,
)


def make_town(
    code: str, start: date | None = None, end: date | None = None, name: str = "Bourg"
) -> Town:
    """A town that bears a code and a name during a period."""
    return extend_town(Town.objects.create(), code, start, end, name)


def extend_town(
    town: Town, code: str, start: date | None = None, end: date | None = None, name: str = "Bourg"
) -> Town:
    """The same town under a code and a name during another period."""
    department_code = code[:3] if code.startswith("97") else code[:2]
    department, _ = Department.objects.get_or_create(code=department_code)
    TownPeriod.objects.create(
        town=town, code=code, name=name, valid_from=start, valid_to=end, department=department
    )
    return town


def make_succession(before: Town, after: Town, on: date) -> Succession:
    """`before` became `after`, or gave birth to it, on that day."""
    return Succession.objects.create(predecessor=before, successor=after, happened_on=on)


def make_region(code: str, name: str, departments: dict[str, str]) -> Region:
    """A région and its départements, code → name, true at every date."""
    region, _ = Region.objects.get_or_create(code=code)
    RegionPeriod.objects.create(region=region, name=name)
    for department_code, department_name in departments.items():
        department, _ = Department.objects.get_or_create(code=department_code)
        DepartmentPeriod.objects.create(department=department, region=region, name=department_name)
    return region


def make_intercommunality(
    siren: str, name: str, *towns: Town, end: date | None = None
) -> Intercommunality:
    """An EPCI and its members, until `end`."""
    epci = Intercommunality.objects.create(siren=siren)
    IntercommunalityPeriod.objects.create(intercommunality=epci, name=name, kind="CC", valid_to=end)
    for town in towns:
        IntercommunalityMembership.objects.create(intercommunality=epci, town=town, valid_to=end)
    return epci
