"""The public addresses that are not pages."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from beffroi.foundations.accounts.models import User
from tests.foundations.territories.factories import make_region, make_town
from tests.progress.factories import designate

pytestmark = pytest.mark.django_db


def test_robots_are_told_where_the_map_is(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /bureau/\n" in text
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml\n" in text


def test_the_map_gives_complete_addresses(client: Client) -> None:
    response = client.get("/sitemap.xml")
    assert response["Content-Type"] == "application/xml"
    assert "<loc>http://127.0.0.1:8000/mentions-legales/</loc>" in response.content.decode()


def test_the_map_leads_to_towns_and_territories(client: Client) -> None:
    cache.clear()
    make_region("53", "Bretagne", {"22": "Côtes-d’Armor"})
    designate(make_town("22050", name="Dinan"))
    text = client.get("/sitemap.xml").content.decode()
    for path in ("communes/22050-dinan", "departements/22-cotes-d-armor", "regions/53-bretagne"):
        assert f"<loc>http://127.0.0.1:8000/{path}/</loc>" in text
    cache.clear()


@time_machine.travel(datetime(2026, 1, 1, tzinfo=UTC), tick=False)
def test_the_security_contact_has_not_expired(client: Client) -> None:
    text = client.get("/.well-known/security.txt").content.decode()
    assert "Contact: http://127.0.0.1:8000/mentions-legales/\n" in text
    assert "Expires: 2026-06-30T00:00:00+00:00\n" in text


@pytest.mark.parametrize(("look", "folder"), [("dsfr", "dsfr/"), ("neutral", "skin/")])
def test_the_icon_follows_the_look(
    look: str, folder: str, settings: Settings, client: Client
) -> None:
    settings.BEFFROI_SKIN = look
    assert client.get("/favicon.ico")["Location"].startswith(f"/static/{folder}")


def test_the_desk_asks_in_french_for_an_address_and_a_password(client: Client) -> None:
    html = client.get("/bureau/login/").content.decode()
    assert '<html lang="fr"' in html
    assert "Adresse électronique" in html
    assert "Mot de passe" in html
    assert 'autocomplete="current-password"' in html


def test_the_desk_opens_to_an_address_and_its_password(client: Client) -> None:
    User.objects.create_superuser("chef@beffroi.example", "un mot de passe solide")
    sent = {"username": "chef@beffroi.example", "password": "un mot de passe solide"}
    response = client.post("/bureau/login/", {**sent, "next": "/bureau/"}, follow=True)
    assert response.redirect_chain == [("/bureau/", 302)]
    assert response.status_code == 200


@pytest.mark.parametrize("way_up", ["..", "%2e%2e", "..%2f.", "%2e%2e%2f../media"])
def test_a_path_leads_to_no_upload_outside_the_renditions(
    way_up: str, settings: Settings, client: Client
) -> None:
    folder = Path(settings.MEDIA_ROOT) / "documents"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "piege.html").write_text("<script>alert(1)</script>")
    response = client.get(f"/media/images/{way_up}/documents/piege.html")
    assert response.status_code in (400, 404)


def test_a_name_longer_than_a_disk_takes_is_not_found(client: Client) -> None:
    assert client.get(f"/media/images/{'a' * 300}.png").status_code == 404
