"""Answer for sheets, within one's reach, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.actions import record_act
from beffroi.foundations.audit.models import AuditEntry
from beffroi.foundations.directory.models import Organisation
from beffroi.foundations.mandates.queries import NATIONAL
from beffroi.foundations.territories.models import Town
from beffroi.register.campaigns.actions import (
    CampaignNotRunning,
    Confirmed,
    NothingCorrected,
    OutOfReach,
    SheetsChanged,
    TooLateToUndo,
    confirm_towns,
    undo_confirmations,
)
from beffroi.register.campaigns.models import Confirmation, ConfirmationKind
from beffroi.register.campaigns.queries import campaign_progress, sheet_states
from tests.foundations.territories.factories import make_town
from tests.progress.factories import make_mission

from .factories import NOW, TODAY, active_town, by, department, make_campaign, make_officer

pytestmark = pytest.mark.django_db


def test_records_a_dated_answer_that_counts_for_the_running_campaign() -> None:
    officer, town, campaign = make_officer(), active_town(), make_campaign()
    answer = confirm_towns(town_ids=[town.pk], by=by(officer))
    row = Confirmation.objects.get()
    assert (row.campaign, row.confirmed_at, row.confirmed_by) == (campaign, NOW, officer)
    assert answer.confirmed == {town.pk}
    assert campaign_progress(campaign, NATIONAL, on=TODAY).total.percent == 100
    assert AuditEntry.objects.get(verb="confirm_towns").actor == officer


def test_counts_the_same_answer_once() -> None:
    officer, town = make_officer(), active_town()
    make_campaign()
    confirm_towns(town_ids=[town.pk], by=by(officer))
    again = confirm_towns(town_ids=[town.pk], by=by(officer))
    assert again.already == {town.pk}
    assert again.batch is None
    assert Confirmation.objects.count() == 1


def test_takes_an_answer_outside_any_campaign() -> None:
    officer, town = make_officer(), active_town()
    confirm_towns(town_ids=[town.pk], by=by(officer))
    assert Confirmation.objects.get().campaign is None


def test_refuses_the_towns_of_others_and_records_nothing() -> None:
    officer = make_officer(place=department("22"))
    own, other = active_town("22"), active_town("29")
    with pytest.raises(OutOfReach) as refused:
        confirm_towns(town_ids=[own.pk, other.pk], by=by(officer))
    assert refused.value.town_ids == {other.pk}
    assert not Confirmation.objects.exists()


def test_refuses_a_town_that_the_campaign_does_not_ask_about() -> None:
    officer, campaign, elsewhere = make_officer(), make_campaign(), make_town("22999")
    with pytest.raises(OutOfReach):
        confirm_towns(town_ids=[elsewhere.pk], by=by(officer), campaign=campaign)


def test_refuses_a_partner_and_a_person_without_the_role() -> None:
    town, anah = active_town(), Organisation.objects.get(name="Anah")
    for person in (make_officer("sans", role="Rédaction"), None):
        with pytest.raises(PermissionDenied):
            confirm_towns(town_ids=[town.pk], by=by(person))
    with pytest.raises(OutOfReach):
        confirm_towns(town_ids=[town.pk], by=by(make_officer("anah", place=anah)))


def test_refuses_to_confirm_what_changed_since_it_was_seen() -> None:
    officer, town = make_officer(), active_town()
    seen = {town.pk: sheet_states([town.pk], on=TODAY)[town.pk].fingerprint[:16]}
    confirm_towns(town_ids=[town.pk], by=by(officer), seen=seen)
    make_mission(town=town)
    with pytest.raises(SheetsChanged):
        confirm_towns(town_ids=[town.pk], by=by(officer), seen=seen)


def correct(town: Town, officer: User, comment: str = "") -> Confirmed:
    signed = by(officer)
    kind = ConfirmationKind.CORRECTED
    return confirm_towns(town_ids=[town.pk], kind=kind, by=signed, comment=comment)


def test_a_correction_needs_a_change_in_the_trail_or_a_comment() -> None:
    officer, town = make_officer(), active_town()
    with pytest.raises(NothingCorrected):
        correct(town, officer)
    correct(town, officer, comment="Le maire a changé.")
    make_campaign()
    record_act(verb="correct", target=make_mission(town=town), at=NOW, actor=officer)
    assert correct(town, officer).confirmed == {town.pk}


def test_another_answer_replaces_the_first() -> None:
    officer, town, campaign = make_officer(), active_town(), make_campaign()
    confirm_towns(town_ids=[town.pk], by=by(officer))
    later = by(officer, NOW + timedelta(1))
    confirm_towns(
        town_ids=[town.pk], by=later, kind=ConfirmationKind.CORRECTED, comment="Nom du poste."
    )
    total = campaign_progress(campaign, NATIONAL, on=TODAY).total
    assert (total.unchanged, total.corrected) == (0, 1)
    assert Confirmation.objects.get(kind="unchanged").withdrawn_at == later.at


def test_refuses_an_answer_once_the_campaign_is_over() -> None:
    officer, town = make_officer(), active_town()
    campaign = make_campaign(closes_on=TODAY - timedelta(1))
    with pytest.raises(CampaignNotRunning):
        confirm_towns(town_ids=[town.pk], by=by(officer), campaign=campaign)


def test_takes_answers_back_for_a_quarter_of_an_hour_only() -> None:
    officer, towns, campaign = make_officer(), [active_town(), active_town()], make_campaign()
    answer = confirm_towns(town_ids=[town.pk for town in towns], by=by(officer))
    assert answer.batch
    with pytest.raises(PermissionDenied):
        undo_confirmations(batch=answer.batch, by=by(make_officer("autre")))
    with pytest.raises(TooLateToUndo):
        undo_confirmations(batch=answer.batch, by=by(officer, NOW + timedelta(minutes=16)))
    taken_back = undo_confirmations(batch=answer.batch, by=by(officer, NOW + timedelta(minutes=9)))
    assert taken_back == {town.pk for town in towns}
    assert campaign_progress(campaign, NATIONAL, on=TODAY).total.answered == 0
