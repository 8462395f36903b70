"""The towns that the programme follows on a day, read once for every page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from beffroi.foundations.folding import fold
from beffroi.foundations.territories.models import (
    DepartmentPeriod,
    FormerCode,
    RegionPeriod,
    Succession,
    TownPeriod,
    Vintage,
)
from beffroi.foundations.territories.queries import TownCard, describe_towns
from beffroi.progress.indicators import Facts
from beffroi.progress.queries import NoProgramme, get_programme, read_facts

from ..memory import register_state, remember
from ..rules import STANDING_LABELS, Standing, per_inhabitant, standing_of

# The geography lists each among départements and among régions, where they belong to neither.
OVERSEAS_COLLECTIVITIES = frozenset({"975", "977", "978", "984", "986", "987", "988", "989"})


@dataclass(frozen=True, slots=True)
class FollowedTown:
    """A town of the programme. `committed` is in euros; `former` are names and codes it bore, or
    that the towns it continues bore."""

    card: TownCard
    standing: Standing
    has_adhesion: bool
    committed: Decimal
    former: tuple[str, ...]

    @property
    def standing_label(self) -> str:
        """How far it has come, in words."""
        return STANDING_LABELS[self.standing]

    @property
    def per_inhabitant(self) -> Decimal | None:
        """Euros committed per inhabitant."""
        return per_inhabitant(self.committed, self.card.population)


@dataclass(frozen=True, slots=True)
class Area:
    """A région or a département on a day; `region_code` is empty for a région."""

    kind: str
    code: str
    name: str
    region_code: str = ""

    @property
    def is_collectivity(self) -> bool:
        """True for an overseas collectivity, which the official geography lists by itself."""
        return self.code in OVERSEAS_COLLECTIVITIES


@dataclass(frozen=True, slots=True)
class Ground:
    """The programme on a day, as its pages list it. `launched_on` is None without a programme;
    `vintage` is the edition of the geography behind the populations."""

    as_of: date
    state: str
    programme: str
    launched_on: date | None
    towns: tuple[FollowedTown, ...]
    regions: tuple[Area, ...]
    departments: tuple[Area, ...]
    vintage: int | None

    @property
    def by_id(self) -> dict[int, FollowedTown]:
        """The towns by identity."""
        return {town.card.town_id: town for town in self.towns}


def read_ground(*, on: date) -> Ground:
    """The followed towns of a day by name, with the régions and départements of that day."""
    state = register_state()
    return remember("ground", on=on, state=state, read=lambda: _read(on, state))


def facts_of(ground: Ground) -> Facts:
    """What the figures of that day are measured on. Raises NoProgramme."""
    return _facts(ground.as_of, ground.state)


def _facts(on: date, state: str) -> Facts:
    def read() -> Facts:
        return read_facts(programme=get_programme(), as_of=on)

    return remember("facts", on=on, state=state, read=read)


def _read(on: date, state: str) -> Ground:
    try:
        programme = get_programme()
        towns = _towns(_facts(on, state))
    except NoProgramme:
        programme, towns = None, []
    return Ground(
        as_of=on,
        state=state,
        programme=programme.name if programme else "",
        launched_on=programme.launched_on if programme else None,
        towns=tuple(sorted(towns, key=lambda town: (fold(town.card.name), town.card.code))),
        regions=_regions(on),
        departments=_departments(on),
        vintage=_vintage(on),
    )


def _towns(facts: Facts) -> list[FollowedTown]:
    committed: defaultdict[int, Decimal] = defaultdict(Decimal)
    for record in facts.commitments:
        for town_id in record.towns:
            committed[town_id] += record.quantity or 0
    former = _former_writings(facts.active, facts.as_of)
    return [
        FollowedTown(
            card=card,
            standing=standing_of(
                adhesion=town_id in facts.adhesion,
                framework=town_id in facts.framework,
                ort=town_id in facts.ort,
            ),
            has_adhesion=town_id in facts.adhesion,
            committed=committed[town_id],
            former=tuple(former[town_id]),
        )
        for town_id, card in describe_towns(facts.active, on=facts.as_of).items()
    ]


def _former_writings(town_ids: Iterable[int], on: date) -> defaultdict[int, list[str]]:
    """Names and codes that towns bore, or that the towns they continue bore."""
    wanted = frozenset(town_ids)
    heirs = _heirs(on)
    former: defaultdict[int, list[str]] = defaultdict(list)
    ended = TownPeriod.objects.filter(valid_to__lte=on).order_by("valid_to", "pk")
    for town_id, code, name in ended.values_list("town_id", "code", "name"):
        for heir in _last_heirs(town_id, heirs) & wanted:
            former[heir] += [name, code]
    for town_id, code in FormerCode.objects.values_list("town_id", "code"):
        for heir in _last_heirs(town_id, heirs) & wanted:
            former[heir].append(code)
    return former


def _heirs(on: date) -> dict[int, set[int]]:
    heirs: defaultdict[int, set[int]] = defaultdict(set)
    links = Succession.objects.filter(happened_on__lte=on)
    for before, after in links.values_list("predecessor_id", "successor_id"):
        heirs[before].add(after)
    return dict(heirs)


def _last_heirs(town_id: int, heirs: dict[int, set[int]]) -> set[int]:
    """The town with all that came of it, near or far."""
    found, waiting = {town_id}, [town_id]
    while waiting:
        for heir in heirs.get(waiting.pop(), set()) - found:
            found.add(heir)
            waiting.append(heir)
    return found


def _regions(on: date) -> tuple[Area, ...]:
    rows = RegionPeriod.objects.as_of(on).values_list("region__code", "name")
    return _by_name(Area("reg", code, name) for code, name in rows)


def _departments(on: date) -> tuple[Area, ...]:
    columns = ("department__code", "name", "region__code")
    rows = DepartmentPeriod.objects.as_of(on).values_list(*columns)
    return _by_name(Area("dep", code, name, region) for code, name, region in rows)


def _by_name(areas: Iterable[Area]) -> tuple[Area, ...]:
    return tuple(sorted(areas, key=lambda area: (fold(area.name), area.code)))


def _vintage(on: date) -> int | None:
    """The edition in force that day, else the first one known."""
    years = sorted(Vintage.objects.values_list("year", flat=True))
    return max((year for year in years if year <= on.year), default=years[0] if years else None)
