"""A made-up follow-up of a programme on real communes, in the very files officers send.

Pure and repeatable: the same towns and day give the same files. The totals are calibrated on the
orders of magnitude published for the real programme (towns, share of agreements, money planned
and committed, missions, laureates); every row is invented.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from beffroi.foundations.money import format_amount

TOWNS = 1_640
SMALLEST, TOO_LARGE = 800, 20_000
EPCI_EMPLOYERS = 0.52
ENDED_POSTS = 0.12
FRAMEWORK_TOWNS = 1_180
ORT_SHARE = 0.76
COMMITMENTS = 5_300
MISSIONS = 3_400
BROWNFIELDS = 420
SECURITY_CONTRACTS = 190
INTEGRATED_SECURITY_CONTRACTS = 24
POSTS = 910
LAUNCHED_ON = date(2020, 12, 1)
COMMITTED = Decimal("2_040_000_000")
PLAN = {
    "État": 1_250_000_000,
    "Anah": 800_000_000,
    "Banque des Territoires": 600_000_000,
    "Ademe": 200_000_000,
    "Cerema": 150_000_000,
}
SIREN = {
    "État": "110014016",
    "Anah": "180067027",
    "Banque des Territoires": "180020026",
    "Ademe": "385290309",
    "Cerema": "130018310",
}
THEMES = ("commerce", "friches", "habitat", "ingénierie de projet", "mobilités", "patrimoine")
PURPOSES = ("aménagement", "étude", "logement", "réhabilitation")
REGIONS = (
    "Bretagne", "Normandie", "Hauts-de-France", "Grand Est", "Île-de-France",
    "Centre-Val de Loire", "Pays de la Loire", "Nouvelle-Aquitaine", "Occitanie",
    "Auvergne-Rhône-Alpes", "Provence-Alpes-Côte d'Azur", "Corse", "Bourgogne-Franche-Comté",
)  # fmt: skip


@dataclass(frozen=True)
class TownFacts:
    """A real commune, as the generator needs it. `population` counts people."""

    code: str
    name: str
    population: int
    epci: str


def choose_towns(towns: Sequence[TownFacts]) -> list[TownFacts]:
    """The largest towns of each EPCI under 20,000 inhabitants, until the programme is full.

    This only looks like a designation: the State's own choice rests on centrality and fragility.
    """
    by_epci: dict[str, list[TownFacts]] = {}
    for town in sorted(towns, key=lambda town: (-town.population, town.code)):
        if SMALLEST <= town.population < TOO_LARGE and town.epci:
            by_epci.setdefault(town.epci, []).append(town)
    ranked = [
        (rank, -town.population, town.code, town)
        for members in by_epci.values()
        for rank, town in enumerate(members)
    ]
    return [town for *_, town in sorted(ranked)[:TOWNS]]


def follow_up_files(towns: Sequence[TownFacts], *, today: date) -> dict[str, str]:
    """File name → CSV text for every follow-up file, as of `today`."""
    chosen = choose_towns(towns)
    if not chosen:
        raise ValueError("aucune commune : lancez d’abord « beffroi import_cog »")
    draw = Random(2020)  # noqa: S311 - a repeatable made-up programme, no secret
    return {
        "adhesions.csv": _adhesions(chosen, draw),
        "conventions-cadre.csv": _frameworks(chosen, draw, today),
        "chefs-de-projet.csv": _posts(chosen, draw, today),
        "missions.csv": _missions(chosen, draw, today),
        "engagements-previsionnels.csv": _plan(),
        "engagements.csv": _commitments(chosen, draw, today),
        "contrats-securite.csv": _security(chosen, draw, today),
        "fonds-friches.csv": _brownfields(chosen, draw, today),
        "rencontres.csv": _meetings(draw, today),
    }


def _csv(header: Sequence[str], rows: Sequence[Mapping[str, object]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, header, delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _day(draw: Random, first: date, last: date) -> date:
    return first + timedelta(days=draw.randrange((last - first).days + 1))


def _adhesions(towns: Sequence[TownFacts], draw: Random) -> str:
    unsigned = set(draw.sample(range(len(towns)), k=min(6, len(towns))))
    rows = [
        {
            "insee_com": town.code,
            "lib_com": town.name,
            "id_pvd": f"pvd-demo-{town.epci}",
            "date_signature": ""
            if index in unsigned
            else _day(draw, LAUNCHED_ON, date(2021, 12, 15)).isoformat(),
            "date_sortie": "",
        }
        for index, town in enumerate(towns)
    ]
    return _csv(["insee_com", "lib_com", "id_pvd", "date_signature", "date_sortie"], rows)


def _frameworks(towns: Sequence[TownFacts], draw: Random, today: date) -> str:
    by_epci: dict[str, list[TownFacts]] = {}
    for town in draw.sample(list(towns), k=min(FRAMEWORK_TOWNS, len(towns))):
        by_epci.setdefault(town.epci, []).append(town)
    rows = []
    for number, (epci, members) in enumerate(by_epci.items(), start=1):
        signed = _day(draw, date(2021, 8, 1), min(today, date(2024, 6, 30)))
        ort = "oui" if draw.random() < ORT_SHARE else "non"
        rows += [
            {
                "numero": f"CC-DEMO-{number:04}",
                "date_signature": f"{signed:%d/%m/%Y}",
                "vaut_ort": ort,
                "siren_epci": epci,
                "insee_com": town.code,
                "lib_com": town.name,
            }
            for town in members
        ]
    header = ["numero", "date_signature", "vaut_ort", "siren_epci", "insee_com", "lib_com"]
    return _csv(header, rows)


def _posts(towns: Sequence[TownFacts], draw: Random, today: date) -> str:
    by_epci: dict[str, list[TownFacts]] = {}
    for town in towns:
        by_epci.setdefault(town.epci, []).append(town)
    rows = []
    for number, (epci, members) in enumerate(list(by_epci.items())[:POSTS], start=1):
        by_grouping = draw.random() < EPCI_EMPLOYERS
        started = _day(draw, date(2021, 1, 4), min(today, date(2025, 12, 31)))
        ended = started + timedelta(days=1_100) if draw.random() < ENDED_POSTS else None
        rows += [
            {
                "id_poste": f"P-DEMO-{number:04}",
                "type_employeur": "epci" if by_grouping else "commune",
                "code_employeur": epci if by_grouping else members[0].code,
                "insee_com": town.code,
                "date_debut": f"{started:%d/%m/%Y}",
                "date_fin": f"{ended:%d/%m/%Y}" if ended else "",
            }
            for town in members
        ]
    header = ["id_poste", "type_employeur", "code_employeur", "insee_com", "date_debut", "date_fin"]
    return _csv(header, rows)


def _missions(towns: Sequence[TownFacts], draw: Random, today: date) -> str:
    funders = ["Banque des Territoires"] * 14 + ["Anah"] * 3 + ["ANCT", "Cerema", "Ademe"]
    rows = [
        {
            "id_mission": f"M-DEMO-{number:05}",
            "insee_com": draw.choice(towns).code,
            "financeur": draw.choice(funders),
            "theme": draw.choice(THEMES),
            "date_notification": f"{_day(draw, date(2021, 1, 10), today):%d/%m/%Y}",
            "montant": format_amount(Decimal(draw.randrange(400_000, 6_000_000)) / 100, decimals=2),
        }
        for number in range(1, MISSIONS + 1)
    ]
    header = ["id_mission", "insee_com", "financeur", "theme", "date_notification", "montant"]
    return _csv(header, rows)


def _plan() -> str:
    rows = [
        {"financeur": funder, "montant": format_amount(amount, decimals=0)}
        for funder, amount in PLAN.items()
    ]
    return _csv(["financeur", "montant"], rows)


def _commitments(towns: Sequence[TownFacts], draw: Random, today: date) -> str:
    weights = [draw.uniform(0.2, 3) for _ in range(COMMITMENTS)]
    scale = COMMITTED / Decimal(sum(weights))
    amounts = [(Decimal(weight) * scale).quantize(Decimal("0.01")) for weight in weights]
    amounts[-1] += COMMITTED - sum(amounts)
    funders = list(PLAN)
    rows = []
    for number, amount in enumerate(amounts, start=1):
        town = draw.choice(towns)
        funder = draw.choices(funders, weights=list(PLAN.values()))[0]
        rows.append(
            {
                "nomAttribuant": funder,
                "idAttribuant": SIREN[funder],
                "dateConvention": _day(draw, date(2021, 1, 10), today).isoformat(),
                "referenceDecision": f"DEMO{number:06}",
                "nomBeneficiaire": town.name,
                "idBeneficiaire": town.epci,
                "objet": draw.choice(PURPOSES),
                "montant": f"{amount:.2f}",
                "nature": "aide en numéraire",
                "insee_com": town.code,
            }
        )
    return _csv(list(rows[0]), rows)


def _security(towns: Sequence[TownFacts], draw: Random, today: date) -> str:
    wanted = min(SECURITY_CONTRACTS + INTEGRATED_SECURITY_CONTRACTS, len(towns))
    rows = [
        {
            "insee_com": town.code,
            "lib_com": town.name,
            "type_contrat": "contrat de sécurité PVD"
            if number < SECURITY_CONTRACTS
            else "contrat de sécurité intégrée",
            "date_signature": f"{_day(draw, date(2022, 2, 1), today):%d/%m/%Y}",
        }
        for number, town in enumerate(draw.sample(list(towns), k=wanted))
    ]
    return _csv(["insee_com", "lib_com", "type_contrat", "date_signature"], rows)


def _brownfields(towns: Sequence[TownFacts], draw: Random, today: date) -> str:
    rows = []
    for number in range(1, BROWNFIELDS + 1):
        edition = draw.choice((1, 2, 3, 4))
        town = draw.choice(towns)
        rows.append(
            {
                "id_projet": f"FF{edition}-DEMO-{number:04}",
                "edition": edition,
                "date_decision": min(today, date(2020 + edition, 6, 15)).isoformat(),
                "insee_com": town.code,
                "lib_com": town.name,
                "surface_m2": draw.randrange(1_500, 42_000),
                "surface_logements_m2": draw.randrange(500, 9_000),
                "part_sociale_pct": draw.randrange(15, 80),
            }
        )
    return _csv(list(rows[0]), rows)


def _meetings(draw: Random, today: date) -> str:
    rows = [
        {
            "id_evenement": f"RR-DEMO-{number:02}",
            "titre": f"Rencontre régionale {region}",
            "type": "rencontre régionale",
            "date": (today - timedelta(days=150 - 9 * number)).isoformat(),
            "region": region,
            "participants": draw.randrange(48, 125),
        }
        for number, region in enumerate(REGIONS, start=1)
    ]
    return _csv(list(rows[0]), rows)
