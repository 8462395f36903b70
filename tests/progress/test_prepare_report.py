"""A report is prepared by one person, reviewed by another, frozen as it was reviewed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.models import AuditEntry
from beffroi.foundations.territories.queries import UnknownTerritory
from beffroi.progress.actions import (
    AlreadyInPreparation,
    ChangedSinceReview,
    DayNotReached,
    FiguresMoved,
    NothingToRevise,
    NotReviewed,
    OwnPreparation,
    PreparationClosed,
    RemarkMissing,
    RevisionNeedsReason,
    UnknownPreparation,
    amend_preparation,
    draft_of,
    freeze_preparation,
    freeze_snapshot,
    give_up_preparation,
    prepare_report,
    publish_snapshot,
    resume_preparation,
    review_report,
    send_back_preparation,
)
from beffroi.progress.actions.prepare_report import Wanted
from beffroi.progress.models import Preparation, Snapshot
from beffroi.progress.queries import BeforeLaunch
from beffroi.progress.wording import word_refusal
from tests.foundations.desk.people import person, sent
from tests.progress.factories import DAY, FROZEN_AT, designate, make_mission, new_town

pytestmark = pytest.mark.django_db
NATIONAL = None


@pytest.fixture
def aicha() -> User:
    """Prepares, for the whole country."""
    designate(new_town(name="Dinan"))
    return sent(person("aicha", role="Avancement"), NATIONAL)


@pytest.fixture
def claire() -> User:
    """Reviews, for the whole country."""
    return sent(person("claire", role="Avancement"), NATIONAL)


def prepare(by: User, as_of: date = DAY, **fields: str) -> Preparation:
    return prepare_report(wanted=Wanted(as_of, **fields), prepared_by=by, prepared_at=FROZEN_AT)


def review(preparation: Preparation, by: User) -> Preparation:
    return review_report(
        preparation_id=preparation.pk,
        seen_fingerprint=draft_of(preparation).frozen.fingerprint,
        reviewed_by=by,
        reviewed_at=FROZEN_AT,
    )


def freeze(preparation: Preparation, by: User) -> Snapshot:
    return freeze_preparation(preparation_id=preparation.pk, frozen_by=by, frozen_at=FROZEN_AT)


def test_goes_from_its_preparation_to_the_public(aicha: User, claire: User) -> None:
    preparation = prepare(aicha, foreword=" Un mot d’abord. ")
    review(preparation, claire)
    snapshot = freeze(preparation, aicha)
    assert snapshot.report.foreword == "Un mot d’abord."
    assert snapshot.preparation == Preparation.objects.get()
    assert snapshot.fingerprint == Preparation.objects.get().reviewed_fingerprint
    assert not snapshot.is_published
    publish_snapshot(reference=snapshot.reference, published_at=FROZEN_AT, published_by=claire)
    acts = list(AuditEntry.objects.order_by("pk").values_list("verb", "actor__first_name"))
    assert acts[-4:] == [
        ("prepare_report", "Aicha"),
        ("review_report", "Claire"),
        ("freeze_snapshot", "Aicha"),
        ("publish_snapshot", "Claire"),
    ]


def test_is_not_reviewed_by_whoever_prepared_it(aicha: User) -> None:
    preparation = prepare(aicha)
    with pytest.raises(OwnPreparation) as refused:
        review(preparation, aicha)
    assert "une autre personne" in word_refusal(refused.value)
    with pytest.raises(OwnPreparation):
        send_back_preparation(
            preparation_id=preparation.pk, remark="?", reviewed_by=aicha, reviewed_at=FROZEN_AT
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Preparation.objects.update(reviewed_by=aicha)


def test_is_not_frozen_before_its_review(aicha: User) -> None:
    preparation = prepare(aicha)
    with pytest.raises(NotReviewed):
        freeze(preparation, aicha)


def test_is_not_frozen_with_other_figures_than_those_reviewed(aicha: User, claire: User) -> None:
    preparation = review(prepare(aicha), claire)
    make_mission(town=new_town())
    designate(new_town())
    with pytest.raises(ChangedSinceReview) as refused:
        freeze(preparation, aicha)
    told = word_refusal(refused.value)
    assert "chiffres ont changé depuis la relecture\u00a0: " in told
    assert "(1 → 2)" in told
    assert "(0 → 1)" in told
    assert not Snapshot.objects.exists()
    review(preparation, claire)
    assert freeze(preparation, aicha).figure("active_towns").value == 2


def test_is_not_vouched_for_once_the_figures_moved_under_the_reader(
    aicha: User, claire: User
) -> None:
    preparation = prepare(aicha)
    with pytest.raises(FiguresMoved):
        review_report(
            preparation_id=preparation.pk,
            seen_fingerprint="f" * 64,
            reviewed_by=claire,
            reviewed_at=FROZEN_AT,
        )
    assert not Preparation.objects.get().is_reviewed


def test_falls_back_unreviewed_when_amended(aicha: User, claire: User) -> None:
    preparation = review(prepare(aicha), claire)
    amend_preparation(
        preparation_id=preparation.pk,
        foreword="Autre mot.",
        reason="",
        amended_by=claire,
        amended_at=FROZEN_AT,
    )
    preparation.refresh_from_db()
    assert not preparation.is_reviewed
    assert preparation.prepared_by == claire
    with pytest.raises(OwnPreparation):
        review(preparation, claire)
    assert freeze(review(preparation, aicha), aicha).report.foreword == "Autre mot."


def test_keeps_its_review_when_nothing_is_amended(aicha: User, claire: User) -> None:
    preparation = review(prepare(aicha, foreword="Un mot."), claire)
    amend_preparation(
        preparation_id=preparation.pk,
        foreword="Un mot.",
        reason="",
        amended_by=aicha,
        amended_at=FROZEN_AT,
    )
    assert Preparation.objects.get().is_reviewed


def test_goes_back_with_a_remark(aicha: User, claire: User) -> None:
    preparation = review(prepare(aicha), claire)
    with pytest.raises(RemarkMissing):
        send_back_preparation(
            preparation_id=preparation.pk, remark=" ", reviewed_by=claire, reviewed_at=FROZEN_AT
        )
    sent_back = send_back_preparation(
        preparation_id=preparation.pk,
        remark="Il manque une phrase.",
        reviewed_by=claire,
        reviewed_at=FROZEN_AT,
    )
    assert sent_back.is_sent_back
    with pytest.raises(NotReviewed):
        freeze(sent_back, aicha)


def test_is_given_up_and_taken_up_again(aicha: User, claire: User) -> None:
    preparation = review(prepare(aicha), claire)
    give_up_preparation(preparation_id=preparation.pk, given_up_by=aicha, given_up_at=FROZEN_AT)
    with pytest.raises(PreparationClosed) as refused:
        freeze(preparation, aicha)
    assert "abandonnée" in word_refusal(refused.value)
    other = prepare(claire)
    with pytest.raises(AlreadyInPreparation):
        resume_preparation(preparation_id=preparation.pk, resumed_by=aicha, resumed_at=FROZEN_AT)
    give_up_preparation(preparation_id=other.pk, given_up_by=claire, given_up_at=FROZEN_AT)
    resume_preparation(preparation_id=preparation.pk, resumed_by=aicha, resumed_at=FROZEN_AT)
    with pytest.raises(NotReviewed):
        freeze(preparation, aicha)


def test_is_closed_once_frozen(aicha: User, claire: User) -> None:
    preparation = review(prepare(aicha), claire)
    snapshot = freeze(preparation, aicha)
    with pytest.raises(PreparationClosed) as refused:
        freeze(preparation, aicha)
    assert snapshot.reference in word_refusal(refused.value)


def test_revises_with_a_reason_and_something_to_revise(aicha: User, claire: User) -> None:
    first = freeze_snapshot(as_of=DAY, frozen_at=FROZEN_AT)
    with pytest.raises(RevisionNeedsReason):
        prepare(aicha)
    preparation = review(prepare(aicha, reason="mission oubliée"), claire)
    with pytest.raises(NothingToRevise):
        freeze(preparation, aicha)
    make_mission()
    later = FROZEN_AT + timedelta(days=1)
    review(preparation, claire)
    revised = freeze_preparation(preparation_id=preparation.pk, frozen_by=aicha, frozen_at=later)
    assert (revised.revision, revised.reason) == (2, "mission oubliée")
    assert Snapshot.objects.get(pk=first.pk).revision == 1


@pytest.mark.parametrize(
    ("as_of", "territory", "refusal"),
    [
        (date(2022, 9, 27), "national", DayNotReached),
        (date(2020, 9, 30), "national", BeforeLaunch),
        (DAY, "dep:99", UnknownTerritory),
    ],
)
def test_refuses_what_cannot_be_measured(
    aicha: User, as_of: date, territory: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        prepare(aicha, as_of, territory=territory)


def test_is_prepared_once_at_a_time(aicha: User, claire: User) -> None:
    prepare(aicha)
    with pytest.raises(AlreadyInPreparation) as refused:
        prepare(claire)
    assert "déjà en préparation" in word_refusal(refused.value)


def test_knows_no_other_key(aicha: User) -> None:
    with pytest.raises(UnknownPreparation):
        give_up_preparation(preparation_id=0, given_up_by=aicha, given_up_at=FROZEN_AT)


def test_is_out_of_hand_for_whoever_lost_the_role(aicha: User, claire: User) -> None:
    preparation = review(prepare(aicha), claire)
    aicha.groups.clear()
    with pytest.raises(PermissionDenied):
        freeze(preparation, User.objects.get(pk=aicha.pk))
