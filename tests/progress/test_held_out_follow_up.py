"""The figures of the reference follow-up, counted a second time from its files alone.

Nothing of the product counts here: the standard library reads the files, `Decimal` adds them up.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command, get_commands

from beffroi.foundations.territories.models import TownPeriod
from beffroi.foundations.territories.queries import find_territory, town_ids_in
from beffroi.progress.queries import get_programme, measure_progress, read_facts

DAYS = (date(2021, 12, 31), date(2022, 9, 23))
BRITTANY = ("22", "29", "35", "56")
DEPARTMENTS = (*BRITTANY, "2A", "2B", "01", "19", "48", "73", "75", "84", "971", "974", "976")
GROUPS = ("200068989", "200040111")

Row = dict[str, str]
Holds = Callable[[str], bool]


class FollowUp:
    """The files, read as they stand."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        names = ("adhesions", "conventions-cadre", "engagements", "missions", "chefs-de-projet",
                 "contrats-securite", "fonds-friches")  # fmt: skip
        self._files = {name: list(self._read(f"{name}.csv")) for name in names}

    def count(self, on: date, holds: Holds) -> dict[str, Decimal | None]:
        """The figures of a day in a territory, by the code of their indicator."""
        active = {
            town for row in self._files["adhesions"]
            if holds(town := _town(row)) and not _is_past(row["date_sortie"], on)
        }  # fmt: skip
        signed = active & set(map(_town, self._dated("adhesions", "date_signature", on)))
        frameworks = list(self._dated("conventions-cadre", "date_signature", on))
        contracts = self._within("contrats-securite", "date_signature", on, holds)
        wastelands = self._within("fonds-friches", "date_decision", on, holds)
        funded = self._within("engagements", "dateConvention", on, holds)
        amounts = {row["referenceDecision"].strip(): _number(row["montant"]) for row in funded}
        posts = self._within("chefs-de-projet", "date_debut", on, holds)
        missions = self._within("missions", "date_notification", on, holds)
        integrated = {_town(row) for row in contracts if "int" in row["type_contrat"].lower()}
        security = {_town(row) for row in contracts if "int" not in row["type_contrat"].lower()}
        ort = {_town(row) for row in frameworks if row["vaut_ort"].strip().lower() == "oui"}
        counted: dict[str, int | Decimal] = {
            "active_towns": len(active),
            "adhesion_signed": len(signed),
            "framework_towns": len(active.intersection(map(_town, frameworks))),
            "ort_towns": len(active & ort),
            "realised_amount": sum(amounts.values(), Decimal(0)),
            "expertise_missions": len({row["id_mission"] for row in missions}),
            "manager_posts": len(
                {row["id_poste"] for row in posts if not _is_past(row["date_fin"], on, last=True)}
            ),
            "security_towns": len(security),
            "csi_towns": len(integrated),
            "brownfield_towns": len(set(map(_town, wastelands))),
            "brownfield_area": sum(_hectares(row) for row in wastelands),
        }
        share = Decimal(len(signed)) * 100 / len(active) if active else None
        rounded = share and share.quantize(Decimal("0.1"), ROUND_HALF_UP)
        exact = {code: Decimal(number) for code, number in counted.items()}
        return {**exact, "adhesion_share": rounded}

    def _within(self, name: str, column: str, on: date, holds: Holds) -> list[Row]:
        return [row for row in self._dated(name, column, on) if holds(_town(row))]

    def _dated(self, name: str, column: str, on: date) -> Iterator[Row]:
        for row in self._files[name]:
            day = _day(row[column])
            if day and day <= on:
                yield row

    def _read(self, name: str) -> Iterator[Row]:
        with (self._folder / name).open(encoding="utf-8-sig", newline="") as file:
            yield from csv.DictReader(file, delimiter=";")


def _town(row: Row) -> str:
    return row["insee_com"].strip().zfill(5)


def _department(town: str) -> str:
    return town[:3] if town.startswith("97") else town[:2]


def _day(text: str) -> date | None:
    text = text.strip()
    if "/" in text:
        day, month, year = map(int, text.split("/"))
        return date(year, month, day)
    return date.fromisoformat(text[:10]) if text else None


def _is_past(text: str, on: date, *, last: bool = False) -> bool:
    """Whether a period has ended; `last` says that its last day still counts."""
    day = _day(text)
    return day is not None and (day < on if last else day <= on)


def _hectares(row: Row) -> Decimal:
    return _number(row["surface_m2"]) / Decimal(10_000)


def _number(text: str) -> Decimal:
    blank = {ord(mark): None for mark in "\u202f\u00a0 €"}
    return Decimal(text.translate(blank).replace(",", ".") or "0")


def _places() -> Iterator[tuple[str, Holds]]:
    yield "national", lambda _town: True
    yield "reg:53", lambda town: _department(town) in BRITTANY
    for code in DEPARTMENTS:
        yield f"dep:{code}", lambda town, code=code: _department(town) == code  # type: ignore[misc]


def _groups(on: date) -> Iterator[tuple[str, Holds]]:
    """Groups of towns: the towns of each come from the official files, as no follow-up has them."""
    for siren in GROUPS:
        ids = town_ids_in(find_territory(f"epci:{siren}", on=on), on=on)
        codes = TownPeriod.objects.as_of(on).filter(town_id__in=ids).values_list("code", flat=True)
        towns = frozenset(codes)
        assert towns
        yield f"epci:{siren}", towns.__contains__


@pytest.mark.django_db
def test_agrees_with_a_count_of_the_files_by_other_means(shared: Path) -> None:
    folder = shared / "data" / "suivi-2022-09"
    if "import_register" not in get_commands() or not settings.BEFFROI_COG_PATH.is_dir():
        pytest.skip("l’import du registre ou la géographie officielle manque")
    call_command("import_cog", "--vintage", "2022", verbosity=0)
    call_command("import_register", str(folder), verbosity=0)
    follow_up, programme = FollowUp(folder), get_programme()
    differences, compared = [], 0
    for on in DAYS:
        facts = read_facts(programme=programme, as_of=on)
        for territory, holds in (*_places(), *_groups(on)):
            measured = measure_progress(as_of=on, territory=territory, facts=facts)
            found = {figure.code: figure.value for figure in measured.figures}
            counted = follow_up.count(on, holds)
            assert counted["active_towns"] or territory == "dep:75"
            for code, expected in counted.items():
                compared += 1
                if found[code] != expected:
                    differences.append((on, territory, code, found[code], expected))
    assert differences == []
    assert compared == len(DAYS) * (2 + len(DEPARTMENTS) + len(GROUPS)) * 12
