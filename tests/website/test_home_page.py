"""The front door."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from beffroi.progress.actions import freeze_snapshot, publish_snapshot
from beffroi.progress.models import Snapshot
from beffroi.website.queries import latest_report
from tests.newsletter.issues.factories import make_issue
from tests.progress.factories import DAY, cover, designate, make_mission, new_town, publish_report

pytestmark = pytest.mark.django_db
NOW = datetime(2022, 9, 26, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def snapshot() -> Snapshot:
    """Two towns, one signed; a mission; no plan, hence no realised share."""
    signed, unsigned = new_town(name="Dinan"), new_town(name="Lamballe")
    designate(signed, unsigned)
    cover(signed)
    make_mission(town=signed)
    return publish_report()


def test_a_new_site_says_nothing_it_does_not_know(client: Client) -> None:
    html = client.get("/").content.decode()
    assert "Dernier numéro" not in html
    assert "Où en est le programme" not in html
    assert 'href="/lettre/inscription/"' in html


def test_asks_for_the_name_of_a_town(client: Client) -> None:
    html = client.get("/").content.decode()
    assert "Ma commune" in html
    assert 'action="/communes/"' in html


def test_shows_the_published_issue_of_the_highest_number(client: Client) -> None:
    make_issue(18, headline="<p>Une fin.</p><p>Un début.</p>")
    make_issue(17)
    make_issue(19, live=False)
    html = client.get("/").content.decode()
    assert 'href="/lettre/18/"' in html
    assert "Une fin. Un début." in html
    assert 'href="/lettre/19/"' not in html


def test_shows_key_figures_with_their_fractions_and_their_rows(
    snapshot: Snapshot, client: Client
) -> None:
    html = client.get("/").content.decode()
    assert "50,0\u202f%" in html
    assert "1 sur 2" in html
    assert f"/point-d-avancement/{snapshot.reference}/adhesion_share/" in html
    assert "23 septembre 2022" in html


def test_leaves_out_a_figure_that_has_no_value(snapshot: Snapshot) -> None:
    report = latest_report()
    assert report is not None
    assert report.path == snapshot.get_absolute_url()
    labels = [figure.label for figure in report.figures]
    assert labels[-1].startswith("Missions")
    assert not any("prévisionnel" in label for label in labels)


def test_follows_the_last_revision_of_the_newest_day(snapshot: Snapshot) -> None:
    publish_report(date(2022, 6, 1))
    designate(new_town(name="Merdrignac"))
    revised = freeze_snapshot(as_of=DAY, frozen_at=NOW, reason="Une commune manquait.")
    assert (before := latest_report())
    assert before.path == snapshot.get_absolute_url()
    publish_snapshot(reference=revised.reference, published_at=NOW)
    assert (after := latest_report())
    assert after.path == revised.get_absolute_url()


def test_reads_a_frozen_report_once(
    snapshot: Snapshot, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = latest_report()
    with django_assert_num_queries(1) as asked:
        assert latest_report() == first
    assert '"content"' not in asked.captured_queries[0]["sql"]
    assert snapshot.reference
