"""The site's name, as the desk writes it."""

from __future__ import annotations

import pytest
from django.test import Client
from dsfr.models import DsfrConfig
from pytest_django import Settings

from beffroi.foundations.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("look", ["dsfr", "neutral"])
def test_every_page_bears_the_name_written_at_the_desk(
    look: str, settings: Settings, client: Client
) -> None:
    settings.BEFFROI_SKIN = look
    client.force_login(User.objects.create_superuser("chef@beffroi.example"))
    sent = {"site_title": "Bourgs vivants", "site_tagline": "T", "footer_description": "<b>x</b>"}
    response = client.post("/bureau/snippets/dsfr/dsfrconfig/add/", sent)
    assert response.status_code == 302
    assert DsfrConfig.objects.get().language == "fr"
    html = client.get("/mentions-legales/").content.decode()
    assert "– Bourgs vivants</title>" in html
    assert "&lt;b&gt;x&lt;/b&gt;" in html


def test_an_account_without_the_right_may_not_rename_the_site(client: Client) -> None:
    client.force_login(User.objects.create_user("invite@beffroi.example"))
    response = client.post("/bureau/snippets/dsfr/dsfrconfig/add/", {"site_title": "Moi"})
    assert response.status_code in {302, 403}
    assert not DsfrConfig.objects.exists()
