"""The layout every public page extends, in both looks."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from pytest_django import Settings

from beffroi.foundations.skin.context import skin

LOOKS = ("dsfr", "neutral")
PAGE = (
    "{% extends skin_base %}{% load skin %}{% block title %}Essai{% endblock %}"
    "{% block breadcrumb %}{% breadcrumb 'Essai' 'La lettre' '/lettre/' %}{% endblock %}"
    "{% block content %}<h1>Bonjour</h1>{% endblock %}"
)

pytestmark = pytest.mark.django_db


def render(path: str = "/lettre/essai/") -> str:
    request = RequestFactory().get(path)
    return Template(PAGE).render(Context({"request": request, **skin(request)}))


def flat(html: str) -> str:
    return " ".join(html.split())


@pytest.mark.parametrize("look", LOOKS)
def test_names_the_page_then_the_site(look: str, settings: Settings) -> None:
    settings.BEFFROI_SKIN = look
    html = render()
    assert "<title>Essai – Petites villes de demain</title>" in html
    assert html.count("<title>") == 1
    assert html.count("<main") == 1
    assert '<html lang="fr"' in html


@pytest.mark.parametrize("look", LOOKS)
def test_marks_the_section_the_reader_is_in(look: str, settings: Settings) -> None:
    settings.BEFFROI_SKIN = look
    html = render("/lettre/essai/")
    assert html.count('aria-current="true"') == 1
    assert '/lettre/" target="_self" aria-current="page"' in flat(render("/lettre/"))


def test_marks_the_nearest_link_alone() -> None:
    html = flat(render("/lettre/inscription/merci/"))
    assert html.count('aria-current="true"') == 1
    assert 'href="/lettre/inscription/" target="_self" aria-current="true"' in html


@pytest.mark.parametrize("look", LOOKS)
def test_draws_the_path_to_the_page(look: str, settings: Settings) -> None:
    settings.BEFFROI_SKIN = look
    html = render()
    assert '<a class="fr-breadcrumb__link" href="/lettre/">La lettre</a>' in html
    assert '<a class="fr-breadcrumb__link" aria-current="page">Essai</a>' in html


@pytest.mark.parametrize("look", LOOKS)
def test_says_that_it_is_a_demonstration_only_when_it_is(look: str, settings: Settings) -> None:
    settings.BEFFROI_SKIN = look
    notice = "Démonstration : programme inventé, données fictives."
    settings.BEFFROI_DEMONSTRATION = False
    assert notice not in render()
    settings.BEFFROI_DEMONSTRATION = True
    assert notice in render()


def test_the_neutral_look_loads_no_file_of_the_state_design_system(
    settings: Settings,
) -> None:
    settings.BEFFROI_SKIN = "neutral"
    html = render()
    assert "dsfr" not in html
    assert "République" not in html


@pytest.mark.parametrize("look", LOOKS)
def test_writes_nothing_inline(look: str, settings: Settings) -> None:
    settings.BEFFROI_SKIN = look
    html = render()
    assert "style=" not in html
    assert "<style" not in html
    assert "onclick" not in html
    assert html.count("<script") == html.count(" src=") - html.count("<img")


@pytest.mark.parametrize("look", LOOKS)
def test_an_unknown_address_gets_a_friendly_page(
    look: str, settings: Settings, client: Client
) -> None:
    settings.BEFFROI_SKIN = look
    response = client.get("/nulle-part/")
    assert response.status_code == 404
    assert "Page introuvable" in response.content.decode()
    assert "Revenir à l’accueil" in response.content.decode()


@pytest.mark.parametrize("name", ["403", "403_csrf"])
def test_a_refusal_is_worded_for_readers(name: str) -> None:
    request = RequestFactory().get("/")
    html = render_to_string(f"{name}.html", skin(request), request)
    assert html.count("<h1") == 1
    assert "Revenir à l’accueil" in html


def test_the_failure_page_needs_nothing_that_may_have_failed() -> None:
    html = render_to_string("500.html")
    assert "Le site rencontre un problème" in html
    assert 'href="/static/skin/neutral.css"' in html
    assert "<script" not in html
