"""Give each identity of the editions its town, keeping the towns that are already there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from ..models import Town, TownPeriod
from ..rules import Edition, Span

_BATCH = 2_000


def adopt_towns(
    *,
    editions: Sequence[Edition],
    identities: Sequence[Mapping[str, int]],
    loaded: Collection[int],
) -> tuple[dict[int, int], dict[int, int]]:
    """The town of each identity, made where there is none, and the strays.

    A town is recognised by the code it bears in an edition of the `loaded` years. A stray is a
    town that a fuller set of editions shows to be another town's own life: → that identity.
    """
    towns, strays = _recognise(editions, identities, loaded)
    missing = sorted({identity for now in identities for identity in now.values()} - towns.keys())
    made = Town.objects.bulk_create([Town() for _ in missing], batch_size=_BATCH)
    towns |= {identity: town.pk for identity, town in zip(missing, made, strict=True)}
    return towns, strays


def _recognise(
    editions: Sequence[Edition], identities: Sequence[Mapping[str, int]], loaded: Collection[int]
) -> tuple[dict[int, int], dict[int, int]]:
    columns = ("town_id", "code", "valid_from", "valid_to")
    periods = list(TownPeriod.objects.order_by("town_id", "pk").values_list(*columns))
    towns: dict[int, int] = {}
    adopted: set[int] = set()
    strays: dict[int, int] = {}
    for edition, now in zip(editions, identities, strict=True):
        if loaded and edition.year not in loaded:
            continue
        for town, code, start, end in periods:
            if town in adopted or code not in now or not Span(start, end).holds(edition.day):
                continue
            if now[code] in towns:
                strays.setdefault(town, now[code])
            else:
                towns[now[code]] = town
                adopted.add(town)
    return towns, {town: identity for town, identity in strays.items() if town not in adopted}
