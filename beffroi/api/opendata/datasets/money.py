"""`engagements`: money decided for towns, in the columns of the « subventions » scheme."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from beffroi.programme.membership.models import Programme
from beffroi.programme.support.models import MoneyState, MoneyStep
from beffroi.programme.support.queries import SUBVENTION_COLUMNS, given_commitments
from beffroi.programme.support.rules import (
    is_beneficiary_number,
    public_beneficiary,
    public_purpose,
)

from ..declaration import Dataset, Field, Row, amount, day, insee_com, lib_com
from ..edition import Edition

_CHUNK = 2000
_WHOLE = Decimal(1)
_UNKNOWN = None
_SIREN_OR_SIRET = "[0-9]{9}([0-9]{5})?"


def _read(edition: Edition) -> Iterator[Row]:
    """One row per decision committed or paid by the day, in the order of references."""
    if edition.programme is None:
        return
    rows = _decisions(edition, edition.programme)
    name = edition.naming(rows.values_list("town_id", flat=True).distinct())
    paid = MoneyStep.objects.filter(
        commitment_id=OuterRef("pk"), state=MoneyState.PAID, reached_on__lte=edition.as_of
    )
    dated = rows.annotate(paid_on=Subquery(paid.values("reached_on")[:1]))
    columns = (*SUBVENTION_COLUMNS.values(), "paid_on", "town_id")
    found = dated.order_by("decision_reference", "pk").values_list(*columns)
    for row in found.iterator(chunk_size=_CHUNK):
        yield _line(row, name(row[-1]))


def _line(row: tuple[Any, ...], place: Any) -> Row:
    funder, siren, signed_on, reference, who, number, purpose, euros, form, paid_on, _ = row
    return (
        funder,
        siren,
        signed_on,
        reference,
        public_beneficiary(who, number),
        number if is_beneficiary_number(number) else "",
        public_purpose(purpose, number),
        euros,
        form,
        _UNKNOWN,
        paid_on.isoformat() if paid_on else "",
        _UNKNOWN,
        _UNKNOWN,
        _WHOLE,
        place.code,
        place.name,
    )


def _decisions(edition: Edition, programme: Programme) -> QuerySet[Any]:
    return given_commitments(programme, as_of=edition.as_of)


def _count(edition: Edition) -> int:
    return _decisions(edition, edition.programme).count() if edition.programme else 0


COMMITMENTS = Dataset(
    code="engagements",
    title="Engagements financiers",
    description=(
        "Les décisions d’engager ou de payer de l’argent pour un projet dans une commune du "
        "programme, prises au plus tard à la date et non annulées, dans les colonnes du schéma "
        "«\u00a0subventions\u00a0» du socle commun des données locales (SCDL). Une décision, une "
        "ligne\u202f; ce qui n’est qu’annoncé ou programmé n’y est pas."
    ),
    keywords=("subventions", "SCDL", "engagements", "financement"),
    fields=(
        Field("nomAttribuant", "Nom de l’attribuant", "Le financeur.", example="Anah"),
        Field(
            "idAttribuant",
            "Identifiant de l’attribuant",
            "SIREN (neuf chiffres) ou SIRET (quatorze), tel que le registre le connaît.",
            example="180067027",
            constraints={"pattern": _SIREN_OR_SIRET},
        ),
        day("dateConvention", "Date de la convention"),
        Field(
            "referenceDecision",
            "Référence de la décision",
            "Elle ne paraît qu’une fois.",
            example="PVD001172",
            constraints={"required": True, "unique": True},
        ),
        Field(
            "nomBeneficiaire",
            "Nom du bénéficiaire",
            "«\u00a0personne physique\u00a0» lorsqu’il n’a ni SIREN, ni SIRET, ni numéro "
            "d’association\u00a0: aucun nom de personne n’est publié.",
            example="Costaros",
            constraints={"required": True},
        ),
        Field(
            "idBeneficiaire",
            "Identifiant du bénéficiaire",
            "SIREN, SIRET ou numéro d’association\u202f; vide pour une personne physique.",
            example="214300774",
            constraints={"pattern": "[0-9]{9}|[0-9]{14}|W[0-9]{9}"},
        ),
        Field("objet", "Objet", "Ce que finance la décision.", example="réhabilitation"),
        amount("montant", "Montant", "Montant engagé, en euros."),
        Field("nature", "Nature de l’aide", example="aide en numéraire"),
        Field(
            "conditionsVersement", "Conditions de versement", "Inconnues du registre\u00a0: vide."
        ),
        Field(
            "datesPeriodeVersement",
            "Date de versement",
            "Jour du paiement, lorsque le registre le connaît.",
            example="2022-03-14",
            constraints={"pattern": r"[0-9]{4}-[0-9]{2}-[0-9]{2}(/[0-9]{4}-[0-9]{2}-[0-9]{2})?"},
        ),
        Field("idRAE", "Identifiant RAE", "Inconnu du registre\u00a0: vide."),
        Field(
            "notificationUE",
            "Aide notifiée à l’Union européenne",
            "Inconnu du registre\u00a0: vide.",
            "boolean",
        ),
        Field(
            "pourcentageSubvention",
            "Part versée au bénéficiaire",
            "Toujours 1\u00a0: le registre connaît un bénéficiaire par décision.",
            "number",
            "1",
            {"minimum": 0, "maximum": 1},
        ),
        insee_com("Code INSEE du lieu du projet"),
        lib_com(),
    ),
    read=_read,
    count=_count,
    key=("referenceDecision",),
    conforms_to="https://schema.data.gouv.fr/scdl/subventions/",
    gaps=(
        (
            "Le schéma SCDL demande des SIRET\u202f; le registre tient surtout des SIREN, publiés "
            "tels quels."
        ),
        (
            "Le registre ne tient ni conditionsVersement, ni notificationUE, ni idRAE\u00a0: ces "
            "colonnes restent vides, quoique le schéma exige les deux premières."
        ),
        "objet est tu quand le bénéficiaire est une personne, que ses mots pourraient nommer.",
        "nature suit le registre, qui connaît aussi des avances remboursables.",
        "objet peut dépasser les 256 caractères du schéma.",
        "insee_com et lib_com, le lieu du projet, suivent les quatorze colonnes du schéma.",
    ),
)
