"""Refusals in French, the same on the command line and on the desk."""

from __future__ import annotations

from beffroi.foundations.dates import format_date
from beffroi.foundations.territories.queries import UnknownTerritory

from .actions import DayNotReached, SnapshotDiffers
from .queries import BeforeLaunch, NoProgramme, NotEarlier, OtherTerritory, UnknownSnapshot

REFUSALS = (
    BeforeLaunch,
    DayNotReached,
    NoProgramme,
    NotEarlier,
    OtherTerritory,
    SnapshotDiffers,
    UnknownSnapshot,
    UnknownTerritory,
)


def word_refusal(refusal: Exception) -> str:
    """One French sentence that says what is refused, and what to do about it."""
    match refusal:
        case BeforeLaunch():
            return (
                f"Le {format_date(refusal.as_of)} précède le lancement du programme, "
                f"le {format_date(refusal.launched_on)}."
            )
        case DayNotReached():
            return (
                f"Le {format_date(refusal.as_of)} n’est pas encore arrivé\u202f; "
                "un point d’avancement se fige le jour même ou après."
            )
        case NoProgramme():
            return "Le registre est vide\u202f; importez d’abord un dossier de suivi."
        case SnapshotDiffers():
            return (
                f"Le point d’avancement {refusal.snapshot.reference} est déjà figé avec d’autres "
                f"chiffres ({', '.join(refusal.changed)})\u202f; donnez un motif pour le réviser."
            )
        case UnknownSnapshot():
            return (
                f"Aucun point d’avancement ne porte la référence «\u00a0{refusal.reference}\u00a0»."
            )
        case _:
            text = _word_comparison(refusal) or str(refusal)
            return text[:1].upper() + text[1:]


def _word_comparison(refusal: Exception) -> str:
    """Why two reports do not compare; nothing of another refusal."""
    match refusal:
        case NotEarlier():
            return (
                f"Une comparaison part d’un jour antérieur\u00a0: le {format_date(refusal.since)} "
                f"ne précède pas le {format_date(refusal.as_of)}."
            )
        case OtherTerritory():
            return (
                "Deux points d’avancement ne se comparent que sur un même territoire\u00a0: l’un "
                f"porte sur «\u00a0{refusal.before}\u00a0», l’autre sur "
                f"«\u00a0{refusal.after}\u00a0»."
            )
        case _:
            return ""
