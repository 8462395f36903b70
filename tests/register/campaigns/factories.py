"""Campaigns, officers, and an area to look after."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import Group

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.mandates.actions import Place, grant_mandate
from beffroi.foundations.territories.models import Department, Town
from beffroi.register.campaigns.models import Campaign
from tests.progress.factories import designate, make_programme, new_town

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def make_officer(name: str = "agent", *, place: Place = None, role: str = "Registre") -> User:
    """An account with a role and a mandate; the whole country where no place is given."""
    user = User.objects.create_user(f"{name}@prefecture.example", "x", first_name=name.title())
    user.groups.set(Group.objects.filter(name=role))
    grant_mandate(user=user, place=place, started_on=TODAY - timedelta(400), by=Authorship(at=NOW))
    return user


def department(code: str = "22") -> Department:
    """A département, made where missing."""
    return Department.objects.get_or_create(code=code)[0]


def active_town(code: str = "22", name: str = "Bourg") -> Town:
    """A town of the programme, in a département."""
    town = new_town(code, name)
    designate(town)
    return town


def make_campaign(**fields: Any) -> Campaign:
    """A campaign that runs on TODAY."""
    values: dict[str, Any] = {
        "title": "Automne 2026",
        "programme": make_programme(),
        "opens_on": TODAY - timedelta(10),
        "closes_on": TODAY + timedelta(20),
        "opened_at": NOW - timedelta(10),
    }
    if "opened_by" not in fields:
        fields["opened_by"] = User.objects.get_or_create(email="national@anct.example")[0]
    return Campaign.objects.create(**values | fields)


def by(user: User | None, at: datetime = NOW) -> Authorship:
    """A person's signature."""
    return Authorship(at=at, actor=user)
