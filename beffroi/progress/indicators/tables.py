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
DESIGNATED, POPULATIONS, FRESH, LATE = "designated", "populations", "fresh", "late"
ADHESIONS, FRAMEWORKS, ORT = "adhesions", "frameworks", "ort"
SECURITY, INTEGRATED_SECURITY = "security", "integrated_security"
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


def _towns(code: str, title: str, *columns: Column) -> Table:
    """A table of towns, and why each of them is there."""
    return Table(code, title, (Column(TOWN_CODE), Column(TOWN), Column("Département"), *columns))


def _signed(code: str, title: str, *, on: str = "Signée le", under: str = "Convention") -> Table:
    return _towns(code, title, Column(on, "date", is_event=True), Column(under))


TABLES = {
    table.code: table
    for table in (
        _towns(TOWNS, "Communes"),
        _towns(
            DESIGNATED,
            "Communes actives",
            Column("Entrée dans le programme le", "date", is_event=True),
        ),
        _towns(POPULATIONS, "Communes actives", Column("Population", "number")),
        _towns(FRESH, "Fiches à jour", Column("Confirmée ou modifiée le", "date", is_event=True)),
        _towns(LATE, "Communes en retard", Column("En retard depuis le", "date", is_event=True)),
        _signed(ADHESIONS, "Communes couvertes par une convention d’adhésion"),
        _signed(FRAMEWORKS, "Communes couvertes par une convention-cadre"),
        _signed(ORT, "Communes en ORT"),
        _signed(
            SECURITY,
            "Communes dotées d’un contrat de sécurité PVD",
            on="Signé le",
            under="Contrat",
        ),
        _signed(
            INTEGRATED_SECURITY,
            "Communes dotées d’un contrat de sécurité intégrée",
            on="Signé le",
            under="Contrat",
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
# The tables whose rows are towns: their first column is the code of each.
OF_TOWNS = frozenset(code for code, table in TABLES.items() if table.columns[0].title == TOWN_CODE)
