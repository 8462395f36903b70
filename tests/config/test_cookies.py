"""A forged session cookie is that of nobody."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from beffroi.foundations.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("key", ["abc\x00defghijkl", "' OR 1=1 --", "é" * 32, "a" * 5000])
def test_a_forged_session_is_a_plain_anonymous_request(client: Client, key: str) -> None:
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    client.cookies[settings.SESSION_COOKIE_NAME].set(settings.SESSION_COOKIE_NAME, key, key)
    answer = client.get("/bureau/")
    assert (answer.status_code, "/login/" in answer.headers["Location"]) == (302, True)


def test_keeps_the_session_of_those_who_signed_in(client: Client) -> None:
    client.force_login(User.objects.create_superuser("chef@exemple.fr"))
    assert client.get("/bureau/").status_code == 200
