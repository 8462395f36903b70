"""The desk's view of mailings."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from beffroi.foundations.accounts.models import User

from .factories import NOON, opened

pytestmark = pytest.mark.django_db


def somebody(*codenames: str) -> Client:
    """A signed-in person of the desk with these rights."""
    user = User.objects.create_user("quelquun@agence.test", "secret")
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *codenames]))
    client = Client()
    client.force_login(user)
    return client


def text_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_lists_each_mailing_with_its_counts() -> None:
    mailing = opened(count=7)
    mailing.rows.filter(recipient_key="p0").update(
        outcome="refused", settled_at=NOON, next_attempt_at=None
    )
    page = text_of(somebody("view_mailing"), reverse("envois:index"))
    assert "Lettre 17" in page
    assert "<td>7</td> <td>0</td><td>1</td><td>0</td><td>0</td><td>0</td><td>6</td>" in page


def test_says_so_while_there_is_no_mailing() -> None:
    assert "Aucun envoi" in text_of(somebody("view_mailing"), reverse("envois:index"))


def test_shows_the_identity_the_approvers_and_what_is_wrong() -> None:
    mailing = opened(count=2)
    mailing.report_trouble("Le relais refuse l’identification : 535 non")
    page = text_of(somebody("view_mailing"), reverse("envois:detail", args=[mailing.pk]))
    assert "lettre 17 : 2 adresses = 0 acceptées" in page
    assert "une@agence.test" in page
    assert "deux@agence.test" in page
    assert "Le relais refuse l’identification : 535 non" in page
    assert "Actualiser" in page


def test_finds_people_by_column_and_address() -> None:
    mailing = opened(count=12)
    mailing.rows.filter(recipient_key="p11").update(
        outcome="refused", settled_at=NOON, next_attempt_at=None, smtp_text="inconnu ici"
    )
    client, url = somebody("view_mailing"), reverse("envois:detail", args=[mailing.pk])
    refused = text_of(client, f"{url}?outcome=refused")
    assert "lecteur11@mairie.test" in refused
    assert "inconnu ici" in refused
    assert "lecteur1@mairie.test" not in refused
    found = text_of(client, f"{url}?outcome=pending&q=lecteur1")
    assert "lecteur10@mairie.test" in found
    assert "lecteur11@mairie.test" not in found
    assert "Aucun destinataire" in text_of(client, f"{url}?q=personne")
    assert "lecteur3@mairie.test" in text_of(client, f"{url}?outcome=nowhere")


def test_is_closed_to_those_without_the_right() -> None:
    mailing = opened()
    client = somebody()
    for url in (reverse("envois:index"), reverse("envois:detail", args=[mailing.pk])):
        assert client.get(url).status_code in {302, 403}
    assert "Envois" not in client.get(reverse("wagtailadmin_home")).content.decode()
