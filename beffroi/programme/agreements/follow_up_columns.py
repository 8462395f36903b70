"""What the columns of `adhesions`, `conventions-cadre` and `contrats-securite` hold."""

from __future__ import annotations

from beffroi.foundations.imports.columns import Column, Kind, one_of, town_code, town_name
from beffroi.programme.agreements.models import AgreementKind

YES_OR_NO = {"oui": True, "non": False}
SECURITY = {
    "contrat de sécurité PVD": AgreementKind.SECURITY,
    "contrat de sécurité intégrée": AgreementKind.INTEGRATED_SECURITY,
}

ADHESIONS = (
    town_code(
        "Une ligne par commune désignée. Code officiel à la date de signature, ou au "
        "lancement du programme pour une commune qui n’a pas signé ; cinq caractères, zéro "
        "initial compris."
    ),
    town_name(),
    Column(
        "id_pvd",
        "Groupement de communes",
        Kind.TEXT,
        "pvd-84-01-2",
        "Référence commune aux communes désignées ensemble ; vide pour une commune seule.",
        is_required=False,
    ),
    Column(
        "date_signature",
        "Signature de la convention d’adhésion",
        Kind.DAY,
        "2021-02-20",
        "Vide tant que la convention n’est pas signée. Une reprise n’efface pas une signature.",
        is_required=False,
    ),
    Column(
        "date_sortie",
        "Sortie du programme",
        Kind.DAY,
        "2024-06-30",
        "Premier jour hors du programme ; vide pour une commune qui y est encore.",
        is_required=False,
    ),
)

FRAMEWORKS = (
    Column(
        "numero",
        "Numéro de la convention",
        Kind.CODE,
        "CC-2022-001",
        "Une ligne par commune couverte : le même numéro revient à chacune.",
    ),
    Column("date_signature", "Signature", Kind.DAY, "2022-07-27", "La même à chaque ligne."),
    Column(
        "vaut_ort",
        "Vaut opération de revitalisation de territoire",
        Kind.TEXT,
        "oui",
        "« oui » seulement si la ville principale de l’intercommunalité a signé aussi.",
        values=one_of(*YES_OR_NO),
    ),
    Column(
        "siren_epci",
        "SIREN de l’intercommunalité",
        Kind.CODE,
        "200040111",
        "Neuf chiffres, sans espace ; celui d’une intercommunalité dissoute est compris.",
    ),
    town_code(),
    town_name(),
)

SECURITY_CONTRACTS = (
    town_code(),
    town_name(),
    Column(
        "type_contrat",
        "Type de contrat",
        Kind.TEXT,
        "contrat de sécurité PVD",
        "Les deux types ne s’additionnent pas.",
        values=one_of(*SECURITY),
    ),
    Column("date_signature", "Signature", Kind.DAY, "2022-06-28"),
)
