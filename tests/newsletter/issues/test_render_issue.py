"""The letter as a mail: nothing lost, nothing spying, readable everywhere."""

from __future__ import annotations

import itertools
import json
import quopri
import re
import unicodedata
from html.parser import HTMLParser
from typing import Any

import pytest

from beffroi.newsletter.delivery.rules import TOKEN_SLOT
from beffroi.newsletter.issues.blocks import ItemsBlock
from beffroi.newsletter.issues.models import IssuePage
from beffroi.newsletter.issues.rendering import (
    RenderedIssue,
    UnreadableMail,
    _html,
    render_issue,
)
from tests.newsletter.issues.factories import every_kind, make_image, make_issue, section

pytestmark = pytest.mark.django_db

SITE = "https://beffroi.example"
KINDS = list(ItemsBlock.base_blocks)
# A word of each kind that no other kind says.
MARKS = {
    "article": "article", "key_figure": "chiffre", "progress": "avancement",
    "drawing": "graphique", "event": "réunion",
    "call": "appel", "resource": "ressource", "picture": "photographie", "see_also": "aussi",
    "text": "libre", "colophon": "ours",
}  # fmt: skip


class Page(HTMLParser):
    """Visible words, elements and links of an HTML document."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.words = ""
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.hidden = 0
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.hidden += tag in ("style", "title")
        self.words += "" if tag in ("sup", "strong", "em", "span", "a") else " "

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("style", "title")
        self.words += "" if tag in ("sup", "strong", "em", "span", "a") else " "

    def handle_data(self, data: str) -> None:
        self.words += "" if self.hidden else data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def words_of(text: str) -> set[str]:
    """Words, whatever their case and typography."""
    return set(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))


def rendered(body: list[dict[str, Any]] | None = None, **fields: Any) -> RenderedIssue:
    body = every_kind() if body is None else body
    return render_issue(make_issue(17, body=json.dumps(body), **fields), site_url=SITE)


def test_the_sample_holds_every_kind_of_item() -> None:
    kinds = [item["type"] for part in every_kind() for item in part["value"]["items"]]
    assert sorted(kinds) == sorted(KINDS) == sorted(MARKS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_item_says_all_its_words_in_both_parts(kind: str) -> None:
    (value,) = (i["value"] for part in every_kind() for i in items(part) if i["type"] == kind)
    expected = words_of(" ".join(Page(text).words for text in texts(value)))
    letter = rendered([section((kind, value))])
    assert MARKS[kind] in expected
    assert expected - words_of(Page(letter.html).words) == set()
    assert expected - words_of(letter.text) == set()


def test_every_word_of_the_html_part_is_in_the_text_part() -> None:
    letter = rendered()
    assert words_of(Page(letter.html).words) - words_of(letter.text) == set()


def test_sections_and_items_follow_each_other_as_the_editor_ordered_them() -> None:
    letter = rendered()
    for part in (letter.html, letter.text):
        places = [part.index(f"Début {mark}") for mark in MARKS.values()]
        assert places == sorted(places)
        assert part.index("L'actu") < part.index("Assises") < part.index("Le Club")


def test_the_same_issue_gives_the_same_bytes() -> None:
    issue = make_issue(17, body=json.dumps(every_kind()))
    again = IssuePage.objects.get(pk=issue.pk)
    assert render_issue(issue, site_url=SITE) == render_issue(again, site_url=SITE)


def test_a_link_without_target_is_announced_and_never_an_anchor() -> None:
    link = {"label": "Découvrir l'article", "url": "#"}
    letter = rendered([section(("article", {"title": "t", "text": "<p>x</p>", "link": link}))])
    page = Page(letter.html)
    assert "Découvrir l'article (lien à venir)" in page.words
    assert "Découvrir l'article (lien à venir)" in letter.text
    assert all(a["href"] not in ("", "#", None) for a in page.all("a"))


def test_a_link_of_the_site_is_completed_and_a_script_is_never_linked() -> None:
    text = '<p><a href="/carte/">la carte</a> <a href="javascript:alert(1)">piège</a></p>'
    letter = rendered([section(("text", {"text": text}))])
    addresses = [a["href"] for a in Page(letter.html).all("a")]
    assert f"{SITE}/carte/" in addresses
    assert not any("javascript" in str(address) for address in addresses)
    assert f"la carte <{SITE}/carte/>" in letter.text
    assert "piège" in letter.text


def test_marks_that_could_break_the_mail_are_read_as_words() -> None:
    letter = rendered(
        [section(("article", {"title": 'a <b> & "c"', "text": "<p>x < y & <mj-raw>z</p>"}))],
        title='Lettre "n°" 17 <i> & suite',
    )
    assert 'a <b> & "c"' in Page(letter.html).words
    assert "x < y & z" in Page(letter.html).words
    assert 'a <b> & "c"\n------' in letter.text
    assert letter.subject == 'Lettre "n°" 17 <i> & suite'
    (banner,) = (d for d in Page(letter.html).all("div") if d.get("role") == "article")
    assert banner["aria-label"] == letter.subject


def test_the_mail_s_spoken_title_keeps_no_escape_of_the_tool() -> None:
    html = rendered(title="n°\u00a017, l’été\u202f!").html
    assert 'aria-label="n° 17, l’été !"' in html
    assert "<title>n° 17, l’été !</title>" in html


def test_the_mail_tells_its_language_its_title_and_its_headings_in_order() -> None:
    letter = rendered()
    page = Page(letter.html)
    assert page.all("html")[0]["lang"] == "fr"
    assert "<title>Lettre n° 17</title>" in letter.html
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert "23 SEPTEMBRE 2022 – LETTRE D'INFORMATION #17" in " ".join(page.words.split())
    assert all(table.get("role") == "presentation" for table in page.all("table"))


def test_the_mail_loads_nothing_and_follows_nobody() -> None:
    html = rendered().html
    page = Page(html)
    loading = {"script", "link", "iframe", "object", "embed", "video", "audio", "form", "input"}
    assert not loading & {tag for tag, _ in page.tags}
    assert not page.all("img")
    assert not re.search(r"@import|url\(|@font-face", html)


def test_a_picture_comes_from_the_site_with_its_alternative_and_its_credit() -> None:
    image = make_image(description="Une halle", credit="© Ada")
    value = {"title": "t", "text": "<p>x</p>", "image": image.pk}
    letter = rendered([section(("article", value))])
    (picture,) = Page(letter.html).all("img")
    assert str(picture["src"]).startswith(f"{SITE}/media/images/")
    assert (picture["alt"], picture["width"]) == ("Une halle", "552")
    assert "© Ada" in letter.html
    assert "[Image\u00a0: Une halle]\n© Ada" in letter.text


def test_editors_are_warned_of_what_a_picture_lacks_and_readers_are_not() -> None:
    value = {"title": "Halle", "text": "<p>x</p>", "image": make_image().pk}
    issue = make_issue(17, body=json.dumps([section(("article", value))]))
    warned = Page(render_issue(issue, site_url=SITE, with_warnings=True).html).words
    assert "Halle : l’image n’a pas de description" in warned
    assert "Halle : l’image n’a ni crédit ni licence" in warned
    assert "À corriger" not in render_issue(issue, site_url=SITE).html


def test_a_full_letter_stays_small_once_encoded() -> None:
    long = "<p>" + "Une petite ville à l'été, déjà prête. " * 25 + "</p>"
    value = {"title": "Un titre assez long pour deux lignes", "text": long}
    body = [section(*[("article", value)] * 5, title=f"Rubrique {n}") for n in range(5)]
    encoded = quopri.encodestring(rendered(body).html.encode())
    assert len(encoded) <= 80_000


def test_each_reader_differs_by_the_unsubscribe_link_alone() -> None:
    letter = rendered()
    assert letter.html.count(TOKEN_SLOT) == letter.text.count(TOKEN_SLOT) == 1
    address = f"{SITE}/lettre/desinscription/{TOKEN_SLOT}/"
    assert address in [a["href"] for a in Page(letter.html).all("a")]
    assert f"Se désinscrire\u00a0: {address}" in letter.text


def test_the_foot_says_who_writes_why_and_how_to_use_ones_rights() -> None:
    letter = rendered()
    for part in (Page(letter.html).words, letter.text):
        for words in (
            "Agence des petites villes", "1, place du Beffroi", "Vous pouvez exercer vos droits",
            "contact@beffroi.example", "votre adresse y est inscrite", "Lire en ligne",
        ):  # fmt: skip
            assert words in part
    addresses = [a["href"] for a in Page(letter.html).all("a")]
    assert f"{SITE}/lettre/17/" in addresses
    assert f"{SITE}/lettre/inscription/" in addresses


def test_lines_of_the_text_part_stay_within_78_signs_but_for_addresses() -> None:
    long = "mot " * 300
    letter = rendered([section(("article", {"title": long[:200], "text": f"<p>{long}</p>"}))])
    assert [
        line for line in letter.text.splitlines() if len(line) > 78 and "http" not in line
    ] == []


def test_a_mail_whose_source_is_not_understood_is_refused() -> None:
    with pytest.raises(UnreadableMail):
        _html("<mjml><mj-body><mj-text>ouvert<b></mj-text></mj-body></mjml>")


def items(part: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = part["value"]["items"]
    return found


def texts(value: Any) -> list[str]:
    """Every text of an item, but for addresses and dates."""
    if isinstance(value, dict):
        hidden = ("url", "starts_on", "ends_on")
        return [text for key, part in value.items() if key not in hidden for text in texts(part)]
    return [text for part in value for text in texts(part)] if isinstance(value, list) else [value]
