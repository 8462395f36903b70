"""Reports of a register compared, with what the register tells of the rows that moved."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from beffroi.programme.agreements.models import AgreementKind, Amendment, Coverage
from beffroi.progress import frozen
from beffroi.progress.actions import freeze_snapshot, publish_snapshot
from beffroi.progress.comparison import Comparison, Kind
from beffroi.progress.comparison.words import word_cause, word_counts
from beffroi.progress.models import Snapshot
from beffroi.progress.queries import (
    NotEarlier,
    OtherTerritory,
    compare_days,
    compare_snapshots,
    compare_with_last,
    earlier_snapshots,
    get_programme,
    measure_progress,
    measured_report,
    rows_behind,
)
from tests.foundations.territories.factories import (
    extend_town,
    make_region,
    make_succession,
    make_town,
)
from tests.progress.factories import (
    DAY,
    cover,
    designate,
    make_brownfield,
    make_commitment,
    make_mission,
    make_plan,
    make_programme,
    new_town,
    open_post,
)

pytestmark = pytest.mark.django_db
BEFORE = date(2022, 6, 30)
NOW = datetime(2022, 9, 26, 9, 0, tzinfo=UTC)


def frozen_on(as_of: date, *, reason: str = "", territory: str | None = None) -> Snapshot:
    snapshot = freeze_snapshot(as_of=as_of, frozen_at=NOW, reason=reason, territory=territory)
    publish_snapshot(reference=snapshot.reference, published_at=NOW)
    return snapshot


def causes(comparison: Comparison, code: str) -> dict[str, str]:
    change = comparison.figure(code)
    assert change is not None
    return {movement.mark: word_cause(change, movement) for movement in change.movements}


def counts(comparison: Comparison, code: str) -> str:
    change = comparison.figure(code)
    assert change is not None
    return word_counts(change)


def test_says_when_each_town_signed_and_which_ones_were_recorded_afterwards() -> None:
    late, new = new_town(name="Dinan"), new_town(name="Lamballe")
    designate(late, new)
    before = frozen_on(BEFORE)
    cover(late, kind=AgreementKind.FRAMEWORK, signed_on=date(2022, 3, 3))
    cover(new, kind=AgreementKind.FRAMEWORK, signed_on=date(2022, 7, 14))
    comparison = compare_snapshots(before, frozen_on(DAY))
    assert causes(comparison, "framework_towns") == {
        "22001": "signée le 3\u00a0mars\u00a02022, enregistrée après coup",
        "22002": "signée le 14\u00a0juillet\u00a02022",
    }
    assert causes(comparison, "active_towns") == {}


def test_says_when_a_town_joined_and_when_another_left() -> None:
    stays, leaves, joins = new_town(), new_town(), new_town()
    designate(stays)
    designate(leaves, ended_on=date(2022, 8, 1))
    designate(joins, started_on=date(2022, 7, 1))
    cover(joins)
    comparison = compare_days(as_of=DAY, since=BEFORE)
    assert causes(comparison, "active_towns") == {
        "22003": "entrée dans le programme le 1er\u00a0juillet\u00a02022",
        "22002": "sortie du programme le 1er\u00a0août\u00a02022",
    }
    assert causes(comparison, "adhesion_signed") == {
        "22003": "entrée dans le programme le 1er\u00a0juillet\u00a02022"
    }
    assert counts(comparison, "active_towns") == "1\u00a0commune entrée, 1 sortie"


def test_follows_a_town_into_the_one_that_it_merged_into() -> None:
    day = date(2022, 7, 1)
    ciel = make_town("71131", name="Ciel", end=day)
    make_succession(ciel, make_town("71566", name="Verdun-Ciel", start=day), day)
    designate(ciel)
    cover(ciel)
    make_mission(town=ciel, reference="M1")
    comparison = compare_days(as_of=DAY, since=BEFORE)
    assert causes(comparison, "adhesion_signed") == {
        "71566": "succède à Ciel (71131) le 1er\u00a0juillet\u00a02022",
        "71131": "a fusionné dans Verdun-Ciel (71566) le 1er\u00a0juillet\u00a02022",
    }
    (mission,) = _movements(comparison, "expertise_missions")
    assert mission == (Kind.CHANGED, "M1")


def _movements(comparison: Comparison, code: str) -> list[tuple[Kind, str]]:
    change = comparison.figure(code)
    assert change is not None
    return [(movement.kind, movement.mark) for movement in change.movements]


def test_an_amendment_that_lets_a_town_out_is_why_it_left() -> None:
    town = new_town()
    designate(town)
    agreement = cover(town, kind=AgreementKind.FRAMEWORK)
    amendment = Amendment.objects.create(
        agreement=agreement, number=1, signed_on=date(2022, 8, 2), purpose="retrait"
    )
    Coverage.objects.filter(agreement=agreement).update(removed_by=amendment)
    comparison = compare_days(as_of=DAY, since=BEFORE)
    assert causes(comparison, "framework_towns") == {
        "22001": "retirée de la convention par un avenant du 2\u00a0août\u00a02022"
    }


def test_a_decision_deleted_dated_later_or_cancelled_says_so() -> None:
    town = new_town()
    designate(town)
    deleted, redated, cancelled = (make_commitment(town=town) for _ in range(3))
    before = frozen_on(DAY)
    marks = [row.decision_reference for row in (deleted, redated, cancelled)]
    deleted.delete()
    redated.decided_on = date(2022, 12, 1)
    redated.save()
    cancelled.cancelled_on = date(2022, 9, 1)
    cancelled.save()
    after = frozen_on(DAY, reason="contrôle")
    assert causes(compare_snapshots(before, after), "realised_amount") == dict(
        zip(
            marks,
            (
                "supprimée du registre",
                "désormais datée du 1er\u00a0décembre\u00a02022",
                "annulée le 1er\u00a0septembre\u00a02022, enregistrée après coup",
            ),
            strict=True,
        )
    )


def test_a_post_that_closed_and_a_late_agreement_that_was_signed_say_so() -> None:
    town = new_town()
    designate(town)
    cover(town, signed_on=date(2020, 11, 1))
    cover(town, kind=AgreementKind.FRAMEWORK, signed_on=date(2022, 8, 2))
    open_post(town, reference="P1", ended_on=date(2022, 8, 31))
    comparison = compare_days(as_of=DAY, since=BEFORE)
    assert causes(comparison, "manager_posts") == {"P1": "clos le 31\u00a0août\u00a02022"}
    assert causes(comparison, "late_agreements") == {
        "22001": "convention-cadre signée le 2\u00a0août\u00a02022"
    }


def test_a_town_that_becomes_late_or_a_laureate_says_since_when() -> None:
    town = new_town()
    designate(town)
    cover(town, signed_on=date(2021, 2, 1))
    make_brownfield(town=town, decided_on=date(2022, 7, 5))
    comparison = compare_days(as_of=DAY, since=BEFORE)
    assert causes(comparison, "late_agreements") == {
        "22001": "en retard depuis le 2\u00a0août\u00a02022"
    }
    assert causes(comparison, "brownfield_towns") == {
        "22001": "lauréate le 5\u00a0juillet\u00a02022"
    }


def test_a_town_that_changed_territory_is_not_taken_for_a_correction() -> None:
    make_region("53", "Bretagne", {"22": "Côtes-d’Armor", "35": "Ille-et-Vilaine"})
    day = date(2022, 7, 1)
    town = make_town("22001", end=day, name="Dinan")
    extend_town(town, "35099", start=day, name="Dinan")
    designate(town)
    make_commitment(town=town, decision_reference="D1")
    arrived = compare_days(as_of=DAY, since=BEFORE, territory="dep:35")
    departed = compare_days(as_of=DAY, since=BEFORE, territory="dep:22")
    assert causes(arrived, "active_towns") == {"35099": "arrivée dans le territoire depuis"}
    assert causes(departed, "active_towns") == {"22001": "sortie du territoire depuis"}
    assert causes(departed, "realised_amount") == {"D1": "sortie du territoire depuis"}


def test_the_effects_of_a_register_add_up() -> None:
    town = new_town(inhabitants=4000)
    designate(town)
    make_plan("1000.00")
    make_commitment("120.50", town=town)
    make_commitment("79.50", town=town, decided_on=date(2022, 7, 5))
    make_brownfield(town=town, decided_on=date(2022, 7, 5), area_m2=Decimal("12345.67"))
    comparison = compare_days(as_of=DAY, since=BEFORE)
    for figure in comparison.figures:
        effects = [movement.effect for movement in figure.movements]
        if figure.figure.unit != "%" and figure.code != "population":
            assert sum(effect or 0 for effect in effects) == (figure.difference or 0), figure.code
    share = comparison.figure("realised_share")
    assert share is not None
    assert (share.twin, share.difference) == ("realised_amount", 8)


def test_a_draft_is_compared_with_the_last_published_report() -> None:
    town = new_town()
    designate(town)
    assert compare_with_last(_draft(), programme=get_programme()) is None
    frozen_on(BEFORE)
    freeze_snapshot(as_of=date(2022, 8, 31), frozen_at=NOW)
    make_mission(town=town, notified_on=date(2022, 7, 1))
    comparison = compare_with_last(_draft(), programme=get_programme())
    assert comparison is not None
    assert (comparison.before.as_of, comparison.after.as_of) == (BEFORE, DAY)
    assert counts(comparison, "expertise_missions") == "1\u00a0mission entrée"


def _draft() -> frozen.Frozen:
    progress = measure_progress(as_of=DAY)
    return frozen.freeze(measured_report(progress), rows_behind(progress))


def test_only_earlier_published_reports_of_the_same_territory_compare() -> None:
    make_region("53", "Bretagne", {"22": "Côtes-d’Armor"})
    designate(new_town())
    first, last = frozen_on(BEFORE), frozen_on(DAY)
    freeze_snapshot(as_of=date(2022, 8, 31), frozen_at=NOW)
    elsewhere = frozen_on(BEFORE, territory="dep:22")
    assert list(earlier_snapshots(last)) == [first]
    with pytest.raises(NotEarlier):
        compare_snapshots(last, first)
    with pytest.raises(NotEarlier):
        compare_snapshots(last, last)
    with pytest.raises(OtherTerritory):
        compare_snapshots(elsewhere, last)
    with pytest.raises(NotEarlier):
        compare_days(as_of=DAY, since=DAY)


def test_nothing_is_asked_of_the_register_where_nothing_moved() -> None:
    make_programme()
    comparison = compare_days(as_of=DAY, since=BEFORE)
    assert comparison.changed == ()
