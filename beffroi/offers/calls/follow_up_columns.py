"""What the columns of `fonds-friches` hold."""

from __future__ import annotations

from beffroi.foundations.imports.columns import Column, Kind, town_code, town_name

BROWNFIELDS = (
    Column("id_projet", "Identifiant du projet", Kind.CODE, "FF1-0001"),
    Column("edition", "Édition du fonds", Kind.WHOLE, "1", "Son rang : 1, 2, 3…"),
    Column("date_decision", "Décision", Kind.DAY, "2021-06-15"),
    town_code(),
    town_name(),
    Column("surface_m2", "Surface de la friche (m²)", Kind.NUMBER, "15910"),
    Column(
        "surface_logements_m2",
        "Surface de logements (m²)",
        Kind.NUMBER,
        "8534",
        "En m² de plancher, et non en nombre de logements.",
    ),
    Column("part_sociale_pct", "Part sociale (%)", Kind.NUMBER, "43", "De 0 à 100."),
)
