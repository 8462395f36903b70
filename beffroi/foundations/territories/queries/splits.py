"""Towns that were split: who may stand for them, said to a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef

from beffroi.foundations.dates import format_date

from ..models import Succession, TownPeriod
from .codes import Resolution
from .labels import town_labels


def ambiguity(resolution: Resolution, *, on: date) -> str:
    """Why a code is ambiguous and which codes to choose from, in French, without a full stop."""
    names = sorted(map(str, town_labels(resolution.town_ids, on=on).values()))
    choice = ", ".join(names[:-1]) + f" ou {names[-1]}"
    return (
        f"le code {resolution.code} est ambigu au {format_date(on)}\u00a0: la commune qui le "
        f"portait a été partagée\u202f; écrivez le code de la bonne\u00a0: {choice}"
    )


def parted_towns(town_ids: Iterable[int], *, since: date, on: date) -> dict[int, tuple[int, ...]]:
    """Towns of which a part became a town of its own after `since`, `on` included: → the parts.

    The town that keeps the code goes on, and `living_towns` leaves it all its rows: a program
    cannot tell which of them belong to a part, a person can.
    """
    continuing = TownPeriod.objects.as_of(OuterRef("happened_on")).filter(  # type: ignore[arg-type]
        town_id=OuterRef("predecessor_id")
    )
    rows = Succession.objects.filter(
        Exists(continuing), happened_on__gt=since, happened_on__lte=on
    ).order_by("successor_id")
    wanted = frozenset(town_ids)
    parts: defaultdict[int, list[int]] = defaultdict(list)
    for town, part in rows.values_list("predecessor_id", "successor_id"):
        if town in wanted:
            parts[town].append(part)
    return {town: tuple(found) for town, found in parts.items()}
