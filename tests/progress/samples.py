"""A whole report made up in memory, as rich as those of the country: nothing here is measured."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from beffroi.progress.indicators import INDICATORS
from beffroi.progress.report import (
    Breakdown,
    Line,
    Partner,
    Parts,
    Place,
    Report,
    Series,
    SeriesPart,
)
from beffroi.progress.rules import Figure, Number, Reading, share

DAY = date(2022, 9, 23)
QUARTERS = (
    date(2020, 12, 31),
    date(2021, 3, 31),
    date(2021, 6, 30),
    date(2021, 9, 30),
    date(2021, 12, 31),
    date(2022, 3, 31),
    date(2022, 6, 30),
)
REGIONS = {
    "01": "Guadeloupe",
    "02": "Martinique",
    "03": "Guyane",
    "04": "La Réunion",
    "06": "Mayotte",
    "11": "Île-de-France",
    "24": "Centre-Val de Loire",
    "27": "Bourgogne-Franche-Comté",
    "28": "Normandie",
    "32": "Hauts-de-France",
    "44": "Grand Est",
    "52": "Pays de la Loire",
    "53": "Bretagne",
    "75": "Nouvelle-Aquitaine",
    "76": "Occitanie",
    "84": "Auvergne-Rhône-Alpes",
    "93": "Provence-Alpes-Côte d’Azur",
    "94": "Corse",
}
DEPARTMENTS = (
    *(f"{number:02}" for number in range(1, 96) if number != 20),
    "2A",
    "2B",
    "971",
    "972",
    "973",
    "974",
    "976",
)
_VALUES: dict[str, Number | None] = {
    "active_towns": 1607,
    "population": 6_412_345,
    "adhesion_signed": 1601,
    "framework_towns": 26,
    "ort_towns": 11,
    "late_agreements": 3,
    "planned_amount": Decimal("3000000000.00"),
    "realised_amount": Decimal("780000000.00"),
    "expertise_missions": 2310,
    "manager_posts": 845,
    "vacant_posts": 12,
    "unreached_towns": 41,
    "brownfield_towns": 296,
    "brownfield_area": Decimal("675.000000"),
    "security_towns": 117,
    "csi_towns": 17,
    "meetings_held": 13,
    "meeting_attendance": 1043,
}
_SHARES: dict[str, Reading] = {
    "adhesion_share": Reading(Decimal("99.6"), 1601, 1607),
    "realised_share": Reading(26, Decimal("780000000.00"), Decimal("3000000000.00")),
    "freshness": Reading(None, 0, 0),
}


def sample_report() -> Report:
    """The whole country on 23 September 2022: the letter's figures, made-up parts and courses."""
    figures = tuple(_figure(indicator.code) for indicator in INDICATORS)
    return Report(
        programme="Petites villes de demain",
        reference="2022-09-23-national-r1",
        as_of=DAY,
        territory="national",
        territory_name="France entière",
        frozen_at=datetime(2022, 9, 26, 9, 0, tzinfo=UTC),
        fingerprint="f" * 64,
        inputs="e" * 64,
        foreword="Un mois de rentrée, et vingt-six conventions-cadres.",
        figures=figures,
        row_counts={figure.code: 0 for figure in figures},
        breakdowns={
            "realised_amount": (
                Breakdown("funder", "Par financeur", _funders()),
                Breakdown("year", "Par année", _years()),
            ),
            "expertise_missions": (
                Breakdown(
                    "theme",
                    "Par thème",
                    (Line("Commerce", Reading(1100)), Line("Mobilités", Reading(1210))),
                ),
            ),
        },
        parts=(
            Parts("reg", "Par région", _places(REGIONS)),
            Parts("dep", "Par département", _places({code: f"D{code}" for code in DEPARTMENTS})),
        ),
        series=_series(),
        partners=(Partner("Banque des Territoires"), Partner("Anah"), Partner("Cerema")),
    )


def _figure(code: str) -> Figure:
    declared = next(indicator for indicator in INDICATORS if indicator.code == code)
    reading = _SHARES.get(code) or Reading(_VALUES.get(code))
    return Figure(
        code=code,
        label=declared.label,
        heading=declared.heading,
        value=reading.value,
        unit=declared.unit,
        numerator=reading.numerator,
        denominator=reading.denominator,
        definition=declared.definition,
        version=declared.version,
        since=declared.since,
        table=declared.table,
        rows=(),
    )


def _funders() -> tuple[Line, ...]:
    millions = {"ANCT": 120, "Anah": 400, "Banque des Territoires": 260}
    return tuple(Line(name, Reading(Decimal(m * 1_000_000))) for name, m in millions.items())


def _years() -> tuple[Line, ...]:
    amounts = {"2020": "30000000.00", "2021": "350000000.00", "2022": "400000000.00"}
    return tuple(Line(year, Reading(Decimal(amount))) for year, amount in amounts.items())


def _places(names: dict[str, str]) -> tuple[Place, ...]:
    return tuple(
        Place(code, names[code], _readings(active=number % 23, step=number))
        for number, code in enumerate(sorted(names))
    )


def _readings(*, active: int, step: int) -> dict[str, Reading]:
    """A place without active towns has no share; a plan is never split."""
    signed = active - (step % 3 if active > 2 else 0)
    framework = min(active, step % 4)
    return {
        "active_towns": Reading(active),
        "population": Reading(active * 3950),
        "adhesion_signed": Reading(signed, signed, active),
        "adhesion_share": Reading(share(signed, active, decimals=1), signed, active),
        "framework_towns": Reading(framework, framework, active),
        "planned_amount": Reading(None),
        "realised_amount": Reading(Decimal(active * 485_000)),
        "expertise_missions": Reading(active * 2),
    }


def _series() -> Series:
    days = (*QUARTERS, DAY)
    active, signed = 1600, (0, 210, 700, 1180, 1420, 1530, 1590, 1601)
    framework = (0, 0, 0, 1, 4, 9, 17, 26)
    amounts = (10, 60, 140, 250, 380, 510, 660, 780)
    return Series(
        days,
        {
            "active_towns": tuple(Reading(active + step) for step in range(8)),
            "adhesion_share": tuple(
                Reading(share(one, active + step, decimals=1), one, active + step)
                for step, one in enumerate(signed)
            ),
            "framework_towns": tuple(Reading(one, one, active) for one in framework),
            "realised_amount": tuple(Reading(Decimal(one) * 1_000_000) for one in amounts),
        },
        tuple(
            SeriesPart(
                "reg",
                code,
                name,
                {"framework_towns": tuple(Reading(one // 3 + order % 3) for one in framework)},
            )
            for order, (code, name) in enumerate(REGIONS.items())
        ),
    )
