"""Where places stand on a map, by the code they bear on a day."""

from __future__ import annotations

from datetime import date

from ..models import IntercommunalityCentre, TownPeriod

Point = tuple[float, float]


def town_points(*, on: date) -> dict[str, Point]:
    """INSEE code → longitude and latitude in degrees, of the towns whose point is known."""
    rows = TownPeriod.objects.as_of(on).filter(town__centre__isnull=False)
    found = rows.values_list("code", "town__centre__longitude", "town__centre__latitude")
    return {code: (longitude, latitude) for code, longitude, latitude in found}


def intercommunality_points() -> dict[str, Point]:
    """SIREN → longitude and latitude in degrees, of the EPCI whose centre is known."""
    rows = IntercommunalityCentre.objects.values_list(
        "intercommunality__siren", "longitude", "latitude"
    )
    return {siren: (longitude, latitude) for siren, longitude, latitude in rows}
