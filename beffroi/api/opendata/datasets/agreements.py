"""`conventions`: what was signed, and the towns it covers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from beffroi.programme.agreements.models import AgreementKind
from beffroi.programme.agreements.queries import covered_on
from beffroi.programme.agreements.rules import is_made_up

from ..declaration import Dataset, Field, Row, day, insee_com, lib_com, siren_epci
from ..edition import Edition

_COLUMNS = (
    "agreement_id",
    "town_id",
    "agreement__kind",
    "agreement__reference",
    "agreement__signed_on",
    "agreement__ended_on",
    "agreement__counts_as_ort",
    "agreement__intercommunality__siren",
    "since",
)


def _read(edition: Edition) -> Iterator[Row]:
    """One row per agreement and town of that day, the oldest agreement first."""
    if edition.programme is None:
        return
    rows: QuerySet[Any, Any] = covered_on(edition.as_of).filter(
        agreement__programme=edition.programme
    )
    name = edition.naming(rows.values_list("town_id", flat=True))
    found = rows.order_by("agreement__signed_on", "agreement_id", "since", "pk")
    seen: set[tuple[int, str]] = set()
    for (
        agreement,
        town,
        kind,
        number,
        signed_on,
        ended_on,
        is_ort,
        siren,
        since,
    ) in found.values_list(*_COLUMNS):
        label = name(town)
        if (agreement, label.code) in seen:
            continue
        seen.add((agreement, label.code))
        yield (
            str(AgreementKind(kind).label),
            "" if is_made_up(number) else number,
            signed_on,
            ended_on,
            "oui" if is_ort else "non",
            siren or "",
            label.code,
            label.name,
            since,
        )


AGREEMENTS = Dataset(
    code="conventions",
    title="Conventions et communes couvertes",
    description=(
        "Les conventions d’adhésion, les conventions-cadres et les contrats de sécurité signés au "
        "plus tard à la date, une ligne par commune couverte, telles que les avenants les ont "
        "modifiées. Plusieurs communes peuvent partager une convention\u00a0: compter les lignes "
        "compte des communes, pas des documents."
    ),
    keywords=("conventions", "convention-cadre", "ORT", "contrats de sécurité"),
    fields=(
        Field(
            "type_convention",
            "Type de convention",
            "Les deux contrats de sécurité ne s’additionnent pas.",
            example="convention-cadre",
            constraints={"required": True, "enum": [str(kind.label) for kind in AgreementKind]},
        ),
        Field(
            "numero",
            "Numéro",
            "Numéro que ses signataires lui ont donné\u202f; vide s’il n’en a pas.",
            example="CC-2022-014",
        ),
        day("date_signature", "Date de signature"),
        day("date_fin", "Fin prévue", "Vide si elle n’est pas connue.", is_required=False),
        Field(
            "vaut_ort",
            "Vaut ORT",
            "La convention vaut opération de revitalisation de territoire.",
            "boolean",
            "oui",
            {"required": True},
        ),
        siren_epci("Intercommunalité signataire\u202f; vide s’il n’y en a pas."),
        insee_com("Code INSEE de la commune couverte"),
        lib_com(),
        day("couverte_depuis", "Couverte depuis", "Date de la convention ou de l’avenant."),
    ),
    read=_read,
)
