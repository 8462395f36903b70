"""The shapes of the answers. Amounts are euros, areas hectares or m² as their names say."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema
from pydantic import Field

Number = int | float


class Named(Schema):
    """A place by its official code."""

    code: str
    name: str


class TownName(Named):
    """A town as another answer names it."""

    api: str = Field(description="Adresse de la commune dans l’API.")


class TownInList(Schema):
    """A town of the programme on a day."""

    code: str = Field(description="Code INSEE à la date.")
    name: str
    department: Named
    region: Named
    epci: Named | None = Field(description="Intercommunalité, par son numéro SIREN.")
    population: int | None
    centrality: str | None = Field(description="Niveau de centralité.")
    standing: str = Field(
        description="Étape la plus avancée\u00a0: nothing, adhesion, framework ou ort."
    )
    adhesion_signed_on: date | None
    framework_due_on: date | None = Field(
        description="Dernier jour des dix-huit mois qui suivent l’adhésion."
    )
    framework_signed_on: date | None
    missions: int = Field(description="Missions d’expertise notifiées.")
    committed: Number = Field(description="Euros engagés ou payés.")
    page: str = Field(description="Page publique de la commune.")
    api: str = Field(description="Adresse de la commune dans l’API.")


class PastName(Schema):
    """A code and a name borne until a day, not included."""

    code: str
    name: str
    until: date | None


class Membership(Schema):
    """A place in a programme."""

    programme: str
    started_on: date
    ended_on: date | None
    is_open: bool


class TownAgreement(Schema):
    """An agreement that covers, or covered, a town."""

    id: int
    kind: str
    kind_label: str
    number: str = Field(description="Numéro donné par les signataires, vide sans numéro.")
    signed_on: date
    counts_as_ort: bool
    covered_since: date
    left_on: date | None
    ended_on: date | None
    towns: list[TownName]
    api: str


class MoneyState(Schema):
    """The decisions of one state."""

    state: str
    label: str
    decisions: int
    amount: Number


class MoneyFunder(Schema):
    """The decisions of one funder."""

    funder: str
    decisions: int
    amount: Number


class TownMoney(Schema):
    """What was decided for a town, in euros."""

    committed: Number = Field(description="Euros engagés ou payés.")
    decisions: int
    by_state: list[MoneyState]
    by_funder: list[MoneyFunder]


class Mission(Schema):
    """An expert's mission."""

    reference: str
    theme: str
    funder: str
    notified_on: date
    amount: Number


class TownMissions(Schema):
    """The missions of a town: all of them counted, the latest listed."""

    count: int
    amount: Number
    latest: list[Mission]


class Laureate(Schema):
    """A laureate of the brownfield fund."""

    reference: str
    edition: str
    decided_on: date
    area_m2: Number
    housing_m2: Number = Field(description="Mètres carrés de plancher de logement.")


class TownMeeting(Schema):
    """A meeting that a town came to."""

    title: str
    kind: str
    held_on: date
    people: int | None


class Event(Schema):
    """A dated fact, in French."""

    day: date
    kind: str
    sentence: str


class TownDetail(Schema):
    """What the register says of a town on a day."""

    code: str
    name: str
    as_of: date
    is_member: bool = Field(description="Vrai si la commune est dans le programme à la date.")
    department: Named
    region: Named
    epci: Named | None
    population: int | None
    centrality: str | None
    former_names: list[PastName]
    former_towns: list[PastName] = Field(description="Communes que celle-ci continue.")
    memberships: list[Membership]
    standing: str
    adhesion_signed_on: date | None
    framework_due_on: date | None
    framework_signed_on: date | None
    agreements: list[TownAgreement]
    money: TownMoney
    missions: TownMissions
    laureates: list[Laureate]
    meetings: list[TownMeeting]
    timeline: list[Event]
    page: str


class CoveredTown(TownName):
    """A town that an agreement covers, or covered until a day."""

    since: date
    until: date | None


class AgreementInList(Schema):
    """A signed agreement."""

    id: int
    kind: str
    kind_label: str
    number: str = Field(description="Numéro donné par les signataires, vide sans numéro.")
    signed_on: date
    ended_on: date | None
    counts_as_ort: bool = Field(
        description="Vrai si la convention vaut opération de revitalisation de territoire."
    )
    intercommunality: str
    towns: list[CoveredTown]
    api: str


class AgreementParty(Schema):
    """Who signs, in what capacity, and when."""

    capacity: str
    name: str
    signed_on: date | None


class AgreementAmendment(Schema):
    """A signed change."""

    number: int
    signed_on: date
    purpose: str


class AgreementDetail(AgreementInList):
    """A signed agreement, its parties and its amendments."""

    parties: list[AgreementParty]
    amendments: list[AgreementAmendment]


