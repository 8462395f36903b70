"""What the columns of `chefs-de-projet` hold."""

from __future__ import annotations

from beffroi.foundations.imports.columns import Column, Kind, one_of, town_code
from beffroi.programme.membership.models import EmployerKind

EMPLOYERS = {"commune": EmployerKind.TOWN, "epci": EmployerKind.INTERCOMMUNALITY}

POSTS = (
    Column(
        "id_poste",
        "Identifiant du poste",
        Kind.CODE,
        "P0001",
        "Une ligne par commune desservie : le même identifiant revient à chacune.",
    ),
    Column(
        "type_employeur",
        "Type d’employeur",
        Kind.TEXT,
        "commune",
        "La commune ou l’intercommunalité qui emploie.",
        values=one_of(*EMPLOYERS),
    ),
    Column(
        "code_employeur",
        "Code de l’employeur",
        Kind.CODE,
        "01004",
        "Code INSEE d’une commune, SIREN (neuf chiffres) d’une intercommunalité.",
    ),
    town_code("Commune desservie, sous son code officiel au début du poste."),
    Column("date_debut", "Début du poste", Kind.DAY, "2021-04-06"),
    Column(
        "date_fin",
        "Dernier jour du poste",
        Kind.DAY,
        "2024-04-05",
        "Vide pour un poste ouvert.",
        is_required=False,
    ),
)
