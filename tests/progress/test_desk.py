"""The desk: freeze by a form, change nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from beffroi.foundations.accounts.models import User
from beffroi.progress.actions import freeze_snapshot
from beffroi.progress.models import Snapshot
from tests.foundations.desk.people import sent
from tests.progress.factories import DAY, designate, make_mission, new_town

pytestmark = pytest.mark.django_db
LIST = "/bureau/points-d-avancement/"
FORM = {"as_of": "2022-09-23", "territory": "national", "reason": ""}


@pytest.fixture
def direction(client: Client) -> User:
    """A person who may freeze, signed in."""
    designate(new_town())
    return sent(sign_in(client, "add_snapshot", "view_snapshot"), None)


def sign_in(client: Client, *rights: str) -> User:
    user = User.objects.create_user("direction@exemple.fr")
    names = ["access_admin", *rights]
    user.user_permissions.add(*Permission.objects.filter(codename__in=names))
    client.force_login(user)
    return user


def test_freezes_a_report_in_the_name_of_the_person(client: Client, direction: User) -> None:
    response = client.post(f"{LIST}new/", FORM, follow=True)
    snapshot = Snapshot.objects.get()
    assert snapshot.frozen_by == direction
    assert "2022-09-23-national-r1 figé" in response.content.decode()
    assert snapshot.get_absolute_url() in response.content.decode()


@pytest.mark.usefixtures("direction")
def test_names_the_act_and_not_an_added_row(client: Client) -> None:
    assert "Figer un point d’avancement" in client.get(LIST).content.decode()
    form = client.get(f"{LIST}new/").content.decode()
    assert "Nouvel(le)" not in form


@pytest.mark.usefixtures("direction")
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"as_of": "2020-01-01"}, "précède le lancement"),
        ({"territory": "dep:99"}, "Aucun territoire"),
        ({"as_of": ""}, "Champ requis"),
    ],
)
def test_words_a_refusal_in_the_form(client: Client, change: dict[str, str], said: str) -> None:
    response = client.post(f"{LIST}new/", FORM | change)
    assert said in response.content.decode()
    assert not Snapshot.objects.exists()


@pytest.mark.usefixtures("direction")
def test_asks_a_reason_for_other_figures(client: Client) -> None:
    client.post(f"{LIST}new/", FORM)
    make_mission()
    assert "donnez un motif" in client.post(f"{LIST}new/", FORM).content.decode()
    client.post(f"{LIST}new/", FORM | {"reason": "mission oubliée"})
    assert Snapshot.objects.filter(revision=2, reason="mission oubliée").exists()


@pytest.mark.parametrize("page", ["edit", "delete"])
def test_lets_nobody_change_a_report(admin_client: Client, page: str) -> None:
    designate(new_town())
    snapshot = freeze_snapshot(as_of=DAY, frozen_at=datetime(2022, 9, 26, tzinfo=UTC))
    assert f"/{page}/" not in admin_client.get(LIST).content.decode()
    response = admin_client.post(f"{LIST}{page}/{snapshot.pk}/", FORM)
    assert response.status_code in {302, 403}
    assert Snapshot.objects.get().fingerprint == snapshot.fingerprint


def test_lets_nobody_freeze_without_the_right(client: Client) -> None:
    sign_in(client, "view_snapshot")
    assert client.get(LIST).status_code == 200
    response = client.post(f"{LIST}new/", FORM)
    assert response.status_code in {302, 403}
    assert not Snapshot.objects.exists()
