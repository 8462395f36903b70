"""Who reaches what."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.directory.models import Organisation
from beffroi.foundations.mandates.actions import (
    BackwardMandate,
    end_mandate,
    grant_mandate,
)
from beffroi.foundations.mandates.models import Mandate
from beffroi.foundations.mandates.queries import NATIONAL, NOWHERE, rows_within, scope_of
from beffroi.foundations.territories.models import Department, Region, Town
from tests.foundations.territories.factories import (
    extend_town,
    make_region,
    make_town,
)

TODAY = date(2026, 11, 23)
BY = Authorship(at=datetime(2026, 11, 23, 9, tzinfo=UTC))


@pytest.fixture
def officer(db: None) -> User:  # noqa: ARG001
    return User.objects.create_user("agent@cotes.example", "x")


def _reached(user: User) -> set[int]:
    towns = rows_within(Town.objects.all(), scope_of(user, on=TODAY), town="pk")
    return set(towns.values_list("pk", flat=True))


def test_nobody_reaches_anything_without_a_mandate(officer: User) -> None:
    make_town("22050")
    assert scope_of(officer, on=TODAY) == scope_of(AnonymousUser(), on=TODAY) == NOWHERE
    assert _reached(officer) == set()


def test_an_inactive_account_reaches_nothing(officer: User) -> None:
    grant_mandate(user=officer, place=None, started_on=TODAY, by=BY)
    officer.is_active = False
    assert scope_of(officer, on=TODAY) == NOWHERE


def test_an_officer_of_a_departement_reaches_its_towns_alone(officer: User) -> None:
    dinan, _vannes = make_town("22050"), make_town("56260")
    place = Department.objects.get(code="22")
    grant_mandate(user=officer, place=place, started_on=TODAY, by=BY)
    assert _reached(officer) == {dinan.pk}


def test_a_region_reaches_its_departements(officer: User) -> None:
    dinan, vannes, _caen = make_town("22050"), make_town("56260"), make_town("14118")
    region = make_region("53", "Bretagne", {"22": "Côtes-d’Armor", "56": "Morbihan"})
    grant_mandate(user=officer, place=region, started_on=TODAY, by=BY)
    assert _reached(officer) == {dinan.pk, vannes.pk}


def test_a_town_that_merged_stays_with_those_who_followed_it(officer: User) -> None:
    merged = make_town("22001", end=date(2024, 3, 4))
    place = Department.objects.get(code="22")
    grant_mandate(user=officer, place=place, started_on=TODAY, by=BY)
    assert _reached(officer) == {merged.pk}


def test_a_town_that_changed_departement_belongs_to_the_new_one(officer: User) -> None:
    moved = make_town("56001", end=date(2024, 1, 1))
    extend_town(moved, "22999", start=date(2024, 1, 1))
    place = Department.objects.get(code="56")
    grant_mandate(user=officer, place=place, started_on=TODAY, by=BY)
    assert _reached(officer) == set()


def test_a_national_mandate_reaches_every_town(officer: User) -> None:
    make_town("22050")
    grant_mandate(user=officer, place=None, started_on=TODAY, by=BY)
    assert scope_of(officer, on=TODAY) == NATIONAL


def test_a_partner_reaches_its_own_rows_and_no_town(officer: User) -> None:
    anah = Organisation.objects.get(name="Anah")
    make_town("22050")
    grant_mandate(user=officer, place=anah, started_on=TODAY, by=BY)
    scope = scope_of(officer, on=TODAY)
    assert scope.organisation_ids == frozenset({anah.pk})
    assert not scope.has_area
    own = rows_within(Organisation.objects.all(), scope, town="pk", organisation="pk")
    assert list(own) == [anah]


def test_a_mandate_holds_from_its_first_day_to_the_day_before_its_end(officer: User) -> None:
    mandate = grant_mandate(user=officer, place=None, started_on=TODAY, by=BY)
    end_mandate(mandate=mandate, ended_on=TODAY + timedelta(1), by=BY)
    days = [TODAY - timedelta(1), TODAY, TODAY + timedelta(1)]
    assert [scope_of(officer, on=day).is_national for day in days] == [False, True, False]


def test_refuses_an_end_before_the_start(officer: User) -> None:
    mandate = grant_mandate(user=officer, place=None, started_on=TODAY, by=BY)
    with pytest.raises(BackwardMandate):
        end_mandate(mandate=mandate, ended_on=TODAY - timedelta(1), by=BY)


def test_grants_the_same_reach_once(officer: User) -> None:
    region = Region.objects.create(code="53")
    for _ in range(2):
        grant_mandate(user=officer, place=region, started_on=TODAY, by=BY)
    assert Mandate.objects.count() == 1
