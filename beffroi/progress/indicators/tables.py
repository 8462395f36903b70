"""The tables of rows that figures open onto. Pure."""

from __future__ import annotations

from dataclasses import dataclass

NUMERIC = frozenset({"€", "number"})


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its French title, and how its cells are written."""

    title: str
    kind: str = "text"

    @property
    def is_number(self) -> bool:
        """Whether its cells stand to the right."""
        return self.kind in NUMERIC


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one kind that lie behind figures."""

    code: str
    title: str
    columns: tuple[Column, ...]


TOWNS = "towns"
PLANS = "plans"
COMMITMENTS = "commitments"
MISSIONS = "missions"
BROWNFIELDS = "brownfields"
POSTS = "posts"
MEETINGS = "meetings"

FUNDER = "Financeur"
AMOUNT = "Montant"
TOWN_CODE = "Code INSEE"
TOWN = "Commune"
PROJECT_PLACE = "Lieu du projet"
NAMING = frozenset({TOWN, PROJECT_PLACE})

TABLES = {
    table.code: table
    for table in (
        Table(
            TOWNS,
            "Communes",
            (Column(TOWN_CODE), Column(TOWN), Column("Département")),
        ),
        Table(PLANS, "Engagements prévisionnels", (Column(FUNDER), Column(AMOUNT, "€"))),
        Table(
            COMMITMENTS,
            "Décisions d’engagement",
            (
                Column("Référence"),
                Column(FUNDER),
                Column("Bénéficiaire"),
                Column("Date", "date"),
                Column(AMOUNT, "€"),
                Column(PROJECT_PLACE),
            ),
        ),
        Table(
            MISSIONS,
            "Missions d’expertise",
            (
                Column("Référence"),
                Column(FUNDER),
                Column("Thème"),
                Column("Notifiée le", "date"),
                Column(AMOUNT, "€"),
                Column(TOWN),
            ),
        ),
        Table(
            BROWNFIELDS,
            "Projets lauréats",
            (
                Column("Référence"),
                Column("Édition"),
                Column("Date", "date"),
                Column("Surface (m²)", "number"),
                Column(TOWN),
            ),
        ),
        Table(
            POSTS,
            "Postes de chef de projet",
            (
                Column("Référence"),
                Column("Employeur"),
                Column("Ouvert le", "date"),
                Column("Communes desservies"),
            ),
        ),
        Table(
            MEETINGS,
            "Rencontres",
            (
                Column("Référence"),
                Column("Titre"),
                Column("Date", "date"),
                Column("Participants", "number"),
                Column("Région"),
            ),
        ),
    )
}
