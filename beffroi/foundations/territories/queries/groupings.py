"""What EPCI are called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from ..models import IntercommunalityPeriod
from ..rules import Bearing, Span, bearing_on


def intercommunality_names(ids: Iterable[int], *, on: date) -> dict[int, str]:
    """The name of each EPCI on a day, or the nearest to it where it does not live then."""
    written: defaultdict[int, dict[Bearing, str]] = defaultdict(dict)
    columns = ("intercommunality_id", "valid_from", "valid_to", "name")
    rows = IntercommunalityPeriod.objects.filter(intercommunality_id__in=frozenset(ids))
    for pk, start, end, name in rows.values_list(*columns):
        written[pk][Bearing(pk, Span(start, end))] = name
    nearest = {pk: bearing_on(names, on) for pk, names in written.items()}
    return {pk: written[pk][bearing] for pk, bearing in nearest.items() if bearing}
