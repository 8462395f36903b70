"""The handover of a post: its facts, its page, its PDF, and who may read them."""

from __future__ import annotations

import io
import json
import re
import time
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from beffroi.foundations.accounts.models import User
from beffroi.foundations.mandates.queries import NATIONAL, NOWHERE, Scope
from beffroi.foundations.territories.models import Department, Town
from beffroi.programme.agreements.models import Party
from beffroi.programme.membership.models import PostHolder, PostVacancy, ProjectManagerPost
from beffroi.register.handover.queries import Handover, PostOutOfReach, read_handover
from beffroi.register.handover.rules import TownFacts, first_steps
from beffroi.register.handover.typesetting import typeset
from beffroi.register.handover.wording import document_of
from tests.foundations.desk.people import department, person, sent
from tests.foundations.territories.factories import make_region, make_succession, make_town
from tests.progress.factories import (
    cover,
    designate,
    make_commitment,
    make_mission,
    open_post,
)

DAY = date(2026, 11, 23)
HOSTILE = '#read("/etc/passwd") *gras* _it_ $x^2$ @ref \\ <label> `code` = // #panic()'


@pytest.fixture
def dinan(db: None) -> Town:  # noqa: ARG001
    town = make_town("22050", name="Dinan")
    make_region("53", "Bretagne", {"22": "Côtes-d’Armor", "56": "Morbihan"})
    designate(town)
    return town


@pytest.fixture
def post(dinan: Town) -> ProjectManagerPost:
    return open_post(dinan, reference="P-22")


def handover_of(post: ProjectManagerPost, scope: Scope = NATIONAL) -> Handover:
    return read_handover(post_id=post.pk, as_of=DAY, scope=scope)


def section(post: ProjectManagerPost, title: str) -> dict[str, Any]:
    found = document_of(handover_of(post))["sections"]
    return next(one for one in found if one["title"] == title)


def words(text: str) -> list[str]:
    """The words of a text, however its lines were cut."""
    return re.findall(r"\w+", text.replace("\u00ad", "").replace("\u2010\n", ""))


def test_gathers_what_a_newcomer_needs(dinan: Town, post: ProjectManagerPost) -> None:
    agreement = cover(dinan, reference="AD-1", signed_on=date(2025, 9, 1))
    Party.objects.create(agreement=agreement, capacity="town", town=dinan)
    make_commitment("1000.00", town=dinan, purpose="halle")
    make_commitment("500.00", town=dinan, state="paid", purpose="déjà versé")
    make_mission(town=dinan, theme="commerce")
    PostHolder.objects.create(post=post, name="Camille Le Goff", started_on=date(2022, 1, 1))
    found = handover_of(post)
    assert [one.purpose for one in found.to_pay] == ["halle"]
    assert [one.theme for one in found.missions] == ["commerce"]
    assert [(one.sentence, one.day) for one in found.deadlines] == [
        ("Convention-cadre de Dinan", date(2027, 3, 1))
    ]
    assert found.contacts[0].name == "Camille Le Goff"
    assert (
        "signature attendue\u00a0: maire de la commune (Dinan)"
        in section(post, "Conventions")["rows"][0][-1]
    )


def test_draws_the_first_steps_from_facts() -> None:
    town = TownFacts("Dinan", True, date(2027, 3, 1), False, is_up_to_date=False, is_reached=True)
    late = TownFacts("Caudry", True, date(2022, 3, 1), True, is_up_to_date=True, is_reached=False)
    steps = first_steps(
        towns=[town, late],
        is_holder_known=False,
        unsigned=["convention d’adhésion n° 1"],
        to_pay=2,
        to_pay_amount=Decimal(1500),
        officers=0,
    )
    assert "Caudry, due le 1er\u00a0mars\u00a02022 et en retard" in steps[0]
    assert "Dinan avant le 1er\u00a0mars\u00a02027" in steps[1]
    assert any("convention d’adhésion n° 1" in step for step in steps)
    assert any("les 2 décisions" in step for step in steps)
    assert any("Confirmer la fiche de Dinan" in step for step in steps)
    assert not any("agents de l’État" in step for step in steps)


def test_names_the_officers_of_the_departement(post: ProjectManagerPost) -> None:
    sent(person("agent"), department("22"))
    sent(person("ailleurs"), department("56"))
    gone = sent(person("parti"), department("22"))
    User.objects.filter(pk=gone.pk).update(is_active=False)
    officers = [one.address for one in handover_of(post).contacts if "État" in one.capacity]
    assert officers == ["agent@bureau.example"]


def test_says_that_a_post_is_vacant(post: ProjectManagerPost) -> None:
    PostVacancy.objects.create(post=post, started_on=date(2026, 10, 1))
    facts = dict(document_of(handover_of(post))["facts"])
    assert facts["Titulaire"] == "poste vacant depuis le 1er\u00a0octobre\u00a02026"


def test_is_bounded_by_the_reach_of_a_person(dinan: Town) -> None:
    vannes = make_town("56260", name="Vannes")
    designate(vannes)
    make_mission(town=vannes, theme="secret")
    post = open_post(dinan, vannes)
    own = Scope(department_ids=frozenset({Department.objects.get(code="22").pk}))
    found = handover_of(post, own)
    assert [sheet.identity.name for sheet in found.sheets] == ["Dinan"]
    assert [town.name for town in found.other_towns] == ["Vannes"]
    assert found.missions == ()
    for scope in (NOWHERE, Scope(organisation_ids=frozenset({1}))):
        with pytest.raises(PostOutOfReach):
            handover_of(post, scope)


