"""`indicateurs`, `territoires` and `definitions`: the figures of published reports, their words.

Figures come from published reports alone: those whose day is the version's, or before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from beffroi.foundations.spreadsheets import trimmed
from beffroi.progress.indicators import INDICATORS
from beffroi.progress.models import Snapshot
from beffroi.progress.rules import Number, Reading

from ..declaration import Dataset, Field, Row, day
from ..edition import Edition

_CHUNK = 20


def _published(edition: Edition) -> Iterator[Snapshot]:
    if edition.programme is None:
        return
    rows = Snapshot.objects.without_rows().published()
    found = rows.filter(programme=edition.programme, as_of__lte=edition.as_of)
    yield from found.order_by("as_of", "territory", "revision").iterator(chunk_size=_CHUNK)


def _indicators(edition: Edition) -> Iterator[Row]:
    for snapshot in _published(edition):
        report = snapshot.report
        for figure in report.figures:
            yield (
                report.reference,
                report.as_of,
                report.territory,
                report.territory_name,
                report.revision,
                figure.code,
                *_cells(figure.reading),
                figure.unit,
                figure.version,
            )


def _territories(edition: Edition) -> Iterator[Row]:
    """Every part of the newest published report of the whole country."""
    rows = Snapshot.objects.without_rows().published()
    found = rows.filter(programme=edition.programme, territory="national", as_of__lte=edition.as_of)
    newest = found.order_by("-as_of", "-revision").first()
    if newest is None:
        return
    report = newest.report
    units = {figure.code: (figure.unit, figure.version) for figure in report.figures}
    for parts in report.parts:
        for place in parts.places:
            for code, reading in place.readings.items():
                yield (
                    report.reference,
                    report.as_of,
                    parts.kind,
                    place.code,
                    place.name,
                    code,
                    *_cells(reading),
                    *units.get(code, ("", None)),
                )


def _definitions(edition: Edition) -> Iterator[Row]:
    for one in INDICATORS:
        for version in one.versions:
            if version.since <= edition.as_of:
                words = version.text, version.version, version.since
                yield (one.code, one.label, one.heading, one.unit, *words)


def _cells(reading: Reading) -> tuple[Number | None, ...]:
    return _cell(reading.value), _cell(reading.numerator), _cell(reading.denominator)


def _cell(number: Number | None) -> Number | None:
    return trimmed(number) if isinstance(number, Decimal) else number


def _code() -> Field:
    return Field(
        "code",
        "Code de l’indicateur",
        "Défini dans le jeu «\u00a0definitions\u00a0».",
        example="adhesion_share",
        constraints={"required": True},
    )


_REFERENCE = Field(
    "reference",
    "Référence du point d’avancement",
    "Elle ne désigne qu’un texte figé, à l’adresse /point-d-avancement/<référence>/.",
    example="2022-09-23-national-r1",
    constraints={"required": True},
)
_AS_OF = day("date", "Date des chiffres")
_READING = (
    Field(
        "valeur",
        "Valeur",
        "Vide lorsque le chiffre n’existe pas\u00a0: pas de dénominateur, ou pas de sens à cette "
        "échelle. Jamais zéro par défaut.",
        "number",
        "99.6",
    ),
    Field("numerateur", "Numérateur", "Vide hors des rapports.", "number", "1601"),
    Field("denominateur", "Dénominateur", "Vide hors des rapports.", "number", "1607"),
    Field("unite", "Unité", "%, €, ha, ou ce qui est compté.", example="%"),
    Field("version", "Version de la définition", "", "integer", "1"),
)

FIGURES = Dataset(
    code="indicateurs",
    title="Chiffres des points d’avancement",
    description=(
        "Tous les chiffres figés et publiés, date par date et territoire par territoire, avec leur "
        "numérateur, leur dénominateur et la version de leur définition. Une correction paraît "
        "comme une révision, à côté des chiffres qu’elle corrige."
    ),
    keywords=("indicateurs", "avancement", "chiffres clés"),
    fields=(
        _REFERENCE,
        _AS_OF,
        Field("territoire", "Territoire", "national, dep:22, reg:53, epci:200068989…",
              example="national"),
        Field("nom_territoire", "Nom du territoire", example="France entière"),
        Field("revision", "Révision", "La plus élevée fait foi.", "integer", "1"),
        _code(),
        *_READING,
    ),
    read=_indicators,
    key=("reference", "code"),
    is_frozen=True,
)  # fmt: skip

TERRITORIES = Dataset(
    code="territoires",
    title="Chiffres par territoire",
    description=(
        "Le dernier point d’avancement national publié à la date, détaillé par région, par "
        "département et pour chaque autre partie du territoire qu’il contient."
    ),
    keywords=("indicateurs", "départements", "régions"),
    fields=(
        _REFERENCE,
        _AS_OF,
        Field("type", "Type de territoire", "reg, dep, epci ou com.", example="dep"),
        Field("code_territoire", "Code du territoire", "Code INSEE ou SIREN.", example="22"),
        Field("nom_territoire", "Nom du territoire", example="Côtes-d’Armor"),
        _code(),
        *_READING,
    ),
    read=_territories,
    key=("type", "code_territoire", "code"),
    is_frozen=True,
)

DEFINITIONS = Dataset(
    code="definitions",
    title="Définitions des indicateurs",
    description=(
        "Ce que compte chaque indicateur, ce qu’il laisse de côté, son unité et la date depuis "
        "laquelle sa définition vaut."
    ),
    keywords=("indicateurs", "définitions", "métadonnées"),
    fields=(
        _code(),
        Field("libelle", "Libellé", example="Part des communes ayant signé leur adhésion"),
        Field("rubrique", "Rubrique", example="Adhésions et conventions"),
        Field("unite", "Unité", example="%"),
        Field("definition", "Définition"),
        Field("version", "Version", "", "integer", "1"),
        day("depuis", "En vigueur depuis"),
    ),
    read=_definitions,
    key=("code", "version"),
)
