"""People of the desk and where they act, for the tests of the desk."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.contrib.auth.models import Group, Permission
from django.test import Client

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.mandates.actions import Place, grant_mandate
from beffroi.foundations.territories.models import Department

BY = Authorship(at=datetime(2026, 11, 23, 9, tzinfo=UTC))
DAY = date(2020, 1, 1)


def person(name: str, *permissions: str, role: str = "") -> User:
    """An account with the desk, these permissions, and a role where one is named."""
    user = User.objects.create_user(f"{name}@bureau.example", "x", first_name=name.capitalize())
    wanted = Permission.objects.filter(codename__in=["access_admin", *permissions])
    user.user_permissions.set(wanted)
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def sent(user: User, *places: Place) -> User:
    """The same person, with a mandate for each place."""
    for place in places:
        grant_mandate(user=user, place=place, started_on=DAY, by=BY)
    return user


def department(code: str) -> Department:
    """A département of the small geography."""
    return Department.objects.get_or_create(code=code)[0]


def desk_of(user: User) -> Client:
    """The desk as this person sees it."""
    client = Client()
    client.force_login(user)
    return client
