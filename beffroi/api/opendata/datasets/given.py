"""`missions` and `friches`: expertise given to towns, brownfields that were awarded."""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.foundations.spreadsheets import trimmed
from beffroi.offers.calls.models import BrownfieldProject
from beffroi.programme.support.models import ExpertiseMission

from ..declaration import Dataset, Field, Row, amount, day, insee_com, lib_com
from ..edition import Edition

_CHUNK = 2000


def _missions(edition: Edition) -> Iterator[Row]:
    if edition.programme is None:
        return
    rows = ExpertiseMission.objects.filter(
        programme=edition.programme, notified_on__lte=edition.as_of
    )
    name = edition.naming(rows.values_list("town_id", flat=True).distinct())
    columns = ("reference", "town_id", "funder__name", "theme", "notified_on", "amount")
    found = rows.order_by("reference").values_list(*columns)
    for reference, town, *rest in found.iterator(chunk_size=_CHUNK):
        place = name(town)
        yield reference, place.code, place.name, *rest


def _brownfields(edition: Edition) -> Iterator[Row]:
    rows = BrownfieldProject.objects.filter(decided_on__lte=edition.as_of)
    name = edition.naming(rows.values_list("town_id", flat=True).distinct())
    columns = (
        "reference", "edition__number", "decided_on", "town_id",
        "area_m2", "housing_m2", "social_percent",
    )  # fmt: skip
    found = rows.order_by("reference").values_list(*columns)
    for reference, edition_number, decided_on, town, *sizes in found.iterator(chunk_size=_CHUNK):
        place = name(town)
        yield reference, edition_number, decided_on, place.code, place.name, *map(trimmed, sizes)


def _area(name: str, title: str) -> Field:
    return Field(name, title, "En mètres carrés.", "number", "21500", {"minimum": 0})


MISSIONS = Dataset(
    code="missions",
    title="Missions d’expertise",
    description=(
        "Les missions d’expertise notifiées au plus tard à la date, avec leur financeur, leur "
        "thème et leur montant. Une mission, une ligne."
    ),
    keywords=("ingénierie", "expertise", "missions"),
    fields=(
        Field("id_mission", "Identifiant", example="M01691", constraints={"required": True}),
        insee_com(),
        lib_com(),
        Field("financeur", "Financeur", example="Cerema"),
        Field("theme", "Thème", example="mobilités"),
        day("date_notification", "Date de notification"),
        amount("montant", "Montant"),
    ),
    read=_missions,
    key=("id_mission",),
)

BROWNFIELDS = Dataset(
    code="friches",
    title="Lauréats du Fonds friches",
    description=(
        "Les projets lauréats du Fonds friches, décidés au plus tard à la date. La surface de "
        "logements est une surface de plancher, pas un nombre de logements."
    ),
    keywords=("friches", "Fonds friches", "foncier", "lauréats"),
    fields=(
        Field("id_projet", "Identifiant", example="FF-1-0012", constraints={"required": True}),
        Field("edition", "Édition", "Numéro de l’édition du fonds.", "integer", "1"),
        day("date_decision", "Date de décision"),
        insee_com(),
        lib_com(),
        _area("surface_m2", "Surface de la friche"),
        _area("surface_logements_m2", "Surface de plancher de logements"),
        Field(
            "part_sociale_pct",
            "Part de logement social",
            "En pourcentage de la surface de logements.",
            "number",
            "40",
            {"minimum": 0, "maximum": 100},
        ),
    ),
    read=_brownfields,
    key=("id_projet",),
)
