"""Refusals in French."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from beffroi.foundations.dates import format_date
from beffroi.foundations.territories.queries import town_labels

from .actions import (
    BackwardCampaign,
    CampaignNotRunning,
    CampaignsOverlap,
    NothingCorrected,
    OutOfReach,
    SheetsChanged,
    TooLateToUndo,
)

REFUSALS = (
    BackwardCampaign,
    CampaignNotRunning,
    CampaignsOverlap,
    NothingCorrected,
    OutOfReach,
    SheetsChanged,
    TooLateToUndo,
)
_NAMES = 5


def word_refusal(refusal: Exception) -> str:
    """One or two sentences: what is refused, and what to do."""
    if isinstance(refusal, SheetsChanged | OutOfReach | NothingCorrected):
        told, advice = _ABOUT_TOWNS[type(refusal)]
        return f"{told}\u00a0: {_towns(refusal.town_ids)}. {advice}"
    if isinstance(refusal, CampaignsOverlap):
        return (
            f"«\u00a0{refusal.other}\u00a0» demande déjà une réponse jusqu’au "
            f"{format_date(refusal.other.closes_on)}. Mettez-y fin d’abord, ou choisissez "
            "d’autres jours."
        )
    return _ALONE[type(refusal)]


_ABOUT_TOWNS: dict[type[Exception], tuple[str, str]] = {
    SheetsChanged: (
        "Rien n’est enregistré, une fiche a changé depuis que cette page est ouverte",
        "Relisez-la, puis confirmez.",
    ),
    OutOfReach: (
        "Rien n’est enregistré, hors de votre périmètre ou de cette campagne",
        "Décochez, puis recommencez.",
    ),
    NothingCorrected: (
        "Le journal ne montre aucune correction de votre main",
        "Corrigez la fiche, ou dites en commentaire ce que vous avez corrigé.",
    ),
}
_ALONE: dict[type[Exception], str] = {
    CampaignNotRunning: "Cette campagne ne prend plus de réponse aujourd’hui.",
    TooLateToUndo: (
        "Cette réponse a plus d’un quart d’heure\u00a0: elle ne peut plus être annulée. "
        "Donnez-en une autre."
    ),
    BackwardCampaign: (
        "Les jours ne conviennent pas\u00a0: le dernier jour doit être à venir, et la campagne "
        "encore ouverte."
    ),
}


def _towns(town_ids: Iterable[int]) -> str:
    labels = town_labels(town_ids, on=timezone.localdate()).values()
    names = sorted(f"{label.name} ({label.code})" for label in labels)
    more = len(names) - _NAMES
    return ", ".join(names[:_NAMES]) + (f" et {more} autres" if more > 0 else "")
