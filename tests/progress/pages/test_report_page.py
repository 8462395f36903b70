"""The page of a report: everything it says, in few queries, and nothing that is not public."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from beffroi.progress.rules import Reading
from tests.progress.pages.published import long_report, publish
from tests.progress.samples import sample_report

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


def text_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_asks_few_queries_whatever_the_report_holds(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    path = publish(long_report()).get_absolute_url()
    with django_assert_max_num_queries(MOST_QUERIES):
        text_of(client, path)


def test_tells_identity_foreword_and_partners(client: Client) -> None:
    snapshot = publish()
    text = text_of(client, snapshot.get_absolute_url())
    for words in ("Point d’avancement au 23\u00a0septembre\u00a02022", "France entière",
                  "vingt-six conventions-cadres", "Banque des Territoires", snapshot.fingerprint,
                  snapshot.reference):  # fmt: skip
        assert words in text


def test_says_that_a_figure_has_no_value_to_those_who_listen(client: Client) -> None:
    text = text_of(client, publish().get_absolute_url())
    card = text[text.index('id="freshness"') :]
    assert "sans valeur" in card[: card.index("</article>")]


def test_leads_from_each_part_to_its_own_figures_of_that_day(client: Client) -> None:
    text = text_of(client, publish().get_absolute_url())
    for territory in ("reg:53", "dep:2A", "dep:974"):
        asked = f"/point-d-avancement/a-la-date/?au=2022-09-23&amp;territoire={territory}"
        assert f'<a href="{asked}">' in text


def test_shows_a_drawing_and_its_table_for_the_course_and_the_departements(client: Client) -> None:
    text = text_of(client, publish().get_absolute_url())
    assert "dessins/evolution-framework_towns" in text
    assert "dessins/carte-framework_towns" in text
    assert 'id="carte-framework_towns"' in text
    assert "31\u00a0décembre\u00a02020" in text


def test_every_drawing_of_the_page_is_there(client: Client) -> None:
    text = text_of(client, publish().get_absolute_url())
    drawings = {part.split('"')[0] for part in text.split('src="')[1:] if "/dessins/" in part}
    assert len(drawings) >= 5
    for path in drawings:
        assert client.get(path.replace("&amp;", "&"))["Content-Type"] == "image/svg+xml"


def test_compares_a_territory_with_the_country_by_rates_alone(client: Client) -> None:
    snapshot = publish(
        territory="dep:22",
        territory_name="Côtes-d’Armor",
        country={
            "adhesion_share": Reading(Decimal("62.0"), 62, 100),
            "active_towns": Reading(1000),
            "expertise_missions": Reading(2500),
        },
    )
    text = text_of(client, snapshot.get_absolute_url())
    share = text[text.index('id="adhesion_share"') :].partition("</article>")[0]
    assert "Côtes-d’Armor" in share
    assert "62,0\u202f%" in share
    missions = text[text.index('id="expertise_missions"') :].partition("</article>")[0]
    assert "2,5" in missions
    assert "par commune active" in missions
    towns = text[text.index('id="active_towns"') :].partition("</article>")[0]
    assert "report-compared" not in towns


def test_the_country_is_compared_with_nothing(client: Client) -> None:
    assert "report-compared" not in text_of(client, publish().get_absolute_url())


def test_leads_to_the_reports_around_it(client: Client) -> None:
    here = publish()
    before = publish(as_of=date(2022, 6, 30))
    after = publish(as_of=date(2022, 12, 31))
    beside = publish(territory="dep:22", territory_name="Côtes-d’Armor")
    hidden = publish(territory="dep:29", territory_name="Finistère", is_public=False)
    text = text_of(client, here.get_absolute_url())
    for other in (before, after, beside):
        assert other.get_absolute_url() in text
    assert hidden.get_absolute_url() not in text


def test_says_why_it_was_revised_and_by_what(client: Client) -> None:
    first = publish()
    second = publish(revision=2, reason="Une convention oubliée")
    assert second.get_absolute_url() in text_of(client, first.get_absolute_url())
    assert "Une convention oubliée" in text_of(client, second.get_absolute_url())


def test_a_report_without_parts_nor_course_is_told_too(client: Client) -> None:
    bare = replace(sample_report(), parts=(), series=None, breakdowns={}, partners=())
    text = text_of(client, publish(bare).get_absolute_url())
    assert "Le chemin parcouru" not in text
    assert "Dans les territoires" not in text


def test_opens_a_figure_with_its_course_and_its_parts(client: Client) -> None:
    path = f"{publish().get_absolute_url()}framework_towns/"
    text = text_of(client, path)
    assert "dessins/carte-framework_towns" in text
    assert "Bretagne" in text
    assert "Aucune ligne du registre" in text
