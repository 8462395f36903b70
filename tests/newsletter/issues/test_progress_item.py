"""The letter prints frozen figures, and only them."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from beffroi.newsletter.issues.blocks import IssueBody, snapshot_choices
from beffroi.newsletter.issues.models import IssuePage
from beffroi.newsletter.issues.queries import unpublished_reports
from beffroi.newsletter.issues.rendering import render_issue
from beffroi.progress.actions import freeze_snapshot, publish_snapshot
from beffroi.progress.models import Snapshot
from tests.newsletter.issues.factories import make_issue, section
from tests.newsletter.issues.test_render_issue import SITE, Page
from tests.progress.factories import DAY, FROZEN_AT, cover, designate, new_town, publish_report

pytestmark = pytest.mark.django_db


def freeze() -> Snapshot:
    towns = [new_town() for _ in range(3)]
    designate(*towns)
    cover(*towns[:2])
    return publish_report()


def issue_with(reference: str, *codes: str) -> IssuePage:
    value = {"title": "Le point", "snapshot": reference, "indicators": list(codes)}
    return make_issue(17, body=json.dumps([section(("progress", value))]))


def test_every_form_prints_the_frozen_figures_with_their_fraction_and_their_day() -> None:
    issue = issue_with(freeze().reference, "adhesion_share", "active_towns")
    mail = render_issue(issue, site_url=SITE)
    page = Client().get("/lettre/17/").content.decode()
    for words in (Page(mail.html).words, mail.text, Page(page).words):
        said = " ".join(words.split())
        assert "66,7 %" in said
        assert "2 sur 3" in said
        assert "Communes actives" in said
        assert "23 septembre 2022" in said


def test_a_printed_figure_leads_to_the_rows_behind_it() -> None:
    snapshot = freeze()
    issue = issue_with(snapshot.reference, "adhesion_share")
    path = f"/point-d-avancement/{snapshot.reference}/adhesion_share/"
    mail = render_issue(issue, site_url=SITE)
    assert f"{SITE}{path}" in [a["href"] for a in Page(mail.html).all("a")]
    assert f"{SITE}{path}" in mail.text
    assert f'href="{path}"' in Client().get("/lettre/17/").content.decode()


def test_a_register_that_moves_on_changes_nothing_printed() -> None:
    issue = issue_with(freeze().reference, "active_towns")
    before = render_issue(issue, site_url=SITE)
    designate(new_town())
    assert render_issue(issue, site_url=SITE) == before


def test_editors_are_told_of_a_report_that_does_not_exist() -> None:
    issue = issue_with("2001-01-01-national-r1", "active_towns")
    warned = render_issue(issue, site_url=SITE, with_warnings=True).html
    assert "la référence « 2001-01-01-national-r1 »" in warned


def test_editors_are_told_of_a_figure_that_the_report_does_not_hold() -> None:
    issue = issue_with(freeze().reference, "nombre_de_beffrois")
    warned = render_issue(issue, site_url=SITE, with_warnings=True).html
    assert "ne contient pas le chiffre « nombre_de_beffrois »" in warned


def test_the_desk_offers_frozen_reports_and_refuses_any_other() -> None:
    block, reference = IssueBody(), freeze().reference
    item = {"title": "Le point", "indicators": ["active_towns"]}
    block.clean(block.to_python([section(("progress", item | {"snapshot": reference}))]))
    block.clean(block.to_python([section(("progress", item | {"snapshot": ""}))]))
    with pytest.raises(ValidationError):
        block.clean(block.to_python([section(("progress", item | {"snapshot": "2001"}))]))


def key_figure(**value: str) -> dict[str, str]:
    return {"snapshot": "", "indicator": "", "value": "", "text": "<p>communes</p>", **value}


def test_a_key_figure_is_taken_from_the_frozen_report() -> None:
    value = key_figure(snapshot=freeze().reference, indicator="framework_towns")
    issue = make_issue(17, body=json.dumps([section(("key_figure", value))]))
    mail = render_issue(issue, site_url=SITE)
    page = Client().get("/lettre/17/").content.decode()
    assert '<p class="letter__value">0</p>' in page
    assert "*** 0 ***" in mail.text
    cover(new_town())
    assert render_issue(issue, site_url=SITE) == mail


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"indicator": "active_towns"},
        {"snapshot": "frozen"},
        {"snapshot": "frozen", "indicator": "active_towns", "value": "117"},
    ],
)
def test_the_desk_asks_for_one_source_of_a_key_figure(value: dict[str, str]) -> None:
    block, reference = IssueBody(), freeze().reference
    for good in ({"value": "117"}, {"snapshot": reference, "indicator": "active_towns"}):
        block.clean(block.to_python([section(("key_figure", key_figure(**good)))]))
    bad = {name: reference if part == "frozen" else part for name, part in value.items()}
    with pytest.raises(ValidationError):
        block.clean(block.to_python([section(("key_figure", key_figure(**bad)))]))


def test_takes_nothing_from_a_report_that_is_not_published() -> None:
    designate(new_town())
    hidden = freeze_snapshot(as_of=DAY, frozen_at=FROZEN_AT)
    issue = issue_with(hidden.reference, "active_towns")
    assert unpublished_reports(issue) == (hidden.reference,)
    assert not any(hidden.reference in words for words, _ in snapshot_choices())
    mail = render_issue(issue, site_url=SITE, with_warnings=True)
    assert "n’est pas encore publié" in mail.html
    assert "Communes actives" not in mail.text
    publish_snapshot(reference=hidden.reference, published_at=FROZEN_AT)
    assert unpublished_reports(issue) == ()
    assert "Communes actives" in render_issue(issue, site_url=SITE).text
