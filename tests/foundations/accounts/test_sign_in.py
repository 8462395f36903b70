"""An address identifies a person, however it is typed."""

from __future__ import annotations

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError
from django.test import RequestFactory

from beffroi.foundations.accounts.models import User

pytestmark = pytest.mark.django_db


def test_signs_in_whatever_the_case_of_the_address(rf: RequestFactory) -> None:
    user = User.objects.create_user("Claire@Beffroi.example", "un mot de passe")
    found = authenticate(
        rf.post("/bureau/login/"), username="CLAIRE@beffroi.example", password="un mot de passe"
    )
    assert found == user


def test_refuses_two_accounts_for_one_address() -> None:
    User.objects.create_user("claire@beffroi.example")
    with pytest.raises(IntegrityError):
        User.objects.create_user("Claire@beffroi.example")


def test_gives_no_password_to_an_account_opened_without_one() -> None:
    assert not User.objects.create_user("claire@beffroi.example").has_usable_password()
