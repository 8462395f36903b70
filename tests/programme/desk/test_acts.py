"""What an officer and a partner do to the programme's rows at the desk."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from beffroi.foundations.audit.models import AuditEntry
from beffroi.programme.agreements.models import Agreement, AgreementKind
from beffroi.programme.membership.models import Designation, ProjectManagerPost
from beffroi.programme.support.models import ExpertiseMission, MoneyState, RealisedCommitment
from tests.foundations.desk.people import department, desk_of, person, sent
from tests.progress.factories import (
    cover,
    designate,
    make_commitment,
    make_funder,
    make_programme,
    new_town,
    open_post,
)

pytestmark = pytest.mark.django_db
DAY = date(2022, 1, 10)


@pytest.fixture
def officer() -> Client:
    return desk_of(sent(person("anne", role="Registre"), department("22")))


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined,no-any-return]


def test_designates_a_town_and_tells_what_to_check(officer: Client) -> None:
    town = new_town("22", name="Saint-Brieuc", inhabitants=44_000)
    entered = {
        "programme": make_programme().pk,
        "town": "saint-brieuc",
        "started_on": "2021-01-15",
        "group_reference": "",
    }
    page = officer.post(reverse("designations:add"), entered, follow=True)
    assert Designation.objects.get().town == town
    assert "au-delà du seuil" in text(page)


def test_refuses_a_town_of_another_area(officer: Client) -> None:
    new_town("35", name="Fougères")
    entered = {
        "programme": make_programme().pk,
        "town": "Fougères",
        "started_on": "2021-01-15",
    }
    page = officer.post(reverse("designations:add"), entered)
    assert "hors de votre périmètre" in text(page)
    assert not Designation.objects.exists()


def write_many(client: Client, name: str, act: str, rows: list[Any], **entered: str) -> Any:
    """The last step of an act on many rows."""
    keys = {"ligne": [row.pk for row in rows], "nombre": len(rows), "etape": "ecrire"}
    return client.post(reverse(f"{name}:bulk", args=[act]), keys | entered)


def test_ends_several_designations_at_once_or_none_and_takes_it_back(officer: Client) -> None:
    designate(new_town("22"), new_town("22"))
    rows = list(Designation.objects.all())
    entered = {"ended_on": "2019-01-01", "reason": "Retrait"}
    page = write_many(officer, "designations", "fin", rows, **entered)
    assert "précède le début" in text(page)
    write_many(officer, "designations", "fin", rows, ended_on="2022-01-10", reason="Retrait")
    assert set(Designation.objects.values_list("ended_on", flat=True)) == {DAY}
    at = AuditEntry.objects.filter(verb="end_designations", reason="Retrait").earliest("pk").at
    officer.post(reverse("designations:bulk_undo", args=["fin"]), {"le": at.isoformat()})
    assert set(Designation.objects.values_list("ended_on", flat=True)) == {None}


def test_groups_towns_and_closes_posts_together(officer: Client) -> None:
    towns = [new_town("22"), new_town("22")]
    designate(*towns)
    rows = list(Designation.objects.all())
    write_many(officer, "designations", "groupement", rows, group_reference="G1", reason="Pays")
    assert {row.group.reference for row in Designation.objects.all() if row.group} == {"G1"}
    posts = [open_post(town) for town in towns]
    write_many(officer, "postes", "clore", posts, ended_on="2022-01-10", reason="Fin")
    assert set(ProjectManagerPost.objects.values_list("ended_on", flat=True)) == {DAY}


def test_opens_a_post_with_its_holder(officer: Client) -> None:
    town = new_town("22", name="Dinan")
    entered = {
        "programme": make_programme().pk,
        "reference": "P-22-1",
        "towns": "Dinan",
        "employer_kind": "commune",
        "employer_town": "Dinan",
        "started_on": "2021-03-01",
        "holder_name": "Anne Le Goff",
    }
    officer.post(reverse("postes:add"), entered)
    post = ProjectManagerPost.objects.get()
    assert (post.employer_town, post.holders.get().name) == (town, "Anne Le Goff")
    sheet = text(officer.get(reverse("postes:inspect", args=[post.pk])))
    assert "Anne Le Goff" in sheet
    assert "Anne Le Goff" not in text(officer.get(reverse("postes:index")))


def test_refuses_to_fund_a_post_above_its_ceiling(officer: Client) -> None:
    post = open_post(new_town("22"))
    funder = make_funder("Banque des Territoires")
    funder.is_funder = True
    funder.save()
    entered = {"year": 2022, "funder_1": funder.pk, "amount_1": "45000.01"}
    page = officer.post(reverse("postes:acte_financement", args=[post.pk]), entered)
    assert "dépasse de" in text(page)
    officer.post(
        reverse("postes:acte_financement", args=[post.pk]), entered | {"amount_1": "45000"}
    )
    assert post.fundings.get().amount == Decimal(45_000)


def test_keeps_the_towns_of_other_areas_when_a_post_changes(officer: Client) -> None:
    mine, theirs = new_town("22", name="Dinan"), new_town("35", name="Dinard")
    other = new_town("22", name="Lamballe")
    post = open_post(mine, theirs)
    url = reverse("postes:acte_communes", args=[post.pk])
    page = officer.post(url, {"towns": "Dinan", "changed_on": "2022-01-01"})
    assert "à laisser en place" in text(page)
    towns = "Dinan\nLamballe\n" + f"Dinard ({theirs.periods.get().code})"
    officer.post(url, {"towns": towns, "changed_on": "2022-01-01"})
    assert {row.town_id for row in post.served_towns.all()} == {mine.pk, theirs.pk, other.pk}


def test_signs_an_agreement_and_names_its_parties(officer: Client) -> None:
    town = new_town("22", name="Dinan")
    entered = {
        "programme": make_programme().pk,
        "kind": AgreementKind.FRAMEWORK,
        "reference": "CC-22",
        "signed_on": "2022-01-10",
        "towns": "Dinan",
        "counts_as_ort": "on",
    }
    page = officer.post(reverse("conventions:add"), entered, follow=True)
    assert "ne devrait pas valoir ORT" in text(page)
    agreement = Agreement.objects.get()
    lines = {
        "capacity_1": "town",
        "who_1": "Dinan",
        "signed_1": "2022-01-10",
        "capacity_2": "state",
    }
    officer.post(reverse("conventions:acte_signataires", args=[agreement.pk]), lines)
    assert [row.town for row in agreement.parties.order_by("pk")] == [town, None]


def test_a_file_is_read_by_those_who_see_the_agreement_alone(
    officer: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.BEFFROI_VAR = tmp_path
    agreement = cover(new_town("22"))
    url = reverse("conventions:acte_piece", args=[agreement.pk])
    wrong = SimpleUploadedFile("acte.pdf", b"<script>")
    page = officer.post(url, {"title": "Acte", "file": wrong})
    assert "n’est pas un document" in text(page)
    right = SimpleUploadedFile("acte.html", b"%PDF-1.7 acte")
    officer.post(url, {"title": "Acte", "file": right})
    document = agreement.documents.get()
    address = reverse("conventions:piece", args=[document.pk])
    response = officer.get(address)
    assert b"".join(response.streaming_content) == b"%PDF-1.7 acte"  # type: ignore[attr-defined]
    assert response["Content-Disposition"] == 'attachment; filename="acte.pdf"'
    stranger = desk_of(sent(person("paul", role="Registre"), department("35")))
    assert stranger.get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_amends_an_agreement(officer: Client) -> None:
    first, second = new_town("22", name="Dinan"), new_town("22", name="Lamballe")
    agreement = cover(first)
    entered = {
        "signed_on": "2022-01-10",
        "purpose": "Entrée",
        "added": "Lamballe",
    }
    officer.post(reverse("conventions:acte_avenant", args=[agreement.pk]), entered)
    assert agreement.amendments.get().added.get().town == second


def test_advances_several_commitments_to_paid(officer: Client) -> None:
    rows = [make_commitment(amount, town=new_town("22")) for amount in ("10.00", "20.00")]
    entered = {"state": "paid", "evidence": "Mandat 12", "reason": "Solde"}
    page = write_many(officer, "engagements", "etat", rows, reached_on="2020-01-01", **entered)
    assert "précède celle d’un état antérieur" in text(page)
    assert not RealisedCommitment.objects.filter(state=MoneyState.PAID).exists()
    write_many(officer, "engagements", "etat", rows, reached_on="2022-01-10", **entered)
    amounts = [row.steps.get(state=MoneyState.PAID).amount for row in rows]
    assert amounts == [Decimal(10), Decimal(20)]


def test_cancels_with_a_reason(officer: Client) -> None:
    row = make_commitment(town=new_town("22"))
    url = reverse("engagements:acte_annuler", args=[row.pk])
    officer.post(url, {"cancelled_on": "2022-01-10"})
    row.refresh_from_db()
    assert row.cancelled_on is None
    officer.post(url, {"cancelled_on": "2022-01-10", "reason": "Doublon"})
    row.refresh_from_db()
    assert row.cancelled_on == DAY


def test_a_partner_enters_its_own_missions_for_any_town() -> None:
    own, other = make_funder("Cerema"), make_funder("Anah")
    for funder in (own, other):
        funder.is_funder = True
        funder.save()
    new_town("35", name="Fougères")
    partner = desk_of(sent(person("ines", role="Partenaire"), own))
    entered = {
        "programme": make_programme().pk,
        "reference": "M-1",
        "town": "Fougères",
        "funder": own.pk,
        "theme": "halles",
        "notified_on": "2022-01-10",
        "amount": "10",
    }
    partner.post(reverse("missions:add"), entered | {"funder": other.pk})
    assert not ExpertiseMission.objects.exists()
    partner.post(reverse("missions:add"), entered)
    assert ExpertiseMission.objects.get().funder == own


def test_two_officers_on_one_designation_are_told_of_each_other(officer: Client) -> None:
    designate(new_town("22"))
    row = Designation.objects.get()
    url = reverse("designations:edit", args=[row.pk])
    shown = officer.get(url).context["form"].initial["shown"]
    entered = {"started_on": "2021-01-15", "reason": "Arrêté", "shown": shown}
    officer.post(url, entered)
    page = officer.post(url, entered | {"started_on": "2021-02-15"})
    assert "a changé pendant que vous la corrigiez" in text(page)
    row.refresh_from_db()
    assert row.started_on == date(2021, 1, 15)


def test_tells_nothing_of_a_decision_out_of_reach() -> None:
    own, other = make_funder("Cerema"), make_funder("Anah")
    for funder in (own, other):
        funder.is_funder = True
        funder.save()
    make_commitment("4242.00", funder=other, decision_reference="D-1", town=new_town("35"))
    new_town("35", name="Fougères")
    entered = {
        "programme": make_programme().pk,
        "decision_reference": "D-1",
        "funder": own.pk,
        "town": "Fougères",
        "decided_on": "2022-01-10",
        "amount": "10",
        "beneficiary_name": "Commune",
        "state": "committed",
        "evidence": "acte",
    }
    partner = desk_of(sent(person("ines", role="Partenaire"), own))
    told = text(partner.post(reverse("engagements:add"), entered))
    assert "hors de votre périmètre" in told
    assert "4\u202f242" not in told
    told = text(partner.post(reverse("engagements:add"), entered | {"decision_reference": "d-1"}))
    assert "même référence" not in told


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_refuses_a_day_that_no_page_could_count_from(officer: Client, day: str) -> None:
    new_town("22", name="Dinan")
    entered = {
        "programme": make_programme().pk,
        "town": "Dinan",
        "started_on": day,
        "group_reference": "",
    }
    assert "invraisemblable" in text(officer.post(reverse("designations:add"), entered))
    designate(town := new_town("22"))
    row = Designation.objects.get(town=town)
    url = reverse("designations:acte_fin", args=[row.pk])
    assert "invraisemblable" in text(officer.post(url, {"ended_on": day}))
    page = write_many(officer, "designations", "fin", [row], ended_on=day, reason="x")
    assert "invraisemblable" in text(page)


def test_no_row_answers_to_a_key_that_none_could_have(officer: Client) -> None:
    for url in (reverse("designations:bulk", args=["fin"]), reverse("imports_desk:replay")):
        assert officer.post(url, {"ligne": ["9" * 30, "²", "-1"]}).status_code == 302
    undo = reverse("designations:bulk_undo", args=["fin"])
    for at in ("2026-13-45T10:00", "2026-11-05T10:00", "hier"):
        assert officer.get(undo, {"le": at}).status_code == 404
