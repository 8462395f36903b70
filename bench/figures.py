"""Every indicator in every département, on registers of ten thousand to a million rows."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils import timezone

from beffroi.club.events.models import Meeting
from beffroi.foundations.territories.actions import import_cog
from beffroi.foundations.territories.models import Town
from beffroi.offers.calls.models import BrownfieldProject
from beffroi.programme.agreements.models import Coverage
from beffroi.programme.membership.models import Designation, ProjectManagerPost
from beffroi.programme.support.models import ExpertiseMission, RealisedCommitment
from beffroi.progress.queries import measure_departments, measure_progress, measured_report
from bench.big_register import VINTAGE, add_commitments, fill_register
from bench.measure import Measure, median_seconds, seconds

DAY = date(2026, 6, 1)
FEW, MANY, MOST = 10_000, 100_000, 1_000_000
RUNS = 5
_ROWS = (
    Designation,
    Coverage,
    ProjectManagerPost,
    RealisedCommitment,
    ExpertiseMission,
    Meeting,
    BrownfieldProject,
)


def progress() -> list[Measure]:
    """All départements on one day, warm; how the time grows with the rows; a whole report."""
    if not Town.objects.exists():
        import_cog(folder=settings.BEFFROI_COG_PATH, imported_at=timezone.now(), years=[VINTAGE])
    towns = fill_register(commitments=FEW - 9_500)
    few = _seconds_for(FEW, towns)
    many = _seconds_for(MANY, towns)
    report = seconds(lambda: measured_report(measure_progress(as_of=DAY, with_rows=False)))
    opened = seconds(lambda: measure_progress(as_of=DAY))
    most = _seconds_for(MOST, towns)
    return [
        Measure("progress", many, "s", 1, f"limite, tous les départements, {MANY} lignes"),
        Measure("progress", many / few, "fois", MANY / FEW, f"lignes de plus qu’avec {FEW}"),
        Measure("progress", most / few, "fois", MOST / FEW, f"{MOST} lignes, contre {FEW}"),
        Measure("progress", report, "s", 5, f"point national et ses courbes, {MANY} lignes"),
        Measure("progress", opened, "s", 5, f"chiffres nationaux et leurs lignes, {MANY} lignes"),
    ]


def _seconds_for(rows: int, towns: list[int]) -> float:
    """The median time of one pass, once the register holds that many rows."""
    held = sum(model._default_manager.count() for model in _ROWS)  # noqa: SLF001
    add_commitments(towns, count=rows - held)
    measure_departments(DAY)
    return median_seconds(lambda: measure_departments(DAY), runs=RUNS)