class Definition(Schema):
    """What an indicator is, as it is counted today."""

    code: str
    label: str
    heading: str
    unit: str
    definition: str
    counts: str = Field(description="Ce que compte le numérateur.")
    over: str = Field(description="Ce que compte le dénominateur, vide sans dénominateur.")
    over_code: str = Field(description="Indicateur qui ouvre le dénominateur, vide sans lui.")
    exclusions: list[str] = Field(description="Ce qui n’est pas compté.")
    table: str = Field(description="Nature des lignes que le chiffre compte.")
    breakdowns: list[str] = Field(description="Ventilations\u00a0: funder, theme, year, territory.")
    version: int = Field(
        description=(
            "Version de la définition. Un point d’avancement figé garde la version "
            "avec laquelle il a été compté."
        )
    )
    since: date = Field(description="Date d’effet de cette version.")
    rows: str = Field(description="Adresse des lignes du chiffre, aujourd’hui.")


class Measured(Schema):
    """A reading: null where the number does not exist, never zero."""

    value: Number | None
    numerator: Number | None
    denominator: Number | None


class MeasuredIndicator(Measured):
    """An indicator as measured, with all that it takes to read it."""

    unit: str
    definition: str
    label: str
    version: int
    since: date
    heading: str
    counts: str = Field(description="Ce que compte le numérateur.")
    over: str = Field(description="Ce que compte le dénominateur.")
    exclusions: list[str]
    row_count: int = Field(description="Nombre de lignes derrière le chiffre.")
    rows: str = Field(description="Adresse de ces lignes.")


class BreakdownLine(Measured):
    """One line of a breakdown."""

    label: str


class BreakdownTable(Schema):
    """A figure told apart by funder, theme, year or territory."""

    kind: str
    title: str
    lines: list[BreakdownLine]


class PartPlace(Named):
    """The readings of every figure in a part of the territory."""

    readings: dict[str, Measured]


class PartsTable(Schema):
    """The parts of one kind."""

    kind: str
    title: str
    places: list[PartPlace]


class CoursePart(Schema):
    """The course of figures in a part of the territory."""

    kind: str
    code: str
    name: str
    readings: dict[str, list[Measured]]


class Course(Schema):
    """One reading a day of `days`, for each figure."""

    days: list[date]
    readings: dict[str, list[Measured]]
    parts: list[CoursePart]


class ReportDetail(Schema):
    """A whole report, frozen or measured for the occasion."""

    reference: str = Field(description="Vide si les chiffres ne sont pas figés.")
    programme: str
    as_of: date
    territory: str
    territory_name: str
    revision: int
    reason: str = Field(description="Motif de la révision.")
    revised_by: str | None = Field(description="Référence de la révision qui remplace celle-ci.")
    frozen_at: datetime | None
    fingerprint: str = Field(description="SHA-256 du contenu figé et de ses lignes.")
    inputs: str = Field(description="SHA-256 des lignes du registre mesurées.")
    foreword: str
    indicators: dict[str, MeasuredIndicator]
    breakdowns: dict[str, list[BreakdownTable]]
    parts: list[PartsTable]
    series: Course | None
    country: dict[str, Measured] = Field(description="Les mêmes chiffres pour la France entière.")
    partners: list[str]


class DepartmentsReport(Schema):
    """Every figure in every département."""

    as_of: date
    departments: list[PartPlace]


class SnapshotInList(Schema):
    """A published report, in brief."""

    reference: str
    as_of: date
    territory: str
    territory_name: str
    revision: int
    reason: str
    frozen_at: datetime
    fingerprint: str
    page: str
    api: str


class RowCells(Schema):
    """One row behind a figure: its key, then its cells in the order of `columns`."""

    key: str
    cells: list[str]


class RowsPage(Schema):
    """The rows behind a figure, page by page."""

    reference: str
    as_of: date
    territory: str
    code: str
    label: str
    value: Number | None
    unit: str
    table: str
    columns: list[str]
    count: int
    page: int
    pages: int
    next: str | None
    previous: str | None
    results: list[RowCells]


class LetterInList(Schema):
    """A published issue."""

    number: int
    title: str
    issued_on: date
    page: str
    api: str


class LetterLink(Schema):
    """Where an item leads; `url` is empty while its address is to come."""

    label: str
    url: str


class LetterItem(Schema):
    """An item, as text and as HTML."""

    kind: str
    title: str
    value: str
    facts: list[str]
    text: str
    html: str
    picture: str = Field(description="Ce que montre l’image, vide sans image.")
    credit: str
    link: LetterLink | None
    figures: list[str] = Field(description="Chiffres figés cités\u00a0: libellé, valeur.")


class LetterSection(Schema):
    """A part of an issue."""

    title: str
    items: list[LetterItem]


class LetterDetail(LetterInList):
    """A whole issue."""

    headline: str
    sections: list[LetterSection]


class MeetingInList(Schema):
    """A meeting of the Club, held or to come."""

    reference: str
    title: str
    kind: str
    held_on: date
    is_past: bool
    region: Named | None = Field(description="Vide pour une rencontre nationale.")
    participants: int | None = Field(description="Vide tant que personne n’a été compté.")