def test_the_pdf_says_what_the_page_says(client: Client, dinan: Town) -> None:
    post = open_post(dinan, reference="P-22")
    cover(dinan, reference="AD-1", signed_on=date(2021, 6, 1))
    make_commitment("12345.60", town=dinan, purpose="halle couverte")
    client.force_login(sent(person("agent", role="Lecture"), department("22")))
    page = client.get(f"/bureau/passations/{post.pk}/").content.decode()
    started = time.process_time()  # a loaded machine is no reason to fail
    response = client.get(f"/bureau/passations/{post.pk}/pdf/")
    assert time.process_time() - started < 2
    assert response["Content-Type"] == "application/pdf"
    printed = words("\n".join(p.extract_text() for p in PdfReader(_file(response.content)).pages))
    today = timezone.localdate()
    document = document_of(read_handover(post_id=post.pk, as_of=today, scope=NATIONAL))
    for text in _texts(document):
        assert set(words(text)) <= set(printed), text
        assert "(&#x27;" not in page, "un objet Python sur la page"
        assert text in page.replace("&#x27;", "'").replace("&amp;", "&"), text


def test_the_pdf_is_tagged_titled_and_in_french() -> None:
    reader = PdfReader(_file(typeset(_document("Passation"), on=DAY)))
    catalog: Any = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalog
    assert str(catalog["/Lang"]).startswith("fr")
    assert reader.metadata
    assert reader.metadata.title == "Passation"
    assert "pdfuaid" in catalog["/Metadata"].get_data().decode()


def test_no_text_of_the_register_is_read_as_markup() -> None:
    document = _document(HOSTILE)
    printed = "".join(
        page.extract_text() for page in PdfReader(_file(typeset(document, on=DAY))).pages
    )
    bare = re.sub(r"\s", "", printed)
    assert "root:x:" not in printed
    # Once in the title, the facts, a step, a heading, and a cell.
    assert bare.count(re.sub(r"\s", "", HOSTILE)) >= 5


def test_the_same_day_gives_the_same_file() -> None:
    assert typeset(_document("a"), on=DAY) == typeset(_document("a"), on=DAY)


def test_a_post_out_of_reach_does_not_exist(client: Client, post: ProjectManagerPost) -> None:
    client.force_login(sent(person("agent", role="Lecture"), department("56")))
    for page in ("", "pdf/"):
        assert client.get(f"/bureau/passations/{post.pk}/{page}").status_code == 404


def test_shows_no_handover_without_the_right(client: Client, post: ProjectManagerPost) -> None:
    client.force_login(sent(person("sans-role"), department("22")))
    assert client.get(f"/bureau/passations/{post.pk}/").status_code in {302, 403}


def test_the_sheet_leads_to_the_handover(
    client: Client, dinan: Town, post: ProjectManagerPost
) -> None:
    client.force_login(sent(person("agent", role="Lecture"), department("22")))
    page = client.get(f"/bureau/communes/{dinan.pk}/").content.decode()
    assert f"/bureau/passations/{post.pk}/" in page
    assert "Préparer la passation" in page


def test_the_post_leads_to_its_handover(client: Client, post: ProjectManagerPost) -> None:
    client.force_login(sent(person("agent", role="Lecture"), department("22")))
    page = client.get(reverse("postes:inspect", args=[post.pk])).content.decode()
    assert f"/bureau/passations/{post.pk}/" in page


def test_keeps_to_the_area_where_a_town_merged_into_another(dinan: Town) -> None:
    merger = date(2023, 1, 1)
    ended, vannes = make_town("22140", end=merger, name="Ended"), make_town("56260", name="Vannes")
    make_succession(ended, vannes, merger)
    designate(ended)
    scope = Scope(department_ids=frozenset({Department.objects.get(code="22").pk}))
    found = handover_of(open_post(dinan, ended), scope)
    assert "Vannes" not in [sheet.identity.name for sheet in found.sheets]
    assert dinan.pk in [sheet.identity.town_id for sheet in found.sheets]


def _file(content: bytes) -> io.BytesIO:
    return io.BytesIO(content)


def _document(text: str) -> dict[str, Any]:
    parts = [
        {"title": text, "lines": [text]},
        {"title": "Table", "headings": ["A", "Montant"], "rows": [[text, "1 €"]]},
    ]
    whole = {"title": text, "subtitle": text, "dated": "Au jour", "facts": [[text, text]]}
    return json.loads(json.dumps(whole | {"sections": parts}))  # type: ignore[no-any-return]


def _texts(document: dict[str, Any]) -> list[str]:
    found = [
        document["title"],
        document["subtitle"],
        *(v for pair in document["facts"] for v in pair),
    ]
    for part in document["sections"]:
        found += [part["title"], part.get("text", ""), *part.get("lines", ())]
        found += [cell for row in part.get("rows", ()) for cell in row]
    return [text for text in found if text]
