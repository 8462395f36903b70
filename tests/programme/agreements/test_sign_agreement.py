from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings

from beffroi.foundations.audit.actions import Authorship, ReasonMissing
from beffroi.foundations.audit.models import AuditEntry
from beffroi.foundations.mandates.queries import Scope
from beffroi.foundations.media.deeds import LARGEST, RefusedDeed, read_deed
from beffroi.foundations.territories.models import Department, Population, Town
from beffroi.programme.agreements.actions import (
    AgreementCorrection,
    AgreementExists,
    AgreementRecord,
    AlreadyCovered,
    AmendmentExists,
    CoversNobody,
    DocumentExists,
    NotCovered,
    OnlyFrameworksAreOrt,
    PartyRecord,
    PartyTwice,
    PartyUnnamed,
    SignedAfterAmendment,
    amend_agreement,
    attach_document,
    correct_agreement,
    end_agreement,
    name_parties,
    sign_agreement,
)
from beffroi.programme.agreements.models import Agreement, AgreementKind, Capacity, Party
from beffroi.programme.agreements.permissions import readable_documents, visible_agreements
from beffroi.programme.agreements.queries import covered_on, ort_suggestion
from beffroi.programme.agreements.rules import OrtGround
from beffroi.programme.membership.permissions import OutsideScope, check_towns
from beffroi.programme.membership.rules import BackwardPeriod
from tests.foundations.territories.factories import make_intercommunality
from tests.progress.factories import make_programme, new_town

pytestmark = pytest.mark.django_db
BY = Authorship(at=datetime(2022, 9, 23, 8, tzinfo=UTC))
WHY = Authorship(at=BY.at, reason="Erreur de saisie")
SIGNED = date(2022, 1, 10)
PDF = b"%PDF-1.7\nconvention"


def sign(*towns: Town, parties: tuple[PartyRecord, ...] = (), **fields: Any) -> Agreement:
    values: dict[str, Any] = {
        "kind": AgreementKind.FRAMEWORK,
        "reference": "CC-1",
        "signed_on": SIGNED,
        "town_ids": tuple(town.pk for town in towns),
    }
    record = AgreementRecord(**values | fields)
    return sign_agreement(programme=make_programme(), record=record, parties=parties, by=BY)


OPEN_DOCUMENT = "application/vnd.oasis.opendocument.text"


def archive(*names: str, mimetype: str = "") -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        if mimetype:
            packed.writestr("mimetype", mimetype)
        for name in names:
            packed.writestr(name, "x")
    return content.getvalue()


def test_records_who_signs_and_when() -> None:
    town = new_town()
    epci = make_intercommunality("200068989", "CC", town)
    parties = (
        PartyRecord(Capacity.TOWN, town.pk, SIGNED),
        PartyRecord(Capacity.INTERCOMMUNALITY, epci.pk),
        PartyRecord(Capacity.STATE, None, SIGNED),
    )
    agreement = sign(town, parties=parties)
    rows = agreement.parties.order_by("pk")
    assert [(row.place, row.signed_on) for row in rows] == [
        (town, SIGNED),
        (epci, None),
        (None, SIGNED),
    ]
    entry = AuditEntry.objects.get(verb="sign_agreement")
    assert len(entry.changes["parties"][1]) == 3
    assert entry.changes["town_ids"] == [None, [town.pk]]


def test_refuses_a_party_unnamed_or_named_twice() -> None:
    town = new_town()
    agreement = sign(town)
    with pytest.raises(PartyUnnamed):
        name_parties(agreement=agreement, parties=[PartyRecord(Capacity.REGION)], by=BY)
    mayor = PartyRecord(Capacity.TOWN, town.pk)
    with pytest.raises(PartyTwice):
        name_parties(agreement=agreement, parties=[mayor, mayor], by=BY)
    name_parties(agreement=agreement, parties=[mayor], by=BY)
    assert [row.town for row in agreement.parties.all()] == [town]


