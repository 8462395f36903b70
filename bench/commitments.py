"""Made-up commitments on real towns, by thousands, and the quickest way into the same table."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path
from random import Random
from time import perf_counter, process_time
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from beffroi.demo.follow_up_files import SIREN
from beffroi.foundations.imports.actions import import_files
from beffroi.foundations.imports.declarations import follow_up_files
from beffroi.foundations.territories.models import TownPeriod
from beffroi.programme.support.models import RealisedCommitment
from bench.measure import seconds

TOWNS = 1_600
FIRST_DAY, DAYS = date(2021, 1, 1), 1_800
MOST_CENTS = 10**8


def write_commitments(path: Path, *, rows: int) -> None:
    """Write an `engagements` file of so many decisions, the same at each run."""
    random = Random(rows)  # noqa: S311
    codes = TownPeriod.objects.filter(valid_to__isnull=True).order_by("code")
    towns = random.sample(list(codes.values_list("code", "name")), TOWNS)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(follow_up_files()["engagements"].columns)
        for number in range(rows):
            funder, (code, name) = random.choice(list(SIREN)), random.choice(towns)
            euros, cents = divmod(random.randrange(MOST_CENTS), 100)
            writer.writerow(
                (
                    funder,
                    SIREN[funder],
                    FIRST_DAY + timedelta(days=random.randrange(DAYS)),
                    f"MESURE-{number:06}",
                    f"Commune de {name}",
                    f"{random.randrange(10**9):09}",
                    "réhabilitation",
                    f"{euros},{cents:02}",
                    "aide en numéraire",
                    code,
                )
            )


class Taken(NamedTuple):
    """Seconds on the clock, and of work: the latter is no longer on a machine that others use."""

    clock: float
    work: float


def time_import(path: Path, *, rows: int, outcome: str) -> Taken:
    """How long an import takes; it must end every row so."""
    started, worked = perf_counter(), process_time()
    report = import_files(path=path, today=FIRST_DAY, at=timezone.now())
    taken = Taken(perf_counter() - started, process_time() - worked)
    if report.files[path.name][outcome] != rows:
        raise RuntimeError(f"{path.name}: {report.files[path.name]}")
    return taken


def seconds_to_insert_again() -> float:
    """Empty the table and put its very rows back, by the database's own quickest way."""
    columns = [field.column for field in RealisedCommitment._meta.concrete_fields]  # noqa: SLF001
    table = RealisedCommitment._meta.db_table  # noqa: SLF001
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {names} FROM {table}")  # noqa: S608
        rows = cursor.fetchall()
    forget_commitments()
    insert = _copy if connection.vendor == "postgresql" else _insert_many
    return seconds(lambda: insert(table, columns, rows))


def forget_commitments() -> None:
    """Empty the table."""
    RealisedCommitment.objects.all().delete()


def _insert_many(table: str, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    places = ", ".join(["%s"] * len(columns))
    sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(sql, rows)


def _copy(table: str, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    sql = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    with transaction.atomic(), connection.cursor() as cursor, cursor.copy(sql) as copy:
        for row in rows:
            copy.write_row(row)
