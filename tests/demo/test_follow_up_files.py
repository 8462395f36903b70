"""The made-up programme: real communes, repeatable rows, dates that have happened."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest

from beffroi.demo.follow_up_files import (
    COMMITTED,
    TOWNS,
    TownFacts,
    choose_towns,
    follow_up_files,
)

TODAY = date(2026, 6, 1)


def country(count: int) -> list[TownFacts]:
    return [
        TownFacts(f"{number:05}", f"Commune {number}", 900 + number * 7, f"2000{number // 4:05}")
        for number in range(1, count + 1)
    ]


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_makes_the_same_files_each_time() -> None:
    towns = country(300)
    assert follow_up_files(towns, today=TODAY) == follow_up_files(towns, today=TODAY)


def test_designates_no_town_over_the_threshold() -> None:
    chosen = choose_towns(country(4_000))
    assert len(chosen) == TOWNS
    assert max(town.population for town in chosen) < 20_000


def test_says_what_to_do_without_communes() -> None:
    with pytest.raises(ValueError, match="import_cog"):
        follow_up_files([], today=TODAY)


def test_dates_nothing_in_the_future() -> None:
    files = follow_up_files(country(400), today=TODAY)
    notified = [row["date_notification"] for row in rows(files["missions.csv"])]
    assert max(f"{day[6:]}-{day[3:5]}-{day[:2]}" for day in notified) <= TODAY.isoformat()


def test_counts_each_decision_once() -> None:
    references = [
        row["referenceDecision"]
        for row in rows(follow_up_files(country(400), today=TODAY)["engagements.csv"])
    ]
    assert len(references) == len(set(references))


def test_commits_the_calibrated_total_to_the_cent() -> None:
    amounts = [
        Decimal(row["montant"])
        for row in rows(follow_up_files(country(400), today=TODAY)["engagements.csv"])
    ]
    assert sum(amounts) == COMMITTED
    assert min(amounts) > 0
