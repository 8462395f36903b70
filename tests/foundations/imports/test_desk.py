from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from beffroi.foundations.accounts.models import User
from beffroi.foundations.imports.models import RefusedRow
from tests.foundations.imports.country import MISSIONS, PLANS, receive

pytestmark = pytest.mark.django_db
INDEX = "lignes_a_corriger:index"


@pytest.fixture
def refused(tmp_path: Path, country: object) -> RefusedRow:  # noqa: ARG001
    receive(tmp_path / "plans.csv", PLANS, "Fondation;12", is_partial=True)
    receive(tmp_path / "m.csv", MISSIONS, "M1;99999;Anah;x;1/1/2022;1", is_partial=True)
    return RefusedRow.objects.get(file_name="plans.csv")


def officer(*codenames: str) -> User:
    """Somebody with the desk and these permissions only."""
    user = User.objects.create_user("agent@exemple.fr")
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *codenames]))
    return user


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("chef@exemple.fr"))
    return client


def test_lists_what_waits_with_its_reason(desk: Client, refused: RefusedRow) -> None:
    page = desk.get(reverse(INDEX)).content.decode()
    assert "Lignes à corriger" in page
    assert (refused.file_name in page, refused.value in page) == (True, True)
    assert "financeur inconnu" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"file_name": "m.csv"}, {"m.csv"}),
        ({"q": "Fondation"}, {"plans.csv"}),
        ({"state": "resolved"}, set()),
        ({"state": "waiting"}, {"m.csv", "plans.csv"}),
    ],
)
def test_filters_and_searches(
    desk: Client, refused: RefusedRow, query: dict[str, str], found: set[str]
) -> None:
    page = desk.get(reverse(INDEX), query)
    assert {row.file_name for row in page.context["object_list"]} == found
    assert refused.pk


def test_a_person_says_when_a_row_was_dealt_with(desk: Client, refused: RefusedRow) -> None:
    url = reverse("lignes_a_corriger:edit", args=[refused.pk])
    page = desk.get(url).content.decode()
    assert "financeur : Fondation<br>montant : 12<br>" in page
    desk.post(url, {"resolved_at": "2026-06-02 10:00", "reason": "autre"})
    refused.refresh_from_db()
    assert refused.resolved_at is not None
    assert "financeur inconnu" in refused.reason


@pytest.mark.parametrize("action", ["add", "delete"])
def test_nobody_adds_or_deletes_a_refused_row(
    desk: Client, refused: RefusedRow, action: str
) -> None:
    arguments = [] if action == "add" else [refused.pk]
    desk.post(reverse(f"lignes_a_corriger:{action}", args=arguments))
    assert RefusedRow.objects.count() == 2


def test_is_closed_to_those_without_the_permission(client: Client, refused: RefusedRow) -> None:
    client.force_login(officer())
    assert client.get(reverse(INDEX)).status_code == 302
    assert "lignes-a-corriger" not in client.get(reverse("wagtailadmin_home")).content.decode()
    assert refused.pk


def test_opens_to_those_with_the_permission(client: Client, refused: RefusedRow) -> None:
    client.force_login(officer("change_refusedrow"))
    assert refused.file_name in client.get(reverse(INDEX)).content.decode()
