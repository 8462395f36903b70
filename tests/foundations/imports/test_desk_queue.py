"""« Lignes à corriger »: a refused row is corrected and replayed as in a file, or abandoned."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.models import AuditEntry
from beffroi.foundations.directory.models import Organisation
from beffroi.foundations.imports.kinds import kind_of
from beffroi.foundations.imports.models import RefusedRow, Resolution
from beffroi.programme.agreements.models import Agreement, Coverage
from beffroi.programme.support.models import ExpertiseMission, PlannedCommitment
from tests.foundations.desk.people import department, desk_of, person, sent
from tests.foundations.imports.country import (
    EPCI,
    FRAMEWORKS,
    MISSIONS,
    NOW,
    PLANS,
    SECURITY,
    Country,
    receive,
)
from tests.foundations.imports.people import RIGHTS, national, of_the_ain

pytestmark = pytest.mark.usefixtures("country")
BAD = "M1;01004;Fondation;habitat;13/07/2021;abc"
CELLS = {
    "id_mission": "M1",
    "insee_com": "01004",
    "financeur": "Fondation",
    "theme": "habitat",
    "date_notification": "13/07/2021",
    "montant": "abc",
}


def refuse(
    folder: Path, header: str, *rows: str, name: str = "m.csv", **options: Any
) -> RefusedRow:
    receive(folder / name, header, *rows, is_partial=True, **options)
    return RefusedRow.objects.latest("pk")


def send(user: User, row: RefusedRow, **cells: str) -> str:
    """Correct and replay, and read the page that comes."""
    url = reverse("imports_desk:row", args=[row.pk])
    content: str = desk_of(user).post(url, cells, follow=True).content.decode()
    row.refresh_from_db()
    return content


def test_shows_each_cell_with_what_the_file_allows(tmp_path: Path) -> None:
    row = refuse(tmp_path, SECURITY, "01004;Ambérieu;contrat inconnu;28/06/2022", name="s.csv")
    page = desk_of(national()).get(reverse("imports_desk:row", args=[row.pk])).content.decode()
    assert '<option value="contrat inconnu" selected>' in page
    assert '<option value="contrat de sécurité PVD">' in page
    assert 'value="28/06/2022"' in page


def test_a_corrected_row_goes_in_as_from_its_file(tmp_path: Path) -> None:
    row, user = refuse(tmp_path, MISSIONS, BAD), national()
    page = send(user, row, **CELLS | {"financeur": "Anah", "montant": "1 250,00 €"})
    assert "Ligne traitée : créée" in page
    assert ExpertiseMission.objects.get().amount == 1250
    assert (row.resolution, row.resolved_by) == (Resolution.CORRECTED, user)
    assert row.correction == [
        ["financeur", "Fondation", "Anah"],
        ["montant", "abc", "1 250,00 €"],
    ]
    assert "<del>Fondation</del>" in page


def test_what_is_still_refused_is_told_beside_its_cell_and_nothing_is_lost(tmp_path: Path) -> None:
    row = refuse(tmp_path, MISSIONS, BAD)
    page = send(national(), row, **CELLS | {"financeur": "Anah", "theme": "corrigé à moitié"})
    assert "Montant illisible" in page.split('name="montant"')[1]
    assert 'value="corrigé à moitié"' in page
    assert (row.resolved_at, ExpertiseMission.objects.exists()) == (None, False)


def test_a_trial_shows_what_would_change_and_writes_nothing(tmp_path: Path) -> None:
    receive(tmp_path / "a.csv", MISSIONS, "M1;01004;Anah;habitat;13/07/2021;99")
    row = refuse(tmp_path, MISSIONS, BAD)
    cells = CELLS | {"financeur": "Anah", "montant": "100"}
    page = send(national(), row, **cells, essai="1")
    assert "Cette ligne passerait\u00a0: modifiée" in page
    assert "<ins>100,00\u00a0€</ins>" in page
    assert row.resolved_at is None
    assert ExpertiseMission.objects.get().amount == 99


def test_a_correction_leaves_its_trail_naming_the_file(tmp_path: Path) -> None:
    receive(tmp_path / "a.csv", MISSIONS, "M1;01004;Anah;habitat;13/07/2021;99")
    row = refuse(tmp_path, MISSIONS, BAD)
    send(user := national(), row, **CELLS | {"financeur": "Anah", "montant": "100"})
    entry = AuditEntry.objects.get(verb="record_missions")
    assert (entry.actor, entry.reason) == (user, "correction de m.csv")
    assert entry.changes == {"amount": ["99.00", "100.00"]}


def test_a_town_of_a_framework_is_corrected_alone(tmp_path: Path) -> None:
    good = f"C1;2022-07-27;oui;{EPCI};01004;"
    row = refuse(tmp_path, FRAMEWORKS, good, good.replace("01004", "99999"), name="c.csv")
    fixed = f"C1;2022-07-27;oui;{EPCI};01053;".split(";")
    send(national(), row, **dict(zip(FRAMEWORKS.split(";"), fixed, strict=True)))
    assert (Agreement.objects.count(), Coverage.objects.count()) == (1, 2)


def test_rows_replay_unchanged_once_their_cause_is_gone(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        refuse(tmp_path, PLANS, "Fondation;12" if name == "a.csv" else "Fonds neuf;5", name=name)
    Organisation.objects.create(name="Fondation", is_funder=True)
    keys = list(RefusedRow.objects.values_list("pk", flat=True))
    client = desk_of(national())
    page = client.post(reverse("imports_desk:replay"), {"ligne": keys}, follow=True)
    assert "1 ligne reprise" in page.content.decode()
    assert "1 ligne reste refusée" in page.content.decode()
    assert PlannedCommitment.objects.get().amount == 12
    done = RefusedRow.objects.get(resolved_at__isnull=False)
    assert (done.file_name, done.resolution) == ("a.csv", Resolution.REPLAYED)


def test_rows_of_one_document_replay_together_and_must_agree(tmp_path: Path) -> None:
    rows = [
        f"C1;2022-07-27;oui;{EPCI};01004;x",
        f"C1;2022-07-28;oui;{EPCI};01053;x",
        "C1;2022-07-27;oui;200000001;01053;",
    ]
    refuse(tmp_path, FRAMEWORKS, *rows, name="c.csv")
    contradicting = RefusedRow.objects.filter(is_contradicted=True)
    assert [row.line for row in contradicting] == [3]
    page = desk_of(national()).post(
        reverse("imports_desk:replay"), {"ligne": [contradicting[0].pk]}, follow=True
    )
    assert "à ouvrir une par une" in page.content.decode()
    assert Agreement.objects.get().signed_on.day == 27


def test_the_same_row_again_does_not_reopen_a_correction(tmp_path: Path) -> None:
    row = refuse(tmp_path, MISSIONS, BAD)
    send(national(), row, **CELLS | {"financeur": "Anah", "montant": "100"})
    refuse(tmp_path, MISSIONS, BAD)
    row.refresh_from_db()
    assert (RefusedRow.objects.count(), row.resolution) == (1, Resolution.CORRECTED)
    refuse(tmp_path, MISSIONS, BAD.replace("abc", "abcd"))
    assert RefusedRow.objects.filter(resolved_at__isnull=True).count() == 1


def test_a_row_replayed_unchanged_and_refused_again_waits_again(tmp_path: Path) -> None:
    row = refuse(tmp_path, PLANS, "Fondation;12")
    funder = Organisation.objects.create(name="Fondation", is_funder=True)
    send(national(), row, financeur="Fondation", montant="12")
    assert row.resolution == Resolution.REPLAYED
    Organisation.objects.filter(pk=funder.pk).update(is_funder=False)
    refuse(tmp_path, PLANS, "Fondation;12")
    row.refresh_from_db()
    assert (row.resolved_at, row.resolution) == (None, "")


def test_a_row_is_abandoned_with_a_reason(tmp_path: Path) -> None:
    row, user = refuse(tmp_path, MISSIONS, BAD), national()
    url = reverse("imports_desk:abandon", args=[row.pk])
    client = desk_of(user)
    assert "Dites en un mot" in client.post(url, follow=True).content.decode()
    client.post(url, {"reason": "Doublon papier"})
    row.refresh_from_db()
    assert (row.resolution, row.resolution_reason) == (Resolution.ABANDONED, "Doublon papier")
    assert AuditEntry.objects.get(verb="abandon_row").reason == "Doublon papier"
    refuse(tmp_path, MISSIONS, BAD)
    row.refresh_from_db()
    assert row.resolved_at is not None


def test_a_row_dealt_with_meanwhile_is_not_replayed_twice(tmp_path: Path) -> None:
    row = refuse(tmp_path, PLANS, "Fondation;12")
    RefusedRow.objects.update(resolved_at=NOW, resolution=Resolution.ABANDONED)
    send(national(), row, financeur="Anah", montant="12")
    assert not PlannedCommitment.objects.exists()


def test_a_row_cut_short_is_completed(tmp_path: Path) -> None:
    row = refuse(tmp_path, MISSIONS, "M1;01004;Anah")
    send(national(), row, **CELLS | {"financeur": "Anah", "montant": "3"})
    assert ExpertiseMission.objects.get().amount == 3


def test_a_row_kept_before_kinds_were_is_known_by_its_columns(tmp_path: Path) -> None:
    row = refuse(tmp_path, MISSIONS, BAD)
    row.kind = ""
    declared = kind_of(row)
    assert declared is not None
    assert declared.name == "missions"


def test_lists_filters_and_downloads(tmp_path: Path) -> None:
    refuse(tmp_path, MISSIONS, BAD)
    refuse(tmp_path, PLANS, "Fondation;12", name="p.csv")
    client, url = desk_of(national()), reverse("imports_desk:queue")
    for query, found in (({"fichier": "p.csv"}, {"p.csv"}), ({"q": "abc"}, {"m.csv"})):
        assert {row.file_name for row in client.get(url, query).context["page"]} == found
    assert not client.get(url, {"etat": "traitees"}).context["page"].object_list
    table = b"".join(client.get(url, {"export": "csv"}).streaming_content)  # type: ignore[attr-defined]
    assert table.decode().count("Fondation") == 2


def test_a_row_is_seen_by_whoever_looks_after_its_town(tmp_path: Path, country: Country) -> None:
    row = refuse(tmp_path, MISSIONS, BAD)
    assert row.town == country.amberieu
    url = reverse("imports_desk:row", args=[row.pk])
    assert desk_of(of_the_ain()).get(url).status_code == 200
    neighbour = desk_of(sent(person("bruno", *RIGHTS), department("16")))
    assert neighbour.get(url).status_code == 404
    assert not neighbour.get(reverse("imports_desk:queue")).context["page"].object_list


def test_a_row_is_seen_by_whoever_brought_it(tmp_path: Path) -> None:
    user = sent(person("bruno", *RIGHTS), department("16"))
    row = refuse(tmp_path, MISSIONS, BAD.replace("01004", "99999"), actor=user)
    url = reverse("imports_desk:row", args=[row.pk])
    assert desk_of(user).get(url).status_code == 200
    assert desk_of(of_the_ain()).get(url).status_code == 404


def test_a_correction_stays_within_reach(tmp_path: Path) -> None:
    row = refuse(tmp_path, MISSIONS, BAD)
    fixed = CELLS | {"financeur": "Anah", "montant": "1", "insee_com": "16206"}
    assert "Hors de votre périmètre" in send(of_the_ain(), row, **fixed)
    assert not ExpertiseMission.objects.exists()


def test_a_reader_sees_and_does_not_correct(tmp_path: Path) -> None:
    row = refuse(tmp_path, MISSIONS, BAD)
    reader = sent(person("lea", "view_refusedrow"), None)
    url = reverse("imports_desk:row", args=[row.pk])
    assert "Corriger et rejouer" not in desk_of(reader).get(url).content.decode()
    send(reader, row, **CELLS | {"financeur": "Anah", "montant": "1"})
    assert not ExpertiseMission.objects.exists()


@pytest.mark.parametrize("rights", [(), RIGHTS])
def test_is_closed_without_the_right_or_without_a_mandate(
    tmp_path: Path, rights: tuple[str, ...]
) -> None:
    row = refuse(tmp_path, MISSIONS, BAD)
    user = person("zoe", *rights)
    client = desk_of(user if rights else sent(user, None))
    for url in (reverse("imports_desk:queue"), reverse("imports_desk:row", args=[row.pk])):
        assert client.get(url).status_code in {302, 403}


def test_a_search_that_no_database_reads_is_read_all_the_same(tmp_path: Path) -> None:
    refuse(tmp_path, MISSIONS, BAD)
    page = desk_of(national()).get(reverse("imports_desk:queue"), {"q": "m.c\0sv", "fichier": "\0"})
    assert "m.csv" in page.content.decode()
