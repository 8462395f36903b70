"""The pages a new site opens with."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings
from wagtail.models import Page, Site

from beffroi.foundations.skin.navigation import LEGAL
from beffroi.website.models import HomePage, SiteMapPage, TextPage

pytestmark = pytest.mark.django_db


def test_the_site_opens_on_the_home_page() -> None:
    site = Site.objects.get(is_default_site=True)
    assert isinstance(site.root_page.specific, HomePage)
    assert site.hostname == "127.0.0.1"
    assert not Page.objects.filter(title__contains="Welcome").exists()


def test_the_tree_is_sound() -> None:
    assert not any(Page.find_problems())
    home = HomePage.objects.get()
    assert home.get_children().count() == home.numchild
    home.add_child(instance=TextPage(title="Article", slug="article"))
    assert not any(Page.find_problems())


@pytest.mark.parametrize("look", ["dsfr", "neutral"])
@pytest.mark.parametrize("path", ["/", *(link.path for link in LEGAL)])
def test_every_page_of_the_foot_answers(
    path: str, look: str, settings: Settings, client: Client
) -> None:
    settings.BEFFROI_SKIN = look
    response = client.get(path)
    assert response.status_code == 200
    html = response.content.decode()
    assert html.count("<h1") == 1
    assert "– Petites villes de demain</title>" in html or path == "/"


def test_the_site_map_lists_published_pages_only(client: Client) -> None:
    home = HomePage.objects.get()
    parent = home.add_child(instance=TextPage(title="Dossier", slug="dossier"))
    parent.add_child(instance=TextPage(title="Feuillet", slug="feuillet"))
    home.add_child(instance=TextPage(title="Brouillon", slug="brouillon", live=False))
    html = client.get(SiteMapPage.objects.get().get_url()).content.decode()
    assert 'href="/dossier/feuillet/"' in html
    assert "Brouillon" not in html


def test_only_the_operator_is_left_with_something_to_complete() -> None:
    pages = {page.slug: page.body for page in TextPage.objects.all()}
    assert pages["mentions-legales"].count("à compléter par l’exploitant") == 4
    assert "non conforme" in pages["accessibilite"]
    assert "Libre réponse 71120" in pages["accessibilite"]
    assert all(" :" not in body and " ?" not in body for body in pages.values())
