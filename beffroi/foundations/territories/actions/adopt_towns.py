"""Give each identity of the chronicle its town, keeping the towns that are already there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from ..models import Town, TownPeriod
from ..rules import Chronicle, Edition, Span

_BATCH = 2_000
_Period = tuple[int, str, Span]


def adopt_towns(
    *, editions: Sequence[Edition], chronicle: Chronicle, loaded: Collection[int]
) -> tuple[dict[int, int], dict[int, int]]:
    """The town of each identity, made where there is none, and the strays.

    A town is recognised by the code it bears in an edition of the `loaded` years, else by a code
    it bore at the same time. A stray is a town that a fuller set of editions shows to be another
    town's own life: → that identity.
    """
    columns = ("town_id", "code", "valid_from", "valid_to")
    rows = TownPeriod.objects.order_by("town_id", "pk").values_list(*columns)
    periods = [(town, code, Span(start, end)) for town, code, start, end in rows]
    towns, strays = _recognise(periods, editions, chronicle, loaded)
    _recognise_the_dead(periods, towns, chronicle)
    missing = sorted({stretch.key for stretch in chronicle.periods} - towns.keys())
    made = Town.objects.bulk_create([Town() for _ in missing], batch_size=_BATCH)
    towns |= {identity: town.pk for identity, town in zip(missing, made, strict=True)}
    adopted = set(towns.values())
    return towns, {town: own for town, own in strays.items() if town not in adopted}


def _recognise(
    periods: Iterable[_Period],
    editions: Sequence[Edition],
    chronicle: Chronicle,
    loaded: Collection[int],
) -> tuple[dict[int, int], dict[int, int]]:
    towns: dict[int, int] = {}
    adopted: set[int] = set()
    strays: dict[int, int] = {}
    for edition, now in zip(editions, chronicle.identities, strict=True):
        if loaded and edition.year not in loaded:
            continue
        for town, code, span in periods:
            if town in adopted or code not in now or not span.holds(edition.day):
                continue
            if now[code] in towns:
                strays.setdefault(town, now[code])
            else:
                towns[now[code]] = town
                adopted.add(town)
    return towns, strays


def _recognise_the_dead(
    periods: Iterable[_Period], towns: dict[int, int], chronicle: Chronicle
) -> None:
    """Towns that no edition shows, by a code borne at the same time; adds them to `towns`."""
    adopted = set(towns.values())
    free: defaultdict[str, list[tuple[int, Span]]] = defaultdict(list)
    for town, code, span in periods:
        if town not in adopted:
            free[code].append((town, span))
    for identity, description, span in chronicle.periods if free else ():
        for town, borne in free.get(description.code, ()):
            if identity not in towns and town not in adopted and _overlap(span, borne):
                towns[identity] = town
                adopted.add(town)


def _overlap(one: Span, other: Span) -> bool:
    start = max(one.start or date.min, other.start or date.min)
    return start < min(one.end or date.max, other.end or date.max)
