from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from beffroi.foundations.accounts.models import User
from beffroi.foundations.directory.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("chef@exemple.fr"))
    return client


def test_a_funder_is_added_on_the_desk(desk: Client) -> None:
    form = {"name": "Fondation", "siren": "784314173", "is_funder": "on"}
    desk.post(reverse("organisations:add"), form)
    assert Organisation.objects.get(name="Fondation").is_funder
    assert "Fondation" in desk.get(reverse("organisations:index")).content.decode()


def test_refuses_a_siren_that_is_none(desk: Client) -> None:
    form = {"name": "Fondation", "siren": "12", "is_funder": "on"}
    page = desk.post(reverse("organisations:add"), form).content.decode()
    assert "Neuf chiffres sont attendus" in page
    assert not Organisation.objects.filter(name="Fondation").exists()


def test_a_partner_is_marked_on_the_desk(desk: Client) -> None:
    form = {"name": "Fondation", "siren": "784314173", "is_partner": "on", "logo": ""}
    desk.post(reverse("organisations:add"), form)
    assert Organisation.objects.get(name="Fondation").is_partner
