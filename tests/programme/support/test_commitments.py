from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.foundations.audit.actions import Authorship, ReasonMissing
from beffroi.foundations.audit.models import AuditEntry
from beffroi.programme.membership.rules import BackwardPeriod
from beffroi.programme.support.actions import (
    Cancelled,
    CommitmentRecord,
    DecisionExists,
    EvidenceMissing,
    FaultyStep,
    MissionExists,
    MissionRecord,
    PlanExists,
    PlanRecord,
    Recorded,
    StepRecord,
    advance_commitment,
    cancel_commitment,
    correct_commitment,
    correct_mission,
    correct_plan,
    plan_commitment,
    record_commitment,
    record_commitments,
    record_mission,
)
from beffroi.programme.support.models import MoneyState, RealisedCommitment
from beffroi.programme.support.queries import given_commitments
from beffroi.programme.support.rules import STATES, StepFault, step_fault
from tests.progress.factories import make_commitment, make_funder, make_programme, new_town

BY = Authorship(at=datetime(2022, 9, 23, 8, tzinfo=UTC))
WHY = Authorship(at=BY.at, reason="Décision retirée")
DAY = date(2022, 3, 1)
euros = st.decimals(0, 10**9, places=2)
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


def decision(reference: str = "D1", amount: str = "100.00", on: date = DAY) -> CommitmentRecord:
    return CommitmentRecord(
        decision_reference=reference,
        funder_id=make_funder().pk,
        decided_on=on,
        amount=Decimal(amount),
        beneficiary_name="Commune",
        beneficiary_siren="",
        purpose="halle",
        form="",
        town_id=new_town().pk,
    )


def record(reference: str = "D1", state: MoneyState = MoneyState.ANNOUNCED) -> Recorded:
    return record_commitment(
        programme=make_programme(),
        record=decision(reference),
        state=state,
        evidence="Courrier du 1er mars",
        by=BY,
    )


def step(
    state: MoneyState, day: date, amount: str = "100.00", evidence: str = "Acte"
) -> StepRecord:
    return StepRecord(state, day, Decimal(amount), evidence)


def realised(on: date) -> Decimal:
    return sum(
        given_commitments(make_programme(), as_of=on).values_list("amount", flat=True), Decimal(0)
    )


@given(st.permutations(STATES), st.lists(st.tuples(days, euros), min_size=4, max_size=4))
def test_a_faultless_path_never_goes_back_nor_pays_more_than_committed(
    order: list[str], steps: list[tuple[date, Decimal]]
) -> None:
    path = dict(zip(order, steps, strict=True))
    faults = [
        step_fault(state=state, reached_on=day, amount=amount, before=path)
        for state, (day, amount) in path.items()
    ]
    in_order = [path[state][0] for state in STATES] == sorted(path[state][0] for state in STATES)
    affordable = path["paid"][1] <= path["committed"][1]
    assert (not any(faults)) is (in_order and affordable)


@pytest.mark.django_db
def test_money_counts_once_it_is_committed() -> None:
    row = record().commitment
    assert realised(date(2023, 1, 1)) == 0
    advance_commitment(
        commitment=row, step=step(MoneyState.COMMITTED, date(2022, 6, 1), "80.00"), by=BY
    )
    assert [realised(date(2022, 5, 31)), realised(date(2022, 6, 1))] == [0, 80]
    advance_commitment(commitment=row, step=step(MoneyState.PAID, date(2022, 9, 1), "75.00"), by=BY)
    assert realised(date(2022, 9, 1)) == Decimal(80)
    assert [known.state for known in row.steps.all()] == ["announced", "committed", "paid"]


@pytest.mark.django_db
def test_an_imported_decision_gets_the_step_that_its_row_implies() -> None:
    row = make_commitment("100.00", decision_reference="D9", decided_on=DAY)
    advance_commitment(commitment=row, step=step(MoneyState.PAID, date(2022, 9, 1), "90.00"), by=BY)
    first, last = row.steps.all()
    assert (first.state, first.reached_on, first.evidence) == ("committed", DAY, "D9")
    assert (last.state, last.amount) == ("paid", Decimal(90))


@pytest.mark.django_db
def test_an_import_that_corrects_a_decision_moves_its_step_too() -> None:
    record(state=MoneyState.COMMITTED)
    corrected = decision(amount="70.00")
    record_commitments(programme=make_programme(), records=[corrected], by=BY)
    assert RealisedCommitment.objects.get().steps.get().amount == Decimal(70)