def test_the_database_refuses_a_party_whose_place_is_not_of_its_capacity() -> None:
    town = new_town()
    agreement = sign(town)
    wrong: list[dict[str, Any]] = [{"capacity": "region", "town": town}, {"capacity": "town"}]
    for fields in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Party.objects.create(agreement=agreement, **fields)
    Party.objects.create(agreement=agreement, capacity="town", town=town)
    with pytest.raises(IntegrityError), transaction.atomic():
        Party.objects.create(agreement=agreement, capacity="town", town=town)


def test_refuses_what_cannot_be_signed() -> None:
    town = new_town()
    sign(town)
    with pytest.raises(AgreementExists):
        sign(town)
    with pytest.raises(CoversNobody):
        sign(reference="CC-2")
    with pytest.raises(OnlyFrameworksAreOrt):
        sign(town, kind=AgreementKind.ADHESION, counts_as_ort=True)


def test_an_amendment_changes_the_towns_from_its_signature_on() -> None:
    first, second = new_town(), new_town()
    agreement = sign(first)
    amendment = amend_agreement(
        agreement=agreement,
        signed_on=date(2022, 6, 1),
        purpose="Échange",
        added=[second.pk],
        removed=[first.pk],
        by=BY,
    )
    assert amendment.number == 1
    before, after = covered_on(date(2022, 5, 31)), covered_on(date(2022, 6, 1))
    assert [row.town for row in before] == [first]
    assert [row.town for row in after] == [second]


def test_refuses_an_amendment_that_does_not_follow() -> None:
    first, second = new_town(), new_town()
    agreement = sign(first)
    day: dict[str, Any] = {
        "agreement": agreement,
        "signed_on": date(2022, 6, 1),
        "purpose": "x",
        "by": BY,
    }
    amend_agreement(**day, number=3)
    with pytest.raises(AmendmentExists):
        amend_agreement(**day, number=3)
    with pytest.raises(AlreadyCovered):
        amend_agreement(**day, added=[first.pk])
    with pytest.raises(NotCovered):
        amend_agreement(**day, removed=[second.pk])
    with pytest.raises(CoversNobody):
        amend_agreement(**day, removed=[first.pk])
    with pytest.raises(BackwardPeriod):
        amend_agreement(**day | {"signed_on": date(2022, 1, 9)})
    assert amend_agreement(**day).number == 4


def test_corrects_an_agreement_with_a_reason_and_leaves_amendments_alone() -> None:
    first, second, third = new_town(), new_town(), new_town()
    agreement = sign(first, second)
    amend_agreement(
        agreement=agreement, signed_on=date(2022, 6, 1), purpose="x", added=[third.pk], by=BY
    )
    wanted = AgreementCorrection(
        "CC-1 bis", date(2022, 1, 11), None, True, None, frozenset({second.pk, third.pk})
    )
    with pytest.raises(ReasonMissing):
        correct_agreement(agreement=agreement, correction=wanted, by=BY)
    row = correct_agreement(agreement=agreement, correction=wanted, by=WHY)
    assert (row.reference, row.counts_as_ort) == ("CC-1 bis", True)
    assert {cover.town for cover in covered_on(date(2022, 6, 1))} == {second, third}
    assert {cover.town for cover in covered_on(date(2022, 1, 11))} == {second}
    told = AuditEntry.objects.get(verb="correct_agreement").changes
    assert told["signed_on"] == ["2022-01-10", "2022-01-11"]
    late = AgreementCorrection("CC-1", date(2022, 7, 1), None, False, None, frozenset({second.pk}))
    with pytest.raises(SignedAfterAmendment):
        correct_agreement(agreement=agreement, correction=late, by=WHY)


