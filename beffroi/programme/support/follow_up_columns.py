"""What the columns of `missions`, `engagements-previsionnels` and `engagements` hold."""

from __future__ import annotations

from beffroi.foundations.directory.queries import funder_names
from beffroi.foundations.imports.columns import Column, Kind, one_of, town_code

_THEMES = (
    "commerce",
    "friches",
    "habitat",
    "ingénierie de projet",
    "mobilités",
    "numérique",
    "patrimoine",
    "transition écologique",
)
_FORMS = ("aide en numéraire", "aide en nature", "avance remboursable")
_FUNDER_HELP = "Un financeur connu du bureau, dans « Organisations »."


def _funder() -> Column:
    return Column("financeur", "Financeur", Kind.TEXT, "Anah", _FUNDER_HELP, values=funder_names)


def _amount(help_text: str) -> Column:
    return Column("montant", "Montant (€)", Kind.EUROS, "4607,73", help_text)


PLANS = (_funder(), _amount("Prévu sur la durée du programme ; une ligne par financeur."))

MISSIONS = (
    Column("id_mission", "Identifiant de la mission", Kind.CODE, "M01691"),
    town_code(),
    _funder(),
    Column(
        "theme",
        "Thème",
        Kind.TEXT,
        "mobilités",
        is_required=False,
        values=one_of(*_THEMES),
        is_closed=False,
    ),
    Column("date_notification", "Notification", Kind.DAY, "2021-07-13"),
    _amount("Deux décimales au plus, zéro ou plus."),
)

COMMITMENTS = (
    Column(
        "nomAttribuant",
        "Financeur",
        Kind.TEXT,
        "Anah",
        f"{_FUNDER_HELP} Peut rester vide si son SIREN est donné.",
        is_required=False,
        values=funder_names,
        is_closed=False,
    ),
    Column(
        "idAttribuant",
        "SIREN du financeur",
        Kind.CODE,
        "180067027",
        "Neuf chiffres (SIREN) ou quatorze (SIRET). Peut rester vide si son nom est donné.",
        is_required=False,
    ),
    Column("dateConvention", "Date de la convention", Kind.DAY, "2021-05-30"),
    Column(
        "referenceDecision",
        "Référence de la décision",
        Kind.CODE,
        "PVD001172",
        "La clé de la ligne : une même référence ne compte qu’une fois.",
    ),
    Column("nomBeneficiaire", "Bénéficiaire", Kind.TEXT, "Costaros"),
    Column(
        "idBeneficiaire",
        "Identifiant du bénéficiaire",
        Kind.CODE,
        "214300774",
        "SIREN, SIRET ou numéro d’association (W et neuf chiffres) ; vide pour une personne.",
        is_required=False,
    ),
    Column("objet", "Objet", Kind.TEXT, "réhabilitation", is_required=False),
    _amount("Montant engagé ; deux décimales au plus, zéro ou plus."),
    Column(
        "nature",
        "Nature de l’aide",
        Kind.TEXT,
        "aide en numéraire",
        is_required=False,
        values=one_of(*_FORMS),
        is_closed=False,
    ),
    town_code("Lieu du projet, qui peut différer du siège du bénéficiaire ; code à la date."),
)