@pytest.mark.django_db
def test_going_back_needs_a_reason_and_takes_later_steps_away() -> None:
    row = record().commitment
    for state, month in ((MoneyState.PROGRAMMED, 4), (MoneyState.COMMITTED, 5)):
        advance_commitment(commitment=row, step=step(state, date(2022, month, 1)), by=BY)
    back = step(MoneyState.PROGRAMMED, date(2022, 4, 2))
    with pytest.raises(ReasonMissing):
        advance_commitment(commitment=row, step=back, by=BY)
    row = advance_commitment(commitment=row, step=back, by=WHY)
    assert (row.state, row.decided_on) == ("programmed", date(2022, 4, 2))
    assert realised(date(2023, 1, 1)) == 0
    gone = AuditEntry.objects.filter(reason=WHY.reason, changes__state=["committed", None])
    assert gone.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wanted", "fault"),
    [
        (step(MoneyState.PAID, DAY - timedelta(1)), StepFault.BEFORE_EARLIER_STATE),
        (step(MoneyState.PAID, DAY, "100.01"), StepFault.ABOVE_COMMITTED),
        (step(MoneyState.PAID, DAY, "-1.00"), StepFault.NEGATIVE),
    ],
)
def test_refuses_a_step_that_does_not_follow(wanted: StepRecord, fault: StepFault) -> None:
    row = record(state=MoneyState.COMMITTED).commitment
    with pytest.raises(FaultyStep) as refusal:
        advance_commitment(commitment=row, step=wanted, by=BY)
    assert refusal.value.fault == fault


@pytest.mark.django_db
def test_refuses_a_state_without_evidence() -> None:
    row = make_commitment()
    with pytest.raises(EvidenceMissing):
        advance_commitment(commitment=row, step=step(MoneyState.PAID, DAY, evidence=" "), by=BY)
    assert not row.steps.exists()


@pytest.mark.django_db
def test_counts_a_decision_once_and_tells_its_look_alikes() -> None:
    first = record("DETR 17").commitment
    with pytest.raises(DecisionExists):
        record("DETR 17")
    assert record("detr17").look_alikes == (first,)


@pytest.mark.django_db
def test_corrects_a_decision_with_its_step_and_a_reason() -> None:
    row = record(state=MoneyState.COMMITTED).commitment
    wanted = decision(amount="60.00", on=date(2022, 4, 1))
    with pytest.raises(ReasonMissing):
        correct_commitment(commitment=row, record=wanted, by=BY)
    correct_commitment(commitment=row, record=wanted, by=WHY)
    assert row.steps.get().amount == Decimal(60)
    assert AuditEntry.objects.filter(changes__amount=["100.00", "60.00"]).count() == 2
    record("D2")
    with pytest.raises(DecisionExists):
        correct_commitment(commitment=row, record=decision("D2"), by=WHY)


@pytest.mark.django_db
def test_a_cancelled_decision_stands_still_until_it_is_restored() -> None:
    row = record(state=MoneyState.COMMITTED).commitment
    with pytest.raises(BackwardPeriod):
        cancel_commitment(commitment=row, cancelled_on=DAY - timedelta(1), by=WHY)
    cancel_commitment(commitment=row, cancelled_on=date(2022, 5, 1), by=WHY)
    assert [realised(date(2022, 4, 30)), realised(date(2022, 5, 1))] == [100, 0]
    with pytest.raises(Cancelled):
        advance_commitment(commitment=row, step=step(MoneyState.PAID, date(2022, 6, 1)), by=BY)
    cancel_commitment(commitment=row, cancelled_on=None, by=WHY)
    assert realised(date(2022, 5, 1)) == Decimal(100)


@pytest.mark.django_db
def test_records_and_corrects_a_mission() -> None:
    wanted = MissionRecord("M1", new_town().pk, make_funder().pk, "halles", DAY, Decimal(10))
    row = record_mission(programme=make_programme(), record=wanted, by=BY)
    with pytest.raises(MissionExists):
        record_mission(programme=make_programme(), record=wanted, by=BY)
    other = MissionRecord("M1", row.town_id, row.funder_id, "commerces", DAY, Decimal(10))
    assert correct_mission(mission=row, record=other, by=WHY).theme == "commerces"
    assert AuditEntry.objects.get(verb="correct_mission").changes == {
        "theme": ["halles", "commerces"]
    }


@pytest.mark.django_db
def test_gives_a_funder_one_plan() -> None:
    wanted = PlanRecord(make_funder().pk, Decimal(10))
    plan = plan_commitment(programme=make_programme(), record=wanted, by=BY)
    with pytest.raises(PlanExists):
        plan_commitment(programme=make_programme(), record=wanted, by=BY)
    lower = PlanRecord(wanted.funder_id, Decimal("-1"))
    with pytest.raises(FaultyStep):
        correct_plan(plan=plan, record=lower, by=WHY)