def test_refuses_an_end_before_the_signature() -> None:
    agreement = sign(new_town())
    with pytest.raises(BackwardPeriod):
        end_agreement(agreement=agreement, ended_on=date(2022, 1, 9), by=BY)
    assert end_agreement(agreement=agreement, ended_on=SIGNED, by=BY).ended_on == SIGNED


def test_suggests_ort_where_the_main_town_signs_too() -> None:
    main, small = new_town(inhabitants=9000), new_town(inhabitants=3000)
    epci = make_intercommunality("200068989", "CC", main, small)

    def ground(*signing: Town, kind: AgreementKind = AgreementKind.FRAMEWORK) -> OrtGround:
        return ort_suggestion(
            kind=kind,
            intercommunality_id=epci.pk,
            signing_town_ids=[town.pk for town in signing],
            signed_on=SIGNED,
        ).ground

    assert ground(small, main) == OrtGround.MAIN_TOWN_SIGNS
    assert ground(small) == OrtGround.MAIN_TOWN_DOES_NOT_SIGN
    assert ground(main, kind=AgreementKind.ADHESION) == OrtGround.NOT_A_FRAMEWORK
    Population.objects.update(inhabitants=9000)
    assert ground(main) == OrtGround.NO_MAIN_TOWN


@pytest.mark.parametrize(
    ("name", "content", "kept"),
    [
        ("../../etc/Convention n°1.exe", PDF, "Convention n 1.pdf"),
        ("C:\\docs\\acte.pdf", PDF, "acte.pdf"),
        (
            "acte",
            archive("content.xml", mimetype=OPEN_DOCUMENT),
            "acte.odt",
        ),
        ("acte.zip", archive("[Content_Types].xml", "word/document.xml"), "acte.docx"),
        ("...", PDF, "document.pdf"),
    ],
)
def test_names_a_file_after_its_real_type(name: str, content: bytes, kept: str) -> None:
    assert read_deed(name=name, content=content).name == kept


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>",
        b"PK\x03\x04broken",
        archive("readme.txt"),
        archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        archive("[Content_Types].xml", "word/document.xml", "word/VBAPROJECT.BIN"),
        archive("Basic/Standard/Module1.xml", mimetype=OPEN_DOCUMENT),
        archive("Scripts/python/acte.py", mimetype=OPEN_DOCUMENT),
        b"%PDF-" + b"0" * LARGEST,
    ],
    ids=["empty", "html", "broken", "zip", "macros", "MACROS", "basic", "scripts", "large"],
)
def test_refuses_any_other_file(content: bytes) -> None:
    with pytest.raises(RefusedDeed):
        read_deed(name="acte.pdf", content=content)


def test_keeps_a_file_once_for_those_who_see_the_agreement(
    settings: Settings, tmp_path: Path
) -> None:
    settings.BEFFROI_VAR = tmp_path
    agreement = sign(new_town("22"))
    kept: dict[str, Any] = {
        "agreement": agreement,
        "title": "Acte",
        "name": "a.pdf",
        "content": PDF,
        "by": BY,
    }
    document = attach_document(**kept)
    with document.file.open() as opened:
        assert opened.read() == PDF
    with pytest.raises(DocumentExists):
        attach_document(**kept)
    here = Scope(department_ids=frozenset({Department.objects.get(code="22").pk}))
    new_town("35")
    elsewhere = Scope(department_ids=frozenset({Department.objects.get(code="35").pk}))
    assert list(readable_documents(here)) == [document]
    assert list(readable_documents(elsewhere)) == []
    assert list(visible_agreements(elsewhere)) == []


def test_lets_towns_in_and_out_inside_the_area_alone() -> None:
    inside, outside = new_town("22"), new_town("35")
    scope = Scope(department_ids=frozenset({Department.objects.get(code="22").pk}))
    check_towns([inside.pk], scope=scope)
    with pytest.raises(OutsideScope) as refusal:
        check_towns([inside.pk, outside.pk], scope=scope)
    assert refusal.value.town_ids == {outside.pk}
