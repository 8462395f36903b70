"""Alerts on the desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from beffroi.foundations.accounts.models import User
from beffroi.foundations.directory.models import Organisation
from beffroi.register.alerts.models import AlertDecision, DigestRefusal
from tests.progress.factories import cover, open_post
from tests.register.campaigns.factories import NOW, active_town, department, make_officer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def frozen() -> Iterator[None]:
    cache.clear()
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def officer(client: Client) -> User:
    late, other = active_town("22", "Dinan"), active_town("29", "Pont-Aven")
    cover(late, other, signed_on=date(2022, 1, 1))
    open_post(late, ended_on=date(2026, 1, 1), reference="P-22")
    person = make_officer(place=department("22"))
    client.force_login(person)
    return person


def page(client: Client, **query: str) -> str:
    return client.get(reverse("alerts:index"), query).content.decode()


@pytest.mark.usefixtures("officer")
def test_shows_the_alerts_of_ones_own_area_alone(client: Client) -> None:
    shown = page(client)
    assert "Dinan" in shown
    assert "P-22" in shown
    assert "Pont-Aven" not in shown


@pytest.mark.usefixtures("officer")
def test_filters_by_kind_and_severity(client: Client) -> None:
    assert "a pris fin" not in page(client, type="agreement_late")
    assert "était due" not in page(client, gravite="notice")
    assert "Aucune alerte ne répond à ces filtres" in page(client, type="rows_waiting")


@pytest.mark.usefixtures("officer")
def test_puts_an_alert_off_with_a_reason_and_brings_it_back(client: Client) -> None:
    key = "post:vacant:P-22:2026-01-01"
    where = reverse("alerts:decide", args=["reporter"]) + f"?alerte={key}"
    assert "a pris fin" in client.get(where).content.decode()
    client.post(where, {"until": "2026-12-24", "reason": "Recrutement en cours"})
    assert "a pris fin" not in page(client)
    assert "Recrutement en cours" in page(client, etat="reportees")
    client.post(reverse("alerts:undo", args=[AlertDecision.objects.get().pk]))
    assert "a pris fin" in page(client)


@pytest.mark.usefixtures("officer")
def test_refuses_a_day_gone_by_and_keeps_the_reason(client: Client) -> None:
    where = reverse("alerts:decide", args=["reporter"]) + "?alerte=post:vacant:P-22:2026-01-01"
    answer = client.post(where, {"until": "2026-11-01", "reason": "Recrutement"}).content.decode()
    assert "Donnez un jour à venir" in answer
    assert "Recrutement" in answer


@pytest.mark.usefixtures("officer")
def test_an_alert_of_another_area_does_not_exist(client: Client) -> None:
    elsewhere = active_town("29")
    where = reverse("alerts:decide", args=["classer"]) + f"?alerte=unreached:{elsewhere.pk}"
    assert client.post(where, {"reason": "x"}).status_code == 404


@pytest.mark.parametrize("name", ["index", "digest", "digest_html"])
def test_partners_and_others_get_nothing_here(client: Client, name: str) -> None:
    anah = Organisation.objects.get(name="Anah")
    for person in (make_officer("anah", place=anah), make_officer("sans", role="Rédaction")):
        client.force_login(person)
        assert client.get(reverse(f"alerts:{name}")).status_code in {302, 403}


def test_says_so_when_there_is_nothing(client: Client) -> None:
    client.force_login(make_officer())
    assert "Rien à signaler dans votre périmètre" in page(client)


@pytest.mark.usefixtures("officer")
def test_exports_what_the_filters_keep(client: Client) -> None:
    where = reverse("alerts:export", args=["csv"])
    answer: Any = client.get(where, {"type": "post_vacant"})
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert len(lines) == 2
    assert "P-22" in lines[1]


@pytest.mark.usefixtures("officer")
def test_the_first_page_and_the_menu_tell_how_many(client: Client) -> None:
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Votre périmètre aujourd’hui" in home
    assert "Alertes (4)" in client.get(reverse("campaigns:index")).content.decode()


def test_a_person_stops_the_digest_and_takes_it_again(client: Client, officer: User) -> None:
    where = reverse("alerts:digest")
    client.post(where, {"wanted": "non"})
    assert DigestRefusal.objects.get().user == officer
    client.post(where, {"wanted": "oui"})
    assert not DigestRefusal.objects.exists()
    assert "Votre semaine" in client.get(where).content.decode()
    assert "<main>" in client.get(reverse("alerts:digest_html")).content.decode()


@pytest.mark.usefixtures("officer")
def test_the_page_takes_few_queries(client: Client) -> None:
    page(client)
    with CaptureQueriesContext(connection) as asked:
        page(client)
    assert len(asked) <= 25
