"""Refusals in French, the same on the command line and on the desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from beffroi.foundations.dates import format_date
from beffroi.foundations.territories.queries import UnknownTerritory

from .actions import (
    AlreadyInPreparation,
    ChangedSinceReview,
    DayNotReached,
    FiguresMoved,
    NothingToRevise,
    NotReviewed,
    OwnPreparation,
    PreparationClosed,
    RemarkMissing,
    RevisionNeedsReason,
    SnapshotDiffers,
)
from .queries import BeforeLaunch, NoProgramme, NotEarlier, OtherTerritory, UnknownSnapshot


def word_refusal(refusal: Exception) -> str:
    """One French sentence that says what is refused, and what to do about it."""
    if write := _WORDS.get(type(refusal)):
        return write(refusal)
    text = str(refusal)
    return text[:1].upper() + text[1:]


def _before_launch(refusal: BeforeLaunch) -> str:
    return (
        f"Le {format_date(refusal.as_of)} précède le lancement du programme, "
        f"le {format_date(refusal.launched_on)}."
    )


def _not_reached(refusal: DayNotReached) -> str:
    return (
        f"Le {format_date(refusal.as_of)} n’est pas encore arrivé\u202f; "
        "un point d’avancement se fige le jour même ou après."
    )


def _differs(refusal: SnapshotDiffers) -> str:
    if not refusal.changed:
        told = ", ".join(_AROUND.get(name, name) for name in refusal.around)
        return (
            f"Le point d’avancement {refusal.snapshot.reference} est déjà figé. Ses chiffres "
            f"restent les mêmes, mais autre chose a changé depuis\u00a0: {told}. Donnez un motif "
            "pour le réviser."
        )
    return (
        f"Le point d’avancement {refusal.snapshot.reference} est déjà figé avec d’autres "
        f"chiffres ({', '.join(refusal.changed)})\u202f; donnez un motif pour le réviser."
    )


def _unknown(refusal: UnknownSnapshot) -> str:
    return f"Aucun point d’avancement ne porte la référence «\u00a0{refusal.reference}\u00a0»."


def _not_earlier(refusal: NotEarlier) -> str:
    return (
        f"Une comparaison part d’un jour antérieur\u00a0: le {format_date(refusal.since)} "
        f"ne précède pas le {format_date(refusal.as_of)}."
    )


def _other_territory(refusal: OtherTerritory) -> str:
    return (
        "Deux points d’avancement ne se comparent que sur un même territoire\u00a0: l’un "
        f"porte sur «\u00a0{refusal.before}\u00a0», l’autre sur «\u00a0{refusal.after}\u00a0»."
    )


def _nothing_new(refusal: NothingToRevise) -> str:
    return (
        f"Le point d’avancement {refusal.snapshot.reference} dit déjà exactement cela\u202f; "
        "il n’y a rien à réviser."
    )


def _changed(refusal: ChangedSinceReview) -> str:
    """`Deux chiffres ont changé depuis la relecture : …`"""
    if not refusal.moved:
        return (
            "Ce qui accompagne les chiffres (détails, évolution, territoires, partenaires) a "
            "changé depuis la relecture\u202f; relisez-le."
        )
    told = "\u202f; ".join(
        f"{one.label} ({one.before}, sur d’autres lignes)"
        if one.keeps_its_value
        else f"{one.label} ({one.before} → {one.after})"
        for one in refusal.moved
    )
    count = len(refusal.moved)
    if count == 1:
        return f"Un chiffre a changé depuis la relecture\u00a0: {told}. Relisez-le."
    number = _NUMBERS.get(count, str(count))
    return f"{number} chiffres ont changé depuis la relecture\u00a0: {told}. Relisez-les."


def _closed(refusal: PreparationClosed) -> str:
    preparation = refusal.preparation
    if preparation.snapshot is not None:
        return f"Ce point d’avancement est déjà figé\u00a0: {preparation.snapshot.reference}."
    if preparation.given_up_at is None:
        return "Cette préparation est déjà en cours."
    return "Cette préparation a été abandonnée."


_AROUND = {
    "format": "la manière de conserver",
    "programme": "le nom du programme",
    "territory_name": "le nom du territoire",
    "inputs": "les lignes du registre",
    "foreword": "l’avant-propos",
    "breakdowns": "les détails par financeur, thème ou année",
    "parts": "les chiffres des territoires qui le composent",
    "series": "l’évolution depuis le lancement",
    "country": "les chiffres de la France",
    "partners": "les partenaires",
    "rows": "le libellé des lignes",
}
_NUMBERS = {2: "Deux", 3: "Trois", 4: "Quatre", 5: "Cinq", 6: "Six"}
_WORDS: dict[type[Exception], Callable[[Any], str]] = {
    AlreadyInPreparation: lambda refusal: (
        f"Ce point d’avancement est déjà en préparation\u00a0: {refusal.preparation}."
    ),
    BeforeLaunch: _before_launch,
    ChangedSinceReview: _changed,
    DayNotReached: _not_reached,
    FiguresMoved: lambda _: (
        "Les chiffres ont changé pendant votre lecture. Relisez-les tels qu’ils sont maintenant, "
        "puis confirmez."
    ),
    NoProgramme: lambda _: "Le registre est vide\u202f; importez d’abord un dossier de suivi.",
    NotEarlier: _not_earlier,
    NotReviewed: lambda _: "Une autre personne doit d’abord relire ces chiffres.",
    NothingToRevise: _nothing_new,
    OtherTerritory: _other_territory,
    OwnPreparation: lambda _: (
        "Vous avez préparé ce point d’avancement\u00a0: une autre personne doit le relire."
    ),
    PreparationClosed: _closed,
    RemarkMissing: lambda _: "Dites ce qui est à reprendre.",
    RevisionNeedsReason: lambda _: (
        "Cette date est déjà figée pour ce territoire\u202f; donnez le motif de la révision."
    ),
    SnapshotDiffers: _differs,
    UnknownSnapshot: _unknown,
}
TERRITORY_HELP = (
    "national, dep:22, reg:53, epci:200068989, com:22046, taille:2000-3499 ou centralite:2"
)
REFUSALS = (
    AlreadyInPreparation,
    BeforeLaunch,
    ChangedSinceReview,
    DayNotReached,
    FiguresMoved,
    NoProgramme,
    NotEarlier,
    NotReviewed,
    NothingToRevise,
    OtherTerritory,
    OwnPreparation,
    PreparationClosed,
    RemarkMissing,
    RevisionNeedsReason,
    SnapshotDiffers,
    UnknownSnapshot,
    UnknownTerritory,
)
