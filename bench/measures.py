"""The measures themselves. Each makes its own data and needs nothing from outside."""

from __future__ import annotations

import quopri
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

import mrml
from django.conf import settings
from django.utils import timezone

from beffroi.demo.follow_up_files import follow_up_files
from beffroi.demo.towns import town_facts
from beffroi.foundations.imports.actions import import_files
from beffroi.foundations.territories.actions import import_cog
from beffroi.foundations.territories.models import Town
from beffroi.newsletter.issues.rendering import render_issue
from bench.api import api
from bench.commitments import (
    forget_commitments,
    seconds_to_insert_again,
    time_import,
    write_commitments,
)
from bench.desk import desk
from bench.figures import progress
from bench.geography import cog_import
from bench.letter import make_issue
from bench.measure import Measure, median_seconds, seconds

DAY = date(2026, 6, 1)
VINTAGE = 2022
LETTER_KILOBYTES = 80
FEW, MANY = 10_000, 100_000


def register_import() -> list[Measure]:
    """The nine made-up follow-up files, then the same again, which changes nothing."""
    _need_towns()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, text in follow_up_files(town_facts(on=DAY), today=DAY).items():
            (folder / file).write_text(text, encoding="utf-8-sig", newline="")

        def run() -> None:
            report = import_files(path=folder, today=DAY, at=timezone.now())
            if report.refused:
                raise RuntimeError(report.refused[0])

        first, second = seconds(run), seconds(run)
        return [
            Measure("register_import", first, "s", 30, "limite pour les neuf fichiers"),
            Measure("register_import", second / first, "fois", 1, "la même reprise, relancée"),
            *_many_commitments(folder),
        ]


def _many_commitments(folder: Path) -> list[Measure]:
    """A hundred thousand commitments, against a bulk insertion of the same rows and a tenth."""
    few, many = folder / "dix-mille.csv", folder / "cent-mille.csv"
    write_commitments(few, rows=FEW)
    write_commitments(many, rows=MANY)
    forget_commitments()
    tenth = time_import(few, rows=FEW, outcome="created")
    forget_commitments()
    first = time_import(many, rows=MANY, outcome="created")
    again = time_import(many, rows=MANY, outcome="unchanged")
    bulk = median(seconds_to_insert_again() for _ in range(3))
    name = "register_import"
    return [
        Measure(
            name, first.clock / bulk, "fois", 20, f"insertion en masse des mêmes {MANY} lignes"
        ),
        Measure(
            name, first.work / tenth.work, "fois", 11, f"{FEW} lignes : le temps croît comme elles"
        ),
        Measure(
            name, again.work / first.work, "fois", 1.2, "les mêmes lignes relancées, rien ne change"
        ),
        Measure(name, first.clock, "s", 60, f"limite pour {MANY} lignes"),
    ]


def letter_render() -> list[Measure]:
    """The mail of an issue with every kind of item: its time against mrml alone, its size."""
    issue = make_issue(DAY)

    def render() -> str:
        return render_issue(issue, site_url=settings.BEFFROI_SITE_URL).html

    mjml = render_issue(issue, site_url=settings.BEFFROI_SITE_URL).mjml
    peer = median_seconds(lambda: mrml.to_html(mjml), runs=50)
    taken = median_seconds(render, runs=20)
    kilobytes = len(quopri.encodestring(render().encode())) / 1000
    return [
        Measure("letter_render", kilobytes, "ko", LETTER_KILOBYTES, "HTML encodé du courriel"),
        Measure("letter_render", taken / peer, "fois", 50, "mrml seul sur la même source"),
    ]


def _need_towns() -> None:
    if not Town.objects.exists():
        import_cog(folder=settings.BEFFROI_COG_PATH, imported_at=timezone.now(), years=[VINTAGE])


BENCHMARKS: dict[str, Callable[[], list[Measure]]] = {
    "cog_import": cog_import,
    "register_import": register_import,
    "progress": progress,
    "letter_render": letter_render,
    "desk": desk,
    "api": api,
}
