"""Every indicator, declared once: what it is called, what it counts, what it leaves out. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from beffroi.foundations.folding import fold

from ..rules import EUROS, HECTARES, PERCENT, Figure, Reading
from . import measures, tables
from .facts import Facts
from .measures import Measure

_FIRST_DAY = date(2020, 10, 1)

AGREEMENTS = "Adhésions et conventions"
MONEY = "Engagements financiers"
SUPPORT = "Accompagnement"
BROWNFIELDS = "Friches"
SECURITY = "Sécurité"
CLUB = "Club"
REGISTER = "Tenue du registre"


class Rated(StrEnum):
    """What makes a figure comparable between territories, if anything does."""

    SHARE = "share"
    ACTIVE_TOWN = "active_town"
    INHABITANT = "inhabitant"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Definition:
    """The whole words of an indicator, in force from `since` up to, not including, `until`."""

    text: str
    version: int
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One key figure. A change of `definition` takes a new `version`, in force from `since`, and
    leaves the words it had in `former`. `rate` says what it is compared by.

    `counts` says what the numerator is, `over` what the denominator is, `over_code` which figure
    opens onto the denominator, `exclusions` what is left out, sentence by sentence, and is not said
    again in `definition`. `fact` names what of the facts the `breakdowns` tell apart.
    """

    code: str
    label: str
    heading: str
    unit: str
    definition: str
    measure: Callable[[Facts], Measure]
    table: str = tables.TOWNS
    version: int = 1
    since: date = _FIRST_DAY
    counts: str = ""
    over: str = ""
    over_code: str = ""
    exclusions: tuple[str, ...] = ()
    fact: str = ""
    breakdowns: tuple[str, ...] = ()
    rate: Rated = Rated.NOTHING
    former: tuple[Definition, ...] = ()

    @property
    def versions(self) -> tuple[Definition, ...]:
        """Every definition it ever had, the one in force last."""
        return *self.former, Definition(self.full_definition, self.version, self.since)

    @property
    def full_definition(self) -> str:
        """The definition and what it leaves out, as one text."""
        return " ".join((self.definition, *self.exclusions))

    def reading(self, facts: Facts) -> Reading:
        """Measure the facts of a day, without the rows behind the number."""
        measured = self.measure(facts)
        return Reading(measured.value, measured.numerator, measured.denominator)

    def broken_down(self, facts: Facts, *, by: str) -> tuple[tuple[str, Reading], ...]:
        """The readings of each funder, theme, year or région, in the order of their labels."""
        shares = facts.parted(self.fact, by=by)
        return tuple((label, self.reading(shares[label])) for label in sorted(shares, key=fold))

    def figure(self, facts: Facts) -> Figure:
        """Measure the facts of a day."""
        measured = self.measure(facts)
        return Figure(
            code=self.code,
            label=self.label,
            heading=self.heading,
            value=measured.value,
            unit=self.unit,
            numerator=measured.numerator,
            denominator=measured.denominator,
            definition=self.definition,
            version=self.version,
            since=self.since,
            table=self.table,
            rows=measured.keys,
            counts=self.counts,
            over=self.over,
            over_code=self.over_code,
            exclusions=self.exclusions,
        )


