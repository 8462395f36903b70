"""What the columns of `rencontres` hold."""

from __future__ import annotations

from beffroi.foundations.imports.columns import Column, Kind, one_of
from beffroi.foundations.imports.places import region_names

_KINDS = ("rencontre régionale", "rencontre nationale", "webinaire", "atelier")

MEETINGS = (
    Column("id_evenement", "Identifiant de la rencontre", Kind.CODE, "RR-01"),
    Column("titre", "Titre", Kind.TEXT, "Rencontre régionale Bretagne"),
    Column(
        "type",
        "Type",
        Kind.TEXT,
        "rencontre régionale",
        is_required=False,
        values=one_of(*_KINDS),
        is_closed=False,
    ),
    Column("date", "Date", Kind.DAY, "2022-06-22"),
    Column(
        "region",
        "Région",
        Kind.TEXT,
        "Bretagne",
        "Vide pour une rencontre nationale.",
        is_required=False,
        values=region_names,
    ),
    Column(
        "participants",
        "Participants",
        Kind.WHOLE,
        "86",
        "Personnes comptées ; vide avant la rencontre.",
        is_required=False,
    ),
)
