"""The letter on the site: each issue's page, and the archive."""

from __future__ import annotations

import itertools
import json
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from beffroi.newsletter.issues.models import IssuePage
from tests.newsletter.issues.factories import (
    every_kind,
    make_image,
    make_issue,
    make_newsletter,
    section,
)
from tests.newsletter.issues.test_render_issue import KINDS, Page, items, texts, words_of

pytestmark = pytest.mark.django_db


def page_of(issue: IssuePage) -> str:
    response = Client().get(f"/lettre/{issue.number}/")
    assert response.status_code == 200
    return response.content.decode()


def issue_with(kind: str, value: dict[str, Any]) -> IssuePage:
    return make_issue(17, body=json.dumps([section((kind, value))]))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_item_says_all_its_words_on_the_page(kind: str) -> None:
    (value,) = (i["value"] for part in every_kind() for i in items(part) if i["type"] == kind)
    expected = words_of(" ".join(Page(text).words for text in texts(value)))
    assert expected - words_of(Page(page_of(issue_with(kind, value))).words) == set()


def test_the_page_keeps_its_headings_in_order_and_repeats_no_identifier() -> None:
    html = page_of(make_issue(17, body=json.dumps(every_kind())))
    main = Page(html[html.index("<main") : html.index("</main>")])
    levels = [int(tag[1]) for tag, _ in main.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    identifiers = re.findall(r'\sid="([^"]+)"', html)
    assert len(identifiers) == len(set(identifiers))


def test_the_page_writes_nothing_that_its_policy_refuses() -> None:
    html = page_of(make_issue(17, body=json.dumps(every_kind())))
    main = html[html.index("<main") : html.index("</main>")]
    assert "<script" not in main
    assert not re.search(r"\sstyle=|\son\w+=", main)


def test_a_link_without_target_is_announced_and_never_an_anchor() -> None:
    text = '<p><a href="#">à venir</a></p>'
    link = {"label": "Découvrir", "url": "#"}
    html = page_of(issue_with("article", {"title": "t", "text": text, "link": link}))
    assert "Découvrir (lien à venir)" in html
    assert "à venir (lien à venir)" in html
    assert 'href="#"' not in html


def test_a_picture_comes_in_several_widths_with_its_alternative_and_its_credit() -> None:
    image = make_image(description="Une halle", credit="Ada", licence="etalab-2.0")
    html = page_of(issue_with("article", {"title": "t", "text": "<p>x</p>", "image": image.pk}))
    (picture,) = (a for a in Page(html).all("img") if a.get("srcset"))
    assert picture["alt"] == "Une halle"
    assert re.findall(r" (\d+)w", str(picture["srcset"])) == ["480", "800", "1200"]
    assert "<figcaption>Crédit\u00a0: Ada – Licence Ouverte 2.0</figcaption>" in html


def test_the_page_leads_to_the_issues_published_before_and_after() -> None:
    make_issue(16)
    issue = make_issue(17)
    make_issue(18, live=False)
    make_issue(19)
    html = page_of(issue)
    assert re.findall(r'rel="(prev|next)"\s+href="([^"]+)"', html) == [
        ("prev", "/lettre/16/"),
        ("next", "/lettre/19/"),
    ]


def test_sharing_passes_on_the_page_and_nothing_of_its_reader() -> None:
    html = page_of(make_issue(17, title="L'été & nous"))
    (mail,) = (a["href"] for a in Page(html).all("a") if "mailto:?" in str(a.get("href")))
    assert str(mail).startswith("mailto:?subject=L%27%C3%A9t%C3%A9%20%26%20nous&body=http")
    assert str(mail).endswith("%2Flettre%2F17%2F")
    assert "desinscription" not in html


def test_the_page_of_an_unpublished_issue_is_not_found() -> None:
    make_issue(17, live=False)
    assert Client().get("/lettre/17/").status_code == 404


def archive(page: str = "") -> str:
    response = Client().get(f"/lettre/{page}")
    assert response.status_code == 200
    return response.content.decode()


def test_the_archive_says_when_it_is_empty() -> None:
    make_newsletter()
    assert "Aucun numéro n’est encore paru" in archive()


def test_the_archive_lists_published_issues_by_year_newest_first() -> None:
    make_issue(8, issued_on=date(2021, 12, 1))
    make_issue(17)
    make_issue(18, issued_on=date(2022, 10, 1))
    make_issue(19, live=False)
    found = re.findall(r'<h2[^>]* id="annee-(\d+)"|href="(/lettre/\d+/)"', archive())
    assert found == [
        ("2022", ""),
        ("", "/lettre/18/"),
        ("", "/lettre/17/"),
        ("2021", ""),
        ("", "/lettre/8/"),
    ]


def test_the_archive_goes_on_page_by_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("beffroi.newsletter.issues.models.pages.ISSUES_PER_PAGE", 2)
    for number in range(1, 6):
        make_issue(number)
    assert re.findall(r'href="/lettre/(\d+)/"', archive("?page=2")) == ["3", "2"]
    assert re.findall(r'href="/lettre/(\d+)/"', archive("?page=abc")) == ["5", "4"]
    assert 'aria-current="page"' in archive("?page=2")


def test_the_archive_asks_the_database_as_much_for_ten_issues_as_for_one(
    django_assert_max_num_queries: Any,
) -> None:
    for number in range(1, 11):
        make_issue(number)
    archive()
    with django_assert_max_num_queries(15):
        archive()