INDICATORS = (
    Indicator(
        code="active_towns",
        label="Communes actives",
        heading=AGREEMENTS,
        unit="communes",
        definition=(
            "Nombre de communes dont l’appartenance au programme est ouverte à la date, "
            "qu’elles aient signé ou non une convention d’adhésion. Deux communes "
            "désignées puis fusionnées comptent pour une."
        ),
        exclusions=(("Une commune sortie du programme ne compte plus dès le jour de sa sortie."),),
        counts="communes dont l’appartenance au programme est ouverte",
        table=tables.DESIGNATED,
        measure=measures.active_towns,
    ),
    Indicator(
        code="population",
        label="Population des communes actives",
        heading=AGREEMENTS,
        unit="habitants",
        definition=(
            "Somme des populations des communes actives à la date, selon le millésime "
            "alors en vigueur."
        ),
        exclusions=(
            (
                "Les communes sorties du programme et celles dont aucune population n’est "
                "connue sont exclues."
            ),
        ),
        counts="habitants des communes actives",
        table=tables.POPULATIONS,
        measure=measures.population,
    ),
    Indicator(
        code="adhesion_signed",
        label="Communes ayant signé leur convention d’adhésion",
        heading=AGREEMENTS,
        unit="communes",
        definition=(
            "Nombre de communes actives couvertes par au moins une convention d’adhésion "
            "signée au plus tard à la date. Une commune que plusieurs conventions "
            "couvrent compte une fois."
        ),
        exclusions=(
            (
                "Les communes sorties du programme et les conventions signées après la date "
                "sont exclues."
            ),
        ),
        counts="communes actives couvertes par une convention d’adhésion",
        over="communes actives",
        rate=Rated.SHARE,
        over_code="active_towns",
        table=tables.ADHESIONS,
        measure=measures.active_among(lambda facts: facts.adhesion),
        fact="adhesion",
        breakdowns=(tables.YEAR,),
    ),
    Indicator(
        code="adhesion_share",
        label="Part des conventions d’adhésion signées",
        heading=AGREEMENTS,
        unit=PERCENT,
        definition=(
            "Communes actives couvertes par une convention d’adhésion signée au plus "
            "tard à la date, rapportées à toutes les communes actives à cette date, en "
            "pourcentage arrondi au dixième. Sans commune active, la part n’existe pas."
        ),
        exclusions=(
            ("Les communes sorties du programme sont exclues du numérateur comme du dénominateur."),
        ),
        counts="communes actives couvertes par une convention d’adhésion",
        over="communes actives",
        rate=Rated.SHARE,
        over_code="active_towns",
        table=tables.ADHESIONS,
        measure=measures.active_share(lambda facts: facts.adhesion),
    ),
    Indicator(
        code="framework_towns",
        label="Communes couvertes par une convention-cadre",
        heading=AGREEMENTS,
        unit="communes",
        definition=(
            "Nombre de communes actives, comptées une fois chacune, que couvre au moins "
            "une convention-cadre signée au plus tard à la date. Ce sont des communes et "
            "non des documents, car une convention en couvre souvent plusieurs."
        ),
        exclusions=(
            ("Les communes couvertes qui n’appartiennent pas ou plus au programme sont exclues."),
        ),
        counts="communes actives couvertes par une convention-cadre",
        over="communes actives",
        rate=Rated.SHARE,
        over_code="active_towns",
        table=tables.FRAMEWORKS,
        measure=measures.active_among(lambda facts: facts.framework),
        fact="framework",
        breakdowns=(tables.YEAR,),
    ),
    Indicator(
        code="ort_towns",
        label="Communes en opération de revitalisation de territoire (ORT)",
        heading=AGREEMENTS,
        unit="communes",
        definition=(
            "Parmi les communes actives couvertes par une convention-cadre signée au "
            "plus tard à la date, nombre de celles dont la convention vaut ORT, ce qui "
            "suppose la signature de la ville principale de l’intercommunalité."
        ),
        exclusions=(("Les conventions-cadres qui ne valent pas ORT sont exclues."),),
        counts="communes actives dont la convention-cadre vaut ORT",
        over="communes actives",
        rate=Rated.SHARE,
        over_code="active_towns",
        table=tables.ORT,
        measure=measures.active_among(lambda facts: facts.ort),
        fact="ort",
        breakdowns=(tables.YEAR,),
    ),
    Indicator(
        code="late_agreements",
        label="Communes dont la convention-cadre est en retard",
        heading=AGREEMENTS,
        unit="communes",
        definition=(
            "Nombre de communes actives dont la première convention d’adhésion est "
            "signée depuis plus de dix-huit mois à la date, et qu’aucune "
            "convention-cadre ne couvre ce jour-là."
        ),
        exclusions=(
            (
                "Les communes sorties du programme, celles qui n’ont pas signé d’adhésion et "
                "celles dont la convention-cadre est signée, fût-ce après l’échéance, sont "
                "exclues."
            ),
        ),
        counts="communes actives dont la convention-cadre est en retard",
        over="communes actives",
        rate=Rated.SHARE,
        over_code="active_towns",
        table=tables.LATE,
        measure=measures.active_among(lambda facts: facts.late),
    ),
    Indicator(
        code="planned_amount",
        label="Montant prévisionnel",
        heading=MONEY,
        unit=EUROS,
        definition=(
            "Somme des montants que les financeurs prévoient d’engager sur la durée du "
            "programme, en euros. Ce plan est national et n’est pas réparti entre les "
            "territoires."
        ),
        counts="euros que les financeurs prévoient d’engager",
        measure=measures.planned_amount,
        table=tables.PLANS,
        fact="plans",
        breakdowns=(tables.BY_FUNDER,),
    ),
    Indicator(
        code="realised_amount",
        label="Montant engagé",
        heading=MONEY,
        unit=EUROS,
        definition=(
            "Somme, exacte au centime, des montants engagés ou payés dont la décision "
            "est datée au plus tard de la date. Une même référence de décision compte "
            "une fois. Dans un territoire, le lieu du projet compte, et non le siège du "
            "bénéficiaire."
        ),
        exclusions=(
            (
                "Les montants seulement annoncés ou programmés sont exclus, comme les "
                "décisions annulées à la date."
            ),
        ),
        counts="euros engagés ou payés",
        rate=Rated.INHABITANT,
        measure=measures.realised_amount,
        table=tables.COMMITMENTS,
        fact="commitments",
        breakdowns=(
            tables.BY_FUNDER,
            tables.YEAR,
        ),
    ),
    Indicator(
        code="realised_share",
        label="Part du montant prévisionnel engagée",
        heading=MONEY,
        unit=PERCENT,
        definition=(
            "Montant engagé à la date rapporté au montant prévisionnel de tout le "
            "programme, en pourcentage entier. Cette part peut dépasser 100\u202f%. Elle "
            "n’existe ni sans plan, ni dans un territoire, puisque le plan est national."
        ),
        counts="engagés ou payés",
        over="prévus par les financeurs",
        rate=Rated.SHARE,
        over_code="planned_amount",
        measure=measures.realised_share,
        table=tables.COMMITMENTS,
    ),
    Indicator(
        code="expertise_missions",
        label="Missions d’expertise",
        heading=SUPPORT,
        unit="missions",
        definition=(
            "Nombre de missions d’expertise notifiées au plus tard à la date, tous "
            "financeurs confondus. Une commune peut en recevoir plusieurs."
        ),
        exclusions=(
            ("Les missions demandées ou programmées mais non notifiées à la date sont exclues."),
        ),
        counts="missions d’expertise notifiées",
        rate=Rated.ACTIVE_TOWN,
        measure=measures.rows_of(lambda facts: facts.missions),
        table=tables.MISSIONS,
        fact="missions",
        breakdowns=(
            tables.BY_FUNDER,
            tables.THEME,
            tables.YEAR,
        ),
    ),
    Indicator(
        code="manager_posts",
        label="Postes de chef de projet",
        heading=SUPPORT,
        unit="postes",
        definition=(
            "Nombre de postes de chef de projet ouverts à la date, du premier au dernier "
            "jour du poste compris. Ce sont des postes et non des communes, car un poste "
            "en dessert souvent plusieurs. Dans un territoire, un poste compte dès qu’il "
            "y dessert une commune, si bien que la somme des territoires peut dépasser "
            "le total national."
        ),
        counts="postes de chef de projet ouverts",
        rate=Rated.ACTIVE_TOWN,
        measure=measures.rows_of(lambda facts: facts.posts),
        table=tables.POSTS,
    ),
    Indicator(
        code="vacant_posts",
        label="Postes de chef de projet vacants",
        heading=SUPPORT,
        unit="postes",
        definition=(
            "Parmi les postes de chef de projet ouverts à la date, nombre de ceux dont "
            "la vacance est enregistrée ce jour-là."
        ),
        exclusions=(
            (
                "Les postes dont personne n’a dit s’ils sont pourvus ne sont pas comptés "
                "vacants, et les postes qui ont pris fin sont exclus."
            ),
        ),
        counts="postes vacants",
        over="postes de chef de projet ouverts",
        rate=Rated.SHARE,
        over_code="manager_posts",
        measure=measures.vacant_posts,
        table=tables.POSTS,
    ),
    Indicator(
        code="unreached_towns",
        label="Communes que le programme n’a pas encore touchées",
        heading=SUPPORT,
        unit="communes",
        definition=(
            "Nombre de communes actives qui n’ont, à la date, ni mission d’expertise "
            "notifiée, ni financement engagé ou payé, ni présence relevée à une "
            "rencontre du Club, rapporté aux communes actives."
        ),
        exclusions=(("La présence ne compte que là où elle est relevée par commune."),),
        counts="communes actives sans mission, sans financement et sans rencontre",
        over="communes actives",
        rate=Rated.SHARE,
        over_code="active_towns",
        measure=measures.unreached_towns,
    ),
    Indicator(
        code="brownfield_towns",
        label="Communes lauréates du Fonds friches",
        heading=BROWNFIELDS,
        unit="communes",
        definition=(
            "Nombre de communes, comptées une fois chacune, où se trouve au moins un "
            "projet lauréat du Fonds friches décidé au plus tard à la date, toutes "
            "éditions confondues. Plusieurs projets dans une commune ne font qu’une "
            "commune."
        ),
        exclusions=(("Les candidatures non retenues sont exclues."),),
        counts="communes lauréates du Fonds friches",
        measure=measures.brownfield_towns,
    ),
    Indicator(
        code="brownfield_area",
        label="Surface de friches à recycler",
        heading=BROWNFIELDS,
        unit=HECTARES,
        definition=(
            "Somme des surfaces, en hectares, des projets lauréats du Fonds friches "
            "décidés au plus tard à la date."
        ),
        exclusions=(
            ("La surface de logements prévue, en mètres carrés de plancher, n’y entre pas."),
        ),
        counts="hectares des projets lauréats",
        rate=Rated.ACTIVE_TOWN,
        measure=measures.brownfield_area,
        table=tables.BROWNFIELDS,
        fact="brownfields",
        breakdowns=(tables.YEAR,),
    ),
    Indicator(
        code="security_towns",
        label="Communes dotées d’un contrat de sécurité PVD",
        heading=SECURITY,
        unit="communes",
        definition=(
            "Nombre de communes, comptées une fois chacune, que couvre un contrat de "
            "sécurité Petites villes de demain signé au plus tard à la date."
        ),
        exclusions=(
            (
                "Les contrats de sécurité intégrée sont d’une autre nature, ne sont pas "
                "comptés ici et ne s’y ajoutent jamais."
            ),
        ),
        counts="communes que couvre un contrat de sécurité PVD",
        table=tables.SECURITY,
        measure=measures.towns_among(lambda facts: facts.security),
        fact="security",
        breakdowns=(tables.YEAR,),
    ),
    Indicator(
        code="csi_towns",
        label="Communes dotées d’un contrat de sécurité intégrée",
        heading=SECURITY,
        unit="communes",
        definition=(
            "Nombre de communes, comptées une fois chacune, que couvre un contrat de "
            "sécurité intégrée signé au plus tard à la date."
        ),
        exclusions=(
            (
                "Les contrats de sécurité Petites villes de demain sont d’une autre nature, "
                "ne sont pas comptés ici et ne s’y ajoutent jamais."
            ),
        ),
        counts="communes que couvre un contrat de sécurité intégrée",
        table=tables.INTEGRATED_SECURITY,
        measure=measures.towns_among(lambda facts: facts.integrated_security),
        fact="integrated_security",
        breakdowns=(tables.YEAR,),
    ),
    Indicator(
        code="meetings_held",
        label="Rencontres tenues",
        heading=CLUB,
        unit="rencontres",
        definition=(
            "Nombre de rencontres du Club tenues au plus tard à la date. Dans une "
            "région, seules ses propres rencontres comptent. Le chiffre n’existe pas "
            "dans un territoire plus petit."
        ),
        exclusions=(("Les rencontres annoncées pour plus tard sont exclues."),),
        counts="rencontres tenues",
        measure=measures.meetings_held,
        table=tables.MEETINGS,
        fact="meetings",
        breakdowns=(
            tables.TERRITORY,
            tables.YEAR,
        ),
    ),
    Indicator(
        code="meeting_attendance",
        label="Participants aux rencontres",
        heading=CLUB,
        unit="participants",
        definition=(
            "Somme des participants comptés aux rencontres du Club tenues au plus tard à "
            "la date. Une personne venue à deux rencontres compte deux fois. Le chiffre "
            "n’existe pas dans un territoire plus petit qu’une région."
        ),
        exclusions=(("Les rencontres dont les participants n’ont pas été comptés sont exclues."),),
        counts="participants comptés",
        measure=measures.meeting_attendance,
        table=tables.MEETINGS,
        fact="meetings",
        breakdowns=(
            tables.TERRITORY,
            tables.YEAR,
        ),
    ),
    Indicator(
        code="freshness",
        label="Part des fiches à jour",
        heading=REGISTER,
        unit=PERCENT,
        definition=(
            "Communes actives dont une personne a confirmé la fiche, ou en a modifié une "
            "ligne au bureau ou par un fichier qu’elle a importé, dans les douze mois "
            "qui précèdent la date, rapportées à toutes les communes actives, en "
            "pourcentage arrondi au dixième."
        ),
        exclusions=(
            ("Ce que la ligne de commande a écrit ne compte pas, ni une réponse annulée depuis."),
        ),
        counts="communes actives dont la fiche est à jour",
        over="communes actives",
        rate=Rated.SHARE,
        over_code="active_towns",
        table=tables.FRESH,
        measure=measures.active_share(lambda facts: facts.fresh),
    ),
)

BY_CODE = {indicator.code: indicator for indicator in INDICATORS}


def read_all(facts: Facts) -> dict[str, Reading]:
    """What every figure of a day reads, by code."""
    return {indicator.code: indicator.reading(facts) for indicator in INDICATORS}


def count_rows(facts: Facts) -> dict[str, int]:
    """How many rows every figure of a day opens onto, by code."""
    return {indicator.code: indicator.measure(facts).count for indicator in INDICATORS}


def measure_all(facts: Facts) -> tuple[Figure, ...]:
    """Every figure of a day, in the order they are read."""
    return tuple(indicator.figure(facts) for indicator in INDICATORS)
