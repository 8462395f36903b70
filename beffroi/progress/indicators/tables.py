"""The tables of rows that figures open onto. Pure."""

from __future__ import annotations

from dataclasses import dataclass

NUMERIC = frozenset({"€", "number"})


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its French title, and how its cells are written.

    `is_event` marks the day on which what the row tells happened: a row that enters a later report
    with an earlier day was entered late. `told_by` is the breakdown that the column gives.
    """

    title: str
    kind: str = "text"
    is_event: bool = False
    told_by: str = ""

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

    def place_of(self, breakdown: str) -> int:
        """The place of the column that gives a breakdown; the day of the event gives the year."""
        for place, column in enumerate(self.columns):
            if column.told_by == breakdown or (breakdown == YEAR and column.is_event):
                return place
        raise LookupError(f"{self.code}: {breakdown}")


TERRITORY, BY_FUNDER, THEME, YEAR = "territory", "funder", "theme", "year"
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
        Table(
            PLANS,
            "Engagements prévisionnels",
            (Column(FUNDER, told_by=BY_FUNDER), Column(AMOUNT, "€")),
        ),
        Table(
            COMMITMENTS,
            "Décisions d’engagement",
            (
                Column("Référence"),
                Column(FUNDER, told_by=BY_FUNDER),
                Column("Bénéficiaire"),
                Column("Date", "date", is_event=True),
                Column(AMOUNT, "€"),
                Column(PROJECT_PLACE),
            ),
        ),
        Table(
            MISSIONS,
            "Missions d’expertise",
            (
                Column("Référence"),
                Column(FUNDER, told_by=BY_FUNDER),
                Column("Thème", told_by=THEME),
                Column("Notifiée le", "date", is_event=True),
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
                Column("Date", "date", is_event=True),
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
                Column("Ouvert le", "date", is_event=True),
                Column("Communes desservies"),
            ),
        ),
        Table(
            MEETINGS,
            "Rencontres",
            (
                Column("Référence"),
                Column("Titre"),
                Column("Date", "date", is_event=True),
                Column("Participants", "number"),
                Column("Région"),
            ),
        ),
    )
}
