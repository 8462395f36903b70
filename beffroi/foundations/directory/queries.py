"""Funders by what a record writes of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from beffroi.foundations.directory.models import Organisation
from beffroi.foundations.folding import fold

_ADD_IT = "ajoutez-le au bureau, dans « Organisations », en cochant « financeur »"


class UnknownFunder(ValueError):
    """No funder, or several, bear this name or number; the text says so in French."""


class OtherFunder(ValueError):
    """The SIREN belongs to another funder than the name says; the text says so in French."""


@dataclass(frozen=True, slots=True)
class Funders:
    """Every funder, in memory."""

    by_siren: Mapping[str, Organisation]
    by_name: Mapping[str, tuple[Organisation, ...]]

    def named(self, name: str) -> Organisation:
        """The funder of that name, whatever its case, accents and spaces. Raises UnknownFunder."""
        found = self.by_name.get(fold(name), ())
        exact = [funder for funder in found if funder.name == name]
        if len(exact) == 1 or len(found) == 1:
            return (exact or list(found))[0]
        if found:
            names = ", ".join(f"« {funder.name} »" for funder in found)
            raise UnknownFunder(
                f"plusieurs financeurs portent ce nom, écrivez l’un d’eux : {names}"
            )
        raise UnknownFunder(f"financeur inconnu : {_ADD_IT}")

    def identified(self, *, siren: str, name: str) -> Organisation:
        """The funder of that SIREN, else of that name.

        Raises OtherFunder when both are known and differ, UnknownFunder when neither is.
        """
        numbered = self.by_siren.get(siren)
        namesakes = self.by_name.get(fold(name), ())
        if numbered is None:
            funder = self.named(name)
            if siren and funder.siren:
                raise OtherFunder(f"ce SIREN n’est pas celui de « {funder.name} » ({funder.siren})")
            return funder
        if namesakes and numbered not in namesakes:
            raise OtherFunder(f"ce SIREN est celui de « {numbered.name} », le nom dit « {name} »")
        return numbered


def load_funders() -> Funders:
    """Read every funder once."""
    by_name: defaultdict[str, list[Organisation]] = defaultdict(list)
    by_siren: dict[str, Organisation] = {}
    for funder in Organisation.objects.filter(is_funder=True):
        by_name[fold(funder.name)].append(funder)
        if funder.siren:
            by_siren[funder.siren] = funder
    return Funders(by_siren, {name: tuple(found) for name, found in by_name.items()})


def funder_names() -> list[str]:
    """The names of the funders, in order."""
    return list(Organisation.objects.filter(is_funder=True).values_list("name", flat=True))


def partners_of_the_programme() -> list[Organisation]:
    """The partners with their logos, in the order of names."""
    rows = Organisation.objects.filter(is_partner=True).select_related("logo")
    return sorted(rows, key=lambda organisation: (fold(organisation.name), organisation.pk))


def organisation_names(ids: Collection[int]) -> dict[int, str]:
    """The name of each organisation."""
    return dict(Organisation.objects.filter(pk__in=ids).values_list("pk", "name"))
