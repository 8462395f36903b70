"""The official places that cells name, read once for a whole import."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container
from datetime import date
from functools import cached_property

from beffroi.foundations.folding import fold
from beffroi.foundations.imports.rules import bare_code
from beffroi.foundations.territories.models import Intercommunality, RegionPeriod, TownPeriod
from beffroi.foundations.territories.queries import (
    CodeResolver,
    Resolution,
    UnknownCode,
    ambiguity,
    load_resolver,
    town_labels,
)
from beffroi.foundations.territories.rules import restore_zero

_LOAD_IT = "lancez d’abord « beffroi import_cog »"
_WHOLE_COUNTRY = frozenset({"", "national", "nationale", "franceentiere", "france"})


class UnknownPlace(ValueError):
    """The cell names no place, or several; the text says so in French."""


class Places:
    """Towns, EPCI and régions by what files write of them."""

    def __init__(self) -> None:
        self._towns: dict[tuple[str, date], Resolution] = {}
        self._names: dict[tuple[int, date], str] = {}

    @cached_property
    def resolver(self) -> CodeResolver:
        """Every code of every town."""
        return load_resolver()

    @cached_property
    def intercommunalities(self) -> dict[str, int]:
        """The EPCI of any date, by SIREN."""
        return dict(Intercommunality.objects.values_list("siren", "pk"))

    @cached_property
    def _town_names(self) -> dict[int, set[str]]:
        names: defaultdict[int, set[str]] = defaultdict(set)
        for town_id, name in TownPeriod.objects.values_list("town_id", "name"):
            names[town_id].add(name)
        return dict(names)

    @cached_property
    def _regions(self) -> dict[str, int]:
        rows = RegionPeriod.objects.order_by("valid_from").values_list("name", "region_id")
        return {fold(name): region_id for name, region_id in rows}

    def gaps(self, *, needs_intercommunalities: bool) -> str:
        """What of the official geography is not loaded, as a French sentence, or nothing."""
        if not TownPeriod.objects.exists():
            return f"la géographie officielle n’est pas chargée : {_LOAD_IT}"
        if needs_intercommunalities and not self.intercommunalities:
            return f"aucune intercommunalité n’est chargée : {_LOAD_IT}"
        return ""

    def town(self, code: str, *, on: date) -> Resolution:
        """The one town a code stands for on a day, looked up once. Raises UnknownPlace."""
        if (code, on) not in self._towns:
            self._towns[code, on] = self._resolve(code, on)
        return self._towns[code, on]

    def _resolve(self, code: str, on: date) -> Resolution:
        try:
            resolution = self.resolver.resolve(bare_code(code), on=on)
        except UnknownCode as unknown:
            reason = f"{_as_reason(str(unknown))} : vérifiez le code, et la date de la ligne"
            raise UnknownPlace(reason) from None
        if resolution.is_ambiguous:
            raise UnknownPlace(ambiguity(resolution, on=on))
        return resolution

    def ended_town(self, code: str, *, on: date, among: Container[int]) -> int | None:
        """The one of these towns that bore a code nobody bears on that day any more."""
        bearings = self.resolver.bearings.get(restore_zero(bare_code(code))[0], ())
        if any(bearing.span.holds(on) for bearing in bearings):
            return None
        towns = {bearing.town_id for bearing in bearings if bearing.town_id in among}
        return towns.pop() if len(towns) == 1 else None

    def find_town(self, code: str, *, on: date) -> Resolution | None:
        """The one town a code stands for on a day, where there is one."""
        try:
            return self.town(code, on=on)
        except UnknownPlace:
            return None

    def name(self, town_id: int, *, on: date) -> str:
        """`Mansle-les-Fontaines (16206)`."""
        if (town_id, on) not in self._names:
            label = town_labels([town_id], on=on)[town_id]
            self._names[town_id, on] = f"{label.name} ({label.code})"
        return self._names[town_id, on]

    def is_called(self, town_id: int, name: str) -> bool:
        """Whether a town bears or bore this name, or a longer or shorter form of it."""
        said = fold(name)
        names = (fold(known) for known in self._town_names.get(town_id, ()))
        return any(said in known or known in said for known in names)

    def intercommunality(self, siren: str) -> int:
        """The EPCI that bears or bore this SIREN. Raises UnknownPlace."""
        found = self.intercommunalities.get(bare_code(siren))
        if found is None:
            raise UnknownPlace(
                "aucune intercommunalité ne porte ce SIREN : vérifiez ses 9 chiffres"
            )
        return found

    def region(self, name: str) -> int | None:
        """The région of that name; None for a national one. Raises UnknownPlace."""
        folded = fold(name)
        if folded in _WHOLE_COUNTRY:
            return None
        if folded not in self._regions:
            raise UnknownPlace("région inconnue, attendu : son nom officiel, ou « nationale »")
        return self._regions[folded]


def region_names() -> list[str]:
    """The names of the régions today, in order."""
    rows = RegionPeriod.objects.filter(valid_to__isnull=True)
    return sorted(rows.values_list("name", flat=True).distinct())


def _as_reason(sentence: str) -> str:
    """A sentence of another room as a reason among others: no capital, no full stop."""
    return sentence[:1].lower() + sentence[1:].rstrip(".")
