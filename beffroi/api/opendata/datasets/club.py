"""`rencontres`: the meetings of the Club."""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.club.events.models import Meeting
from beffroi.foundations.territories.models import RegionPeriod

from ..declaration import Dataset, Field, Row, day
from ..edition import Edition


def _read(edition: Edition) -> Iterator[Row]:
    periods = RegionPeriod.objects.as_of(edition.as_of)
    names = dict(periods.values_list("region__code", "name"))
    columns = ("reference", "title", "kind", "held_on", "region__code", "participants")
    rows = Meeting.objects.filter(held_on__lte=edition.as_of).order_by("held_on", "reference")
    for *cells, region, participants in rows.values_list(*columns):
        yield *cells, region or "", names.get(region or "", ""), participants


MEETINGS = Dataset(
    code="rencontres",
    title="Rencontres du Club",
    description=(
        "Les rencontres du Club tenues au plus tard à la date, et le nombre de personnes comptées. "
        "Aucun participant n’est nommé."
    ),
    keywords=("club", "rencontres", "participation"),
    fields=(
        Field("id_evenement", "Identifiant", example="RR-2022-07", constraints={"required": True}),
        Field("titre", "Titre", example="Rencontre régionale de Bretagne"),
        Field("type", "Type", example="rencontre régionale"),
        day("date", "Date"),
        Field(
            "code_region", "Code de la région", "Vide pour une rencontre nationale.", example="53"
        ),
        Field("region", "Région", "Nom à la date de la version.", example="Bretagne"),
        Field(
            "participants",
            "Participants",
            "Personnes comptées\u202f; vide si personne ne les a comptées.",
            "integer",
            "84",
            {"minimum": 0},
        ),
    ),
    read=_read,
    key=("id_evenement",),
)
