"""A drawing in the letter is a picture, its words and its figures: none goes without the others."""

from __future__ import annotations

import json
import quopri

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from beffroi.newsletter.issues.blocks import IssueBody
from beffroi.newsletter.issues.models import IssuePage
from beffroi.newsletter.issues.rendering import render_issue
from beffroi.progress.drawings import available
from tests.newsletter.issues.factories import make_issue, section
from tests.newsletter.issues.test_render_issue import SITE, Page
from tests.progress.drawings.recorded import record_report
from tests.progress.samples import sample_report

pytestmark = pytest.mark.django_db
COURSE = "evolution-realised_amount"
REFERENCE = "2022-09-23-national-r1"


def issue_with(drawing: str = COURSE, reference: str = REFERENCE) -> IssuePage:
    value = {"title": "", "text": "", "snapshot": reference, "drawing": drawing}
    return make_issue(17, body=json.dumps([section(("drawing", value))]))


def test_the_mail_shows_one_picture_for_all_and_says_its_figures() -> None:
    record_report()
    mail = render_issue(issue_with(), site_url=SITE)
    (picture,) = Page(mail.html).all("img")
    assert picture["src"] is not None
    path = picture["src"].removeprefix(SITE)
    assert path.startswith(f"/point-d-avancement/{REFERENCE}/dessins/{COURSE}-340.png?v=")
    shown = Client().get(path)
    assert shown.content.startswith(b"\x89PNG")
    assert "immutable" in shown["Cache-Control"]
    assert "à 780 000 000 € au 23 septembre 2022." in str(picture["alt"])
    said = " ".join(Page(mail.html).words.split())
    assert "31 décembre 2021 380 000 000 €" in said
    assert "Montant engagé, de décembre 2020 à septembre 2022" in said


def test_the_text_part_says_the_drawing_in_words_and_figures() -> None:
    record_report()
    said = " ".join(render_issue(issue_with(), site_url=SITE).text.split())
    assert "[Image : Courbe, France entière : montant engagé." in said
    assert "- 31 décembre 2020 : 10 000 000 €" in said
    assert "- 23 septembre 2022 : 780 000 000 €" in said
    assert f"{SITE}/point-d-avancement/{REFERENCE}/" in said


def test_the_page_shows_the_drawing_at_two_widths_beside_its_figures() -> None:
    record_report()
    issue_with()
    page = Client().get("/lettre/17/").content.decode()
    (source,) = Page(page).all("source")
    wide = next(one for one in Page(page).all("img") if COURSE in str(one["src"]))
    assert f"{COURSE}-340.svg?v=" in str(source["srcset"])
    assert f"{COURSE}-720.svg?v=" in str(wide["src"])
    assert "Courbe, France entière" in str(wide["alt"])
    assert "780\u202f000\u202f000\u00a0€" in page


@pytest.mark.parametrize("name", [subject.name for subject in available(sample_report())])
def test_every_drawing_can_leave_in_a_light_mail(name: str) -> None:
    record_report()
    mail = render_issue(issue_with(name), site_url=SITE)
    assert mail.warnings == ()
    assert len(quopri.encodestring(mail.html.encode())) < 80_000
    assert "[Image" in mail.text


def test_editors_are_told_of_a_drawing_that_the_report_cannot_make() -> None:
    record_report()
    warned = render_issue(issue_with("carte-planned_amount"), site_url=SITE).warnings
    assert "le point d’avancement n’a pas de quoi faire ce graphique." in warned[0]


def test_editors_are_told_of_a_drawing_of_no_report() -> None:
    missing = render_issue(issue_with(reference="2001-01-01-national-r1"), site_url=SITE)
    assert "2001-01-01-national-r1" in missing.warnings[0]


def test_nothing_is_drawn_of_a_report_that_is_not_published() -> None:
    record_report(published=False)
    mail = render_issue(issue_with(), site_url=SITE)
    assert "n’est pas encore publié" in mail.warnings[0]
    assert Page(mail.html).all("img") == []


def test_the_desk_refuses_a_drawing_that_the_report_cannot_make() -> None:
    record_report()
    block = IssueBody()
    value = {"title": "", "text": "", "snapshot": REFERENCE, "drawing": COURSE}
    block.clean(block.to_python([section(("drawing", value))]))
    bad = value | {"drawing": "carte-planned_amount"}
    with pytest.raises(ValidationError):
        block.clean(block.to_python([section(("drawing", bad))]))
