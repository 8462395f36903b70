"""Campaigns on the desk: each person their own area, one click, and a way back."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.actions import record_act
from beffroi.foundations.directory.models import Organisation
from beffroi.programme.membership.models import Programme
from beffroi.register.campaigns.models import Campaign, CampaignReminder, Confirmation
from beffroi.register.campaigns.queries import sheet_states
from tests.progress.factories import make_mission, make_programme

from .factories import NOW, TODAY, active_town, department, make_campaign, make_officer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def frozen() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


def signed_in(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def answer(client: Client, towns: list[int], **fields: str) -> object:
    seen = {f"seen-{pk}": sheet_states([pk], on=TODAY)[pk].fingerprint[:16] for pk in towns}
    body = {"next": "/bureau/campagnes/", **seen, **fields}
    return client.post(reverse("campaigns:answer"), body, follow=True)


def test_shows_an_officer_their_own_towns_and_what_remains(client: Client) -> None:
    active_town("22", "Dinan"), active_town("29", "Pont-Aven")
    campaign = make_campaign()
    signed_in(client, make_officer(place=department("22")))
    page = client.get(reverse("campaigns:detail", args=[campaign.pk])).content.decode()
    assert "Dinan" in page
    assert "Pont-Aven" not in page
    assert "0\u00a0sur\u00a01" in page or "0 sur 1" in page


def test_one_click_is_a_dated_answer_that_can_be_taken_back(client: Client) -> None:
    town, campaign = active_town("22", "Dinan"), make_campaign()
    signed_in(client, make_officer(place=department("22")))
    answer(client, [town.pk], only=str(town.pk))
    row = Confirmation.objects.get()
    assert (row.town, row.campaign, row.confirmed_at) == (town, campaign, NOW)
    page = client.get(reverse("campaigns:detail", args=[campaign.pk])).content.decode()
    assert reverse("campaigns:undo", args=[row.batch]) in page
    client.post(reverse("campaigns:undo", args=[row.batch]))
    row.refresh_from_db()
    assert row.withdrawn_at == NOW


def test_asks_once_before_confirming_all(client: Client) -> None:
    towns = [active_town("22").pk for _ in range(3)]
    make_campaign()
    signed_in(client, make_officer(place=department("22")))
    shown = {"shown": [str(pk) for pk in towns], "all": "1"}
    asked = client.post(reverse("campaigns:answer"), shown)
    assert "3\u00a0communes" in asked.content.decode() or "3 commune" in asked.content.decode()
    assert not Confirmation.objects.exists()
    client.post(reverse("campaigns:answer"), {**shown, "sure": "1"})
    assert Confirmation.objects.count() == 3


def test_says_what_changed_meanwhile_and_records_nothing(client: Client) -> None:
    town = active_town("22", "Dinan")
    make_campaign()
    signed_in(client, make_officer(place=department("22")))
    body = {"only": str(town.pk), f"seen-{town.pk}": "0" * 16}
    told = client.post(reverse("campaigns:answer"), body, follow=True).content.decode()
    assert "une fiche a changé" in told
    assert "Dinan" in told
    assert not Confirmation.objects.exists()


def test_offers_the_corrected_answer_once_the_person_changed_something(client: Client) -> None:
    town, campaign = active_town("22"), make_campaign()
    officer = make_officer(place=department("22"))
    signed_in(client, officer)
    where = reverse("campaigns:detail", args=[campaign.pk])
    assert "Je l’ai corrigée" not in client.get(where).content.decode()
    record_act(verb="correct", target=make_mission(town=town), at=NOW, actor=officer)
    assert "Je l’ai corrigée" in client.get(where).content.decode()
    answer(client, [town.pk], corrected=str(town.pk))
    assert Confirmation.objects.get().kind == "corrected"


@pytest.mark.parametrize("role", ["Rédaction", "Abonnés"])
def test_nobody_without_the_role_sees_a_campaign(client: Client, role: str) -> None:
    campaign = make_campaign()
    signed_in(client, make_officer(role=role))
    for name, args in (("index", []), ("detail", [campaign.pk]), ("progress", [campaign.pk])):
        assert client.get(reverse(f"campaigns:{name}", args=args)).status_code in {302, 403}


def test_a_partner_gets_nothing_here(client: Client) -> None:
    campaign = make_campaign()
    partner = make_officer("anah", place=Organisation.objects.get(name="Anah"))
    signed_in(client, partner)
    for name, args in (("index", []), ("detail", [campaign.pk]), ("export", [campaign.pk, "csv"])):
        assert client.get(reverse(f"campaigns:{name}", args=args)).status_code in {302, 403}


@pytest.mark.parametrize("name", ["new", "prolong", "close", "remind"])
def test_only_a_national_person_with_the_right_decides(client: Client, name: str) -> None:
    campaign = make_campaign()
    where = reverse(f"campaigns:{name}", args=[] if name == "new" else [campaign.pk])
    for person in (
        make_officer("departement", place=department("22"), role="Campagnes"),
        make_officer("national"),
    ):
        signed_in(client, person)
        assert client.post(where, {}).status_code in {302, 403}
        assert client.post(where, {}).url.startswith("/bureau/")  # type: ignore[attr-defined]
    assert Campaign.objects.get().closed_at is None
    assert not CampaignReminder.objects.exists()


def test_a_campaign_asks_about_the_programme_that_has_towns(client: Client) -> None:
    other = Programme.objects.create(code="avant", name="Avant", launched_on=date(2018, 3, 27))
    active_town("22")
    signed_in(client, make_officer(role="Campagnes"))
    offered = client.get(reverse("campaigns:new")).context["form"]["programme"].subwidgets
    assert offered[0].data["label"] == "Petites villes de demain"
    body = {"title": "Automne", "programme": other.pk, "opens_on": "2026-11-23"}
    page = client.post(reverse("campaigns:new"), body | {"closes_on": "2026-12-20"})
    assert "ne compte aucune commune de ce programme" in page.content.decode()
    assert not Campaign.objects.exists()


def test_opens_prolongs_and_closes_with_a_trail(client: Client) -> None:
    active_town("22")
    signed_in(client, make_officer(role="Campagnes"))
    body = {"title": "Automne", "programme": make_programme().pk, "note": ""}
    days = {"opens_on": "2026-11-23", "closes_on": "2026-12-20"}
    client.post(reverse("campaigns:new"), body | days)
    campaign = Campaign.objects.get()
    refused = client.post(reverse("campaigns:new"), body | days)
    assert "demande déjà une réponse" in refused.content.decode()
    change = {"closes_on": "2027-01-15", "reason": "Fêtes"}
    client.post(reverse("campaigns:prolong", args=[campaign.pk]), change)
    client.post(reverse("campaigns:close", args=[campaign.pk]), {"reason": "Fini"})
    campaign.refresh_from_db()
    assert (str(campaign.closes_on), campaign.closed_at) == ("2027-01-15", NOW)


def test_keeps_what_was_typed_when_the_days_are_wrong(client: Client) -> None:
    signed_in(client, make_officer(role="Campagnes"))
    body = {"title": "Automne", "programme": make_programme().pk, "note": "Merci"}
    days = {"opens_on": "2026-12-23", "closes_on": "2026-12-20"}
    page = client.post(reverse("campaigns:new"), body | days).content.decode()
    assert "Le dernier jour précède le premier" in page
    assert "Merci" in page


def test_shows_each_area_and_who_has_not_finished(client: Client) -> None:
    active_town("22"), active_town("29")
    campaign = make_campaign()
    make_officer("lent", place=department("29"))
    signed_in(client, make_officer(role="Campagnes"))
    page = client.get(reverse("campaigns:progress", args=[campaign.pk])).content.decode()
    assert "Lent" in page
    assert "Relancer ces personnes" in page


def test_exports_every_town_of_the_area_with_its_answer(client: Client) -> None:
    town = active_town("22", "=Dinan")
    active_town("29", "Pont-Aven")
    campaign = make_campaign()
    signed_in(client, make_officer(place=department("22")))
    answer(client, [town.pk], only=str(town.pk))
    where = reverse("campaigns:export", args=[campaign.pk, "csv"])
    text = b"".join(client.get(where).streaming_content).decode()  # type: ignore[attr-defined]
    assert "'=Dinan" in text
    assert "rien n’a changé" in text
    assert "Pont-Aven" not in text


def test_the_page_takes_few_queries_whatever_the_number_of_towns(client: Client) -> None:
    officer, campaign = make_officer(place=department("22")), make_campaign()
    for _ in range(8):
        mission = make_mission(town=active_town("22"))
        record_act(verb="correct", target=mission, at=NOW, actor=officer)
    signed_in(client, officer)
    where = reverse("campaigns:detail", args=[campaign.pk])
    client.get(where)
    with CaptureQueriesContext(connection) as asked:
        client.get(where)
    assert len(asked) <= 25
