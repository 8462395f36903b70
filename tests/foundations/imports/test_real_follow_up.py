"""The follow-up of September 2022 on the real communes."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext

from beffroi.club.events.models import Meeting
from beffroi.foundations.imports.actions import import_files
from beffroi.foundations.imports.report import Report
from beffroi.offers.calls.models import BrownfieldProject
from beffroi.programme.agreements.models import AgreementKind, Coverage
from beffroi.programme.membership.models import Designation, ProjectManagerPost
from beffroi.programme.support.models import (
    ExpertiseMission,
    PlannedCommitment,
    RealisedCommitment,
)

NOW = datetime(2022, 10, 1, tzinfo=UTC)


def _covered(kind: AgreementKind, on: date) -> int:
    rows = Coverage.objects.filter(agreement__kind=kind, agreement__signed_on__lte=on)
    return rows.values("town").distinct().count()


def _figures(on: date) -> dict[str, object]:
    friches = BrownfieldProject.objects.filter(decided_on__lte=on)
    meetings = Meeting.objects.filter(held_on__lte=on)
    posts = ProjectManagerPost.objects.filter(started_on__lte=on).exclude(ended_on__lt=on)
    amounts = RealisedCommitment.objects.filter(decided_on__lte=on)
    planned = PlannedCommitment.objects.values_list("amount", flat=True)
    area = friches.aggregate(area=Sum("area_m2"))["area"]
    return {
        "as_of": str(on),
        "active_towns": Designation.objects.exclude(ended_on__lte=on).count(),
        "adhesion_signed": _covered(AgreementKind.ADHESION, on),
        "framework_towns": _covered(AgreementKind.FRAMEWORK, on),
        "realised_eur": sum(amounts.values_list("amount", flat=True), Decimal(0)),
        "planned_eur": sum(planned, Decimal(0)),
        "missions": ExpertiseMission.objects.filter(notified_on__lte=on).count(),
        "posts_open": posts.count(),
        "security_towns": _covered(AgreementKind.SECURITY, on),
        "csi_towns": _covered(AgreementKind.INTEGRATED_SECURITY, on),
        "brownfield_towns": friches.values("town").distinct().count(),
        "brownfield_ha": area / 10_000,
        "meetings": meetings.count(),
        "meeting_attendance": sum(meeting.participants or 0 for meeting in meetings),
    }


@pytest.mark.django_db
def test_takes_every_row_once_and_finds_the_figures_of_the_letter(shared: Path) -> None:
    if not (settings.BEFFROI_COG_PATH / "cog-2022").exists():
        pytest.skip("le paquet de la géographie officielle de 2022 n’est pas installé")
    folder = shared / "data" / "suivi-2022-09"
    call_command("import_cog", vintage=[2022], verbosity=0)
    first = import_files(path=folder, today=NOW.date(), at=NOW)
    with CaptureQueriesContext(connection) as queries:
        second = import_files(path=folder, today=NOW.date(), at=NOW)
    expected = json.loads((folder / "attendu.json").read_text())
    figures = _figures(date.fromisoformat(expected["as_of"]))
    assert figures == {name: expected[name] for name in figures}
    _ends_whole(first, "created")
    _ends_whole(second, "unchanged")
    assert [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE"))] == []


def _ends_whole(report: Report, outcome: str) -> None:
    """Every row so, but for the 35 decisions written twice."""
    assert report.refused == []
    assert len(report.files) == 9
    totals = [counts.pop("duplicate") for counts in report.files.values()]
    assert sum(totals) == 35
    for counts in report.files.values():
        assert counts[outcome] == sum(counts.values())
