"""Frozen reports: written once, revised with a reason, regenerated to the byte."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.models import AuditEntry
from beffroi.foundations.territories.models import TownPeriod
from beffroi.progress import frozen, wording
from beffroi.progress.actions import (
    DayNotReached,
    RevisionNeedsReason,
    SnapshotDiffers,
    freeze_snapshot,
    publish_snapshot,
    revise_snapshot,
)
from beffroi.progress.indicators import Facts, measure_all
from beffroi.progress.models import Snapshot, SnapshotIsFrozen, UnknownFigure
from beffroi.progress.queries import (
    UnknownSnapshot,
    get_snapshot,
    latest_snapshot,
    measure_progress,
)
from beffroi.progress.report import Report
from beffroi.progress.wording import word_refusal
from beffroi.progress.written.forms import write_report
from tests.progress.factories import (
    DAY,
    cover,
    designate,
    make_commitment,
    make_mission,
    make_plan,
    new_town,
)
from tests.progress.samples import sample_report
from tests.progress.test_indicators import facts

pytestmark = pytest.mark.django_db
NOW = datetime(2022, 9, 26, 9, 0, tzinfo=UTC)


@pytest.fixture
def register() -> None:
    """Two towns, one signed; a plan, a decision, a mission."""
    signed, unsigned = new_town(name="Dinan"), new_town(name="Lamballe")
    designate(signed, unsigned)
    cover(signed)
    make_plan()
    make_commitment(town=signed)
    make_mission(town=unsigned)


def freeze(as_of: date = DAY, reason: str = "") -> Snapshot:
    return freeze_snapshot(as_of=as_of, frozen_at=NOW, reason=reason)


@pytest.mark.usefixtures("register")
def test_gives_back_the_figures_that_were_measured() -> None:
    measured = measure_progress(as_of=DAY).figures
    snapshot = get_snapshot(freeze().reference)
    assert snapshot.reference == "2022-09-23-national-r1"
    assert [frozen.with_rows(one, snapshot.rows) for one in snapshot.figures] == list(measured)
    assert snapshot.figure("adhesion_share").value == Decimal("50.0")
    assert snapshot.fingerprint == frozen.Frozen(snapshot.content, snapshot.rows).fingerprint


@given(facts())
def test_thaws_what_it_froze(known: Facts) -> None:
    figures = measure_all(known)
    report = Report(
        programme="PVD",
        as_of=known.as_of,
        territory="national",
        territory_name="France",
        figures=figures,
        row_counts={figure.code: len(figure.rows) for figure in figures},
    )
    halves = frozen.freeze(report, {})
    thawed = frozen.thaw(json.loads(frozen.canonical_json(halves.content)))
    assert tuple(frozen.with_rows(one, halves.rows) for one in thawed.figures) == figures


def test_thaws_every_part_of_a_report() -> None:
    report = sample_report()
    thawed = frozen.thaw(json.loads(frozen.canonical_json(frozen.freeze(report, {}).content)))
    assert thawed == replace(report, reference="", frozen_at=None, fingerprint="")


def test_a_report_kept_in_one_piece_keeps_its_fingerprint() -> None:
    """Reports were once kept in one piece, as this one; the two halves say the same."""
    entry = {"code": "active_towns", "value": 1, "rows": [7]}
    whole = {"as_of": "2022-09-23", "figures": [entry], "tables": {"towns": {"rows": [[7]]}}}
    head = whole | {"figures": [{"code": "active_towns", "value": 1, "row_count": 1}]}
    del head["tables"]
    halves = frozen.Frozen(head, {"figures": {"active_towns": [7]}, "tables": whole["tables"]})
    assert halves.fingerprint == hashlib.sha256(frozen.canonical_json(whole).encode()).hexdigest()


@pytest.mark.usefixtures("register")
def test_freezing_the_same_figures_gives_the_same_snapshot() -> None:
    assert freeze() == freeze()
    assert freeze(reason="rien n’a changé").revision == 1
    assert Snapshot.objects.count() == 1


@pytest.mark.usefixtures("register")
def test_refuses_other_figures_without_a_reason() -> None:
    first = freeze()
    make_mission()
    with pytest.raises(SnapshotDiffers) as refusal:
        freeze(reason="  ")
    assert refusal.value.snapshot == first
    assert refusal.value.changed == ("Missions d’expertise",)


@pytest.mark.usefixtures("register")
def test_says_what_changed_where_no_figure_did() -> None:
    freeze()
    TownPeriod.objects.update(name="Autre nom")
    with pytest.raises(SnapshotDiffers) as refusal:
        freeze_snapshot(as_of=DAY, frozen_at=NOW, foreword="Un mot.")
    assert refusal.value.changed == ()
    assert set(refusal.value.around) == {"foreword", "rows"}
    assert word_refusal(refusal.value) == (
        "Le point d’avancement 2022-09-23-national-r1 est déjà figé. Ses chiffres restent les "
        "mêmes, mais autre chose a changé depuis\u00a0: l’avant-propos, le libellé des lignes. "
        "Donnez un motif pour le réviser."
    )


def test_has_a_word_for_whatever_may_change() -> None:
    content = frozen.freeze(sample_report(), {}).content
    always = {"figures", "as_of", "territory"}
    assert set(wording._AROUND) == content.keys() - always | {"rows"}


@pytest.mark.usefixtures("register")
def test_a_reason_makes_the_next_revision_and_keeps_the_first() -> None:
    first = freeze()
    make_mission()
    second = freeze(reason="mission oubliée")
    assert (second.reference, second.reason) == ("2022-09-23-national-r2", "mission oubliée")
    assert get_snapshot(first.reference).figure("expertise_missions").value == 1
    assert second.figure("expertise_missions").value == 2
    assert AuditEntry.objects.filter(verb="revise_snapshot", reason="mission oubliée").exists()


@pytest.mark.usefixtures("register")
def test_revises_by_reference() -> None:
    first = freeze()
    with pytest.raises(RevisionNeedsReason):
        revise_snapshot(reference=first.reference, reason=" ", frozen_at=NOW)
    make_mission()
    second = revise_snapshot(reference=first.reference, reason="oubli", frozen_at=NOW)
    assert second.revision == 2


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("form", ["json", "csv"])
def test_regenerates_to_the_byte_after_the_register_changed(form: str) -> None:
    snapshot = freeze()
    before = write_report(snapshot, form)
    designate(new_town())
    make_commitment()
    TownPeriod.objects.update(name="Autre nom")
    assert write_report(get_snapshot(snapshot.reference), form) == before


@pytest.mark.usefixtures("register")
def test_opens_a_figure_onto_its_frozen_rows() -> None:
    snapshot = freeze()
    TownPeriod.objects.update(name="Autre nom")
    towns = snapshot.rows_behind("adhesion_signed")
    assert [row.cells[1] for row in towns.rows] == ["Dinan"]
    decisions = snapshot.rows_behind("realised_amount")
    assert decisions.rows[0].cells[1:5] == ("Anah", "Commune", "2021-06-01", "100.00")
    assert decisions.rows[0].cells[5].startswith("Dinan (22")


@pytest.mark.usefixtures("register")
def test_cannot_be_changed_nor_deleted() -> None:
    snapshot = freeze()
    for refused in (
        snapshot.save,
        snapshot.delete,
        Snapshot.objects.all().delete,
        lambda: Snapshot.objects.update(reason="x"),
    ):
        with pytest.raises(SnapshotIsFrozen):
            refused()


@pytest.mark.usefixtures("register")
def test_refuses_a_day_that_has_not_come() -> None:
    with pytest.raises(DayNotReached):
        freeze(date(2022, 9, 27))


@pytest.mark.usefixtures("register")
def test_refuses_a_person_without_the_right() -> None:
    reader = User.objects.create_user("lectrice@exemple.fr")
    with pytest.raises(PermissionDenied):
        freeze_snapshot(as_of=DAY, frozen_at=NOW, frozen_by=reader)


@pytest.mark.usefixtures("register")
def test_finds_the_latest_report_of_a_day() -> None:
    old, new = freeze(date(2022, 8, 31)), freeze()
    assert latest_snapshot() is None
    for snapshot in (old, new):
        publish_snapshot(reference=snapshot.reference, published_at=NOW)
    assert latest_snapshot() == new
    assert latest_snapshot(date(2022, 9, 22)) == old
    assert latest_snapshot(date(2022, 8, 30)) is None


@pytest.mark.usefixtures("register")
def test_says_what_it_does_not_know() -> None:
    with pytest.raises(UnknownSnapshot):
        get_snapshot("2022-09-23-national-r9")
    with pytest.raises(UnknownFigure):
        freeze().figure("nothing")
