"""Place towns, or EPCI, on the map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from django.db import transaction

from beffroi.foundations.audit.actions import record_act

from ..centres_file import CentreFeature, CentreKind, read_centres
from ..models import Intercommunality, IntercommunalityCentre, TownCentre, Vintage
from ..queries import UnknownCode, ambiguity, load_resolver

_OUTCOMES = ("created", "updated", "unchanged", "duplicate", "refused")
_BATCH = 2_000


class RefusedCentre(NamedTuple):
    """A point that cannot be placed, and why in French. `number` is its place in the file."""

    number: int
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class CentresReport:
    """What became of the points of a file."""

    kind: CentreKind
    counts: Mapping[str, int]
    refused: Sequence[RefusedCentre] = ()
    is_written: bool = False


@dataclass
class _Reading:
    """The point of each place, from the features read so far; a code of today outweighs an old
    one, and the first of equals stands."""

    found: dict[int, tuple[bool, CentreFeature]] = field(default_factory=dict)
    refused: list[RefusedCentre] = field(default_factory=list)
    duplicates: int = 0

    def keep(self, key: int, feature: CentreFeature, *, is_own: bool) -> None:
        known = self.found.get(key)
        self.duplicates += known is not None
        if known is None or (is_own and not known[0]):
            self.found[key] = (is_own, feature)

    def refuse(self, feature: CentreFeature, reason: str) -> None:
        self.refused.append(RefusedCentre(feature.number, feature.code, reason))


def import_centres(
    *, path: Path, imported_at: datetime, is_partial: bool = False, is_dry_run: bool = False
) -> CentresReport:
    """Give each town, or EPCI, of the file its point. What the file leaves out keeps its own.

    Codes are read as of the latest edition of the geography. A refused point writes nothing, unless
    `is_partial`. Raises UnreadableCentres, worded in French.
    """
    file = read_centres(path)
    read = _read_towns if file.kind is CentreKind.TOWN else _read_groups
    reading = read(file.features)
    is_written = not is_dry_run and (is_partial or not reading.refused)
    with transaction.atomic():
        counts = _write(file.kind, reading, imported_at)
        transaction.set_rollback(not is_written)
    return CentresReport(file.kind, counts, tuple(reading.refused), is_written)


def _read_towns(features: Sequence[CentreFeature]) -> _Reading:
    resolver, reading = load_resolver(), _Reading()
    on = _latest_day()
    for feature in features:
        try:
            resolution = resolver.resolve(feature.code, on=on)
        except UnknownCode as unknown:
            reading.refuse(feature, str(unknown))
            continue
        if feature.fault or resolution.is_ambiguous:
            reading.refuse(feature, feature.fault or ambiguity(resolution, on=on))
            continue
        (town,) = resolution.town_ids
        reading.keep(town, feature, is_own=not resolution.is_successor)
    return reading


def _read_groups(features: Sequence[CentreFeature]) -> _Reading:
    known, reading = dict(Intercommunality.objects.values_list("siren", "pk")), _Reading()
    for feature in features:
        if feature.fault or feature.code not in known:
            reason = f"l’EPCI «\u00a0{feature.code}\u00a0» est inconnu de la géographie officielle"
            reading.refuse(feature, feature.fault or reason)
        else:
            reading.keep(known[feature.code], feature, is_own=True)
    return reading


def _latest_day() -> date:
    year = Vintage.objects.order_by("-year").values_list("year", flat=True).first()
    return date(year, 1, 1) if year else date.max


def _write(kind: CentreKind, reading: _Reading, at: datetime) -> dict[str, int]:
    model: Any = TownCentre if kind is CentreKind.TOWN else IntercommunalityCentre
    owner = "town_id" if kind is CentreKind.TOWN else "intercommunality_id"
    before = {getattr(row, owner): row for row in model.objects.all()}
    counts: Counter[str] = Counter(duplicate=reading.duplicates, refused=len(reading.refused))
    created, updated = [], []
    for key, (_, feature) in reading.found.items():
        point = {"longitude": feature.longitude, "latitude": feature.latitude}
        known = before.get(key)
        if known is None:
            created.append(model(**{owner: key}, **point))
        elif (known.longitude, known.latitude) == (feature.longitude, feature.latitude):
            counts["unchanged"] += 1
        else:
            known.longitude, known.latitude = feature.longitude, feature.latitude
            updated.append(known)
    model.objects.bulk_create(created, batch_size=_BATCH)
    model.objects.bulk_update(updated, ["longitude", "latitude"], batch_size=_BATCH)
    counts["created"], counts["updated"] = len(created), len(updated)
    vintage = Vintage.objects.order_by("-year").first()
    if vintage and (created or updated):
        record_act(verb="import_centres", target=vintage, at=at, reason=kind.value)
    return {name: counts[name] for name in _OUTCOMES}
