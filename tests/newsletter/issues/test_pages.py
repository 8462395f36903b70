"""The letter's pages keep one sequence of numbers, and an address for each."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.migrations.loader import MigrationLoader

from beffroi.newsletter.issues.blocks import IssueBody
from beffroi.newsletter.issues.models import IssuePage
from tests.newsletter.issues.factories import make_issue, make_newsletter, section

pytestmark = pytest.mark.django_db


def test_an_issue_is_found_at_its_number() -> None:
    issue = make_issue(17, title="Un tout autre titre")
    assert issue.slug == "17"
    assert issue.get_url_parts()[2].endswith("/lettre/17/")  # type: ignore[index]
    assert issue.newsletter == make_newsletter()


def test_refuses_a_number_already_taken_in_plain_words() -> None:
    make_issue(17)
    with pytest.raises(ValidationError) as refused:
        make_issue(17)
    assert refused.value.message_dict == {"number": ["Le numéro 17 existe déjà."]}


def test_the_database_itself_refuses_a_number_twice() -> None:
    make_issue(17)
    other = make_issue(18)
    with pytest.raises(IntegrityError), transaction.atomic():
        IssuePage.objects.filter(pk=other.pk).update(number=17)


def test_refuses_number_zero() -> None:
    with pytest.raises(ValidationError, match="number"):
        make_issue(0)


def test_renumbering_an_issue_moves_its_address() -> None:
    issue = make_issue(17)
    issue.number = 19
    issue.save()
    assert IssuePage.objects.get(pk=issue.pk).slug == "19"


def test_sections_and_items_keep_their_order_and_words() -> None:
    first = section(("text", {"text": "<p>un</p>"}), ("article", {"title": "b", "text": "deux"}))
    second = section(("see_also", {"title": "c", "text": "trois"}), title="Voir aussi")
    issue = make_issue(17, body=json.dumps([first, second]))
    again = IssuePage.objects.get(pk=issue.pk)
    kinds = [[item.block_type for item in part.value["items"]] for part in again.body]
    assert [part.value["title"] for part in again.body] == ["L'actu", "Voir aussi"]
    assert kinds == [["text", "article"], ["see_also"]]
    assert "deux" in str(again.body[0].value["items"][1].value["text"])


def test_migrations_hold_no_definition_of_blocks_yet_read_bodies() -> None:
    issue = make_issue(17, body=json.dumps([section(("text", {"text": "<p>un</p>"}))]))
    model = MigrationLoader(None).project_state().apps.get_model("issues", "IssuePage")
    field = model._meta.get_field("body")
    assert field.deconstruct()[2:] == ([], {"blank": True, "verbose_name": "rubriques"})
    historical = model.objects.get(pk=issue.pk)
    assert [part.block_type for part in historical.body] == ["section"]


def test_an_unfinished_draft_keeps_its_number_as_its_address() -> None:
    draft = make_issue(21, live=False)
    draft.number = 22
    draft.save()
    assert IssuePage.objects.get(pk=draft.pk).slug == "22"


def _clean(kind: str, value: dict[str, object]) -> None:
    block = IssueBody()
    block.clean(block.to_python([section((kind, value))]))


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("article", {"title": "", "text": "sans titre"}),
        ("article", {"title": "t", "text": "x", "link": {"label": "l", "url": "javascript:a"}}),
        ("article", {"title": "t", "text": "x", "link": {"label": "", "url": "https://a.fr"}}),
        ("event", {"title": "t", "text": "x", "starts_on": "2022-09-02", "ends_on": "2022-09-01"}),
        ("colophon", {"lines": [{"role": "Rédaction", "names": ""}]}),
    ],
)
def test_refuses_an_item_that_readers_could_not_use(kind: str, value: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        _clean(kind, value)


@pytest.mark.parametrize("url", ["https://a.fr/b", "mailto:a@b.fr", "/lettre/17/", "#", ""])
def test_accepts_a_link_that_readers_can_follow_or_that_is_known_missing(url: str) -> None:
    _clean("article", {"title": "t", "text": "<p>x</p>", "link": {"label": "Lire", "url": url}})
