"""Why a code names no territory on a day, said to whoever asked for it."""

from __future__ import annotations

from datetime import date

from beffroi.foundations.dates import format_date

from ..models import IntercommunalityPeriod, Succession, TownPeriod
from ..rules import Bearing, Span, bearing_on
from .codes import UnknownCode, load_resolver
from .labels import town_labels


class UnknownTerritory(Exception):
    """The text names no territory of that day."""


class MergedTown(UnknownTerritory):
    """The town no longer bears that code: `successor` is the code to ask for, as text."""

    def __init__(self, message: str, successor: str) -> None:
        self.successor = successor
        super().__init__(message)


def unreadable(text: str | None) -> UnknownTerritory:
    """For a text that is no territory at all."""
    return UnknownTerritory(
        f"Territoire illisible\u202f: «\u00a0{text}\u00a0»\u202f; attendu\u00a0: national, dep:22, "
        "reg:53, epci:200068989, com:22046, taille:2000-3499 ou centralite:2."
    )


def missing(kind: str, code: str, on: date) -> UnknownTerritory:
    """For a code that nothing of that kind bears on the day."""
    if kind == "com":
        return _missing_town(code, on)
    if kind == "epci":
        return _missing_intercommunality(code, on)
    return UnknownTerritory(f"Aucun territoire «\u00a0{kind}:{code}\u00a0» au {format_date(on)}.")


def _missing_intercommunality(siren: str, on: date) -> UnknownTerritory:
    periods = IntercommunalityPeriod.objects.filter(intercommunality__siren=siren)
    named = {
        Bearing(pk, Span(start, end)): name
        for pk, start, end, name in periods.values_list("pk", "valid_from", "valid_to", "name")
    }
    nearest = bearing_on(named, on)
    if nearest is None:
        return UnknownTerritory(
            f"Aucun territoire «\u00a0epci:{siren}\u00a0» au {format_date(on)}."
        )
    return UnknownTerritory(
        f"L’intercommunalité {named[nearest]} ({siren}) {_when(nearest.span, on)}."
    )


def _missing_town(code: str, on: date) -> UnknownTerritory:
    columns = ("town_id", "valid_from", "valid_to", "name")
    rows = TownPeriod.objects.filter(code=code).values_list(*columns)
    named = {Bearing(town, Span(start, end)): name for town, start, end, name in rows}
    nearest = bearing_on(named, on)
    if nearest and not nearest.span.is_over(on):
        return UnknownTerritory(f"{named[nearest]} ({code}) {_when(nearest.span, on)}.")
    heirs = _heirs(code, on)
    if not heirs:
        return UnknownTerritory(
            f"Aucun territoire «\u00a0com:{code}\u00a0»\u202f: aucune commune ne porte ce code "
            f"au {format_date(on)}."
        )
    name = f"{named[nearest]} ({code})" if nearest else f"La commune de code {code}"
    return _succeeded(name, nearest, heirs)


def _heirs(code: str, on: date) -> dict[int, str]:
    """The towns that stand for a code on a day, as they are written then."""
    try:
        found = load_resolver().resolve(code, on=on)
    except UnknownCode:
        return {}
    labels = town_labels(found.town_ids, on=on)
    return {pk: str(label) for pk, label in sorted(labels.items(), key=lambda one: one[1].code)}


def _succeeded(name: str, bearing: Bearing | None, heirs: dict[int, str]) -> UnknownTerritory:
    since = f" le {format_date(bearing.span.end)}" if bearing and bearing.span.end else ""
    written = {pk: label.rsplit("(", 1)[1].rstrip(")") for pk, label in heirs.items()}
    ask = " ou ".join(f"com:{code}" for code in written.values())
    if len(heirs) > 1:
        return UnknownTerritory(
            f"{name} a été partagée{since} entre {' et '.join(heirs.values())}\u00a0: "
            f"demandez {ask}."
        )
    heir, label = next(iter(heirs.items()))
    if bearing and bearing.town_id == heir:
        said = f"{name} a changé de code{since} et s’écrit {label}"
    elif bearing and not Succession.objects.filter(predecessor=bearing.town_id).exists():
        said = f"{name} fait désormais partie de {label}"
    else:
        said = f"{name} a fusionné{since} dans {label}"
    return MergedTown(f"{said}\u00a0: demandez {ask}.", written[heir])


def _when(span: Span, on: date) -> str:
    if span.end and span.is_over(on):
        return f"a cessé d’exister le {format_date(span.end)}"
    first = format_date(span.start) if span.start else format_date(on)
    return f"n’existe que depuis le {first}"
