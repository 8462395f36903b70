"""An account that left a trace stays."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.actions import record_act

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("has_acted", [True, False])
def test_deletes_only_accounts_that_signed_nothing(client: Client, has_acted: bool) -> None:
    client.force_login(User.objects.create_superuser("chef@beffroi.example"))
    person = User.objects.create_user("claire@beffroi.example")
    if has_acted:
        record_act(verb="essai", target=person, at=timezone.now(), actor=person)
    response = client.post(reverse("wagtailusers_users:delete", args=[person.pk]), follow=True)
    assert ("Désactivez-le plutôt" in response.content.decode()) is has_acted
    assert User.objects.filter(pk=person.pk).exists() is has_acted
