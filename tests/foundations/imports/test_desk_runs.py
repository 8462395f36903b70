"""« Reprendre des fichiers »: nothing is written but what was previewed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from beffroi.foundations.imports import tasks
from beffroi.foundations.imports.actions import expire_runs
from beffroi.foundations.imports.models import ImportRun, RefusedRow, RunState
from beffroi.foundations.imports.views import runs
from beffroi.programme.support.models import ExpertiseMission, PlannedCommitment
from tests.foundations.desk.people import department, desk_of, person, sent
from tests.foundations.imports.country import MISSIONS, PLANS, receive
from tests.foundations.imports.people import (
    RIGHTS,
    bring,
    decide,
    national,
    of_the_ain,
    text_file,
)

pytestmark = pytest.mark.usefixtures("country")
GOOD = "M1;01004;Anah;habitat;13/07/2021;100"
BAD = "M2;01004;Fondation;habitat;13/07/2021;100"


@pytest.fixture(autouse=True)
def var(tmp_path: Path, settings: Any) -> Path:
    settings.BEFFROI_VAR = tmp_path / "var"
    return tmp_path / "var" / "reprises"


def kept(var: Path) -> list[Path]:
    return [path for path in var.rglob("*") if path.is_file()]


def page(client: Client, run: ImportRun, **query: str) -> str:
    return client.get(reverse("imports_desk:run", args=[run.uid]), query).content.decode()


def test_previews_old_and_new_and_writes_nothing(tmp_path: Path) -> None:
    receive(tmp_path / "m.csv", MISSIONS, GOOD)
    client, run = bring(national(), text_file("m.csv", MISSIONS, GOOD.replace(";100", ";250")))
    shown = page(client, run)
    assert run.state == RunState.PREVIEWED
    assert "<del>100,00\u00a0€</del>" in shown
    assert "<ins>250,00\u00a0€</ins>" in shown
    assert ExpertiseMission.objects.get().amount == 100


def test_writes_what_was_previewed(var: Path) -> None:
    files = (text_file("m.csv", MISSIONS, GOOD), text_file("p.csv", PLANS, "Anah;5"))
    client, run = bring(national(), *files)
    assert len(kept(var)) == 2
    decide(client, run)
    assert (run.state, run.totals["created"]) == (RunState.WRITTEN, 2)
    assert (ExpertiseMission.objects.count(), PlannedCommitment.objects.count()) == (1, 1)
    assert str(run.created_by) in client.get(reverse("imports_desk:runs")).content.decode()


@pytest.mark.django_db(transaction=True)
def test_deletes_the_files_once_all_is_written(var: Path) -> None:
    client, run = bring(national(), text_file("m.csv", MISSIONS, GOOD))
    decide(client, run)
    assert (run.state, kept(var)) == (RunState.WRITTEN, [])


def test_says_so_when_the_register_changed_since_the_preview(tmp_path: Path) -> None:
    client, run = bring(national(), text_file("m.csv", MISSIONS, GOOD))
    receive(tmp_path / "other.csv", MISSIONS, GOOD.replace(";100", ";99"))
    shown = decide(client, run).content.decode()
    assert run.state == RunState.PREVIEWED
    assert "le registre a changé depuis votre aperçu" in shown
    assert "<del>99,00\u00a0€</del>" in shown
    assert ExpertiseMission.objects.get().amount == 99
    decide(client, run)
    assert ExpertiseMission.objects.get().amount == 100


def test_refuses_an_agreement_to_another_preview() -> None:
    client, run = bring(national(), text_file("m.csv", MISSIONS, GOOD))
    shown = decide(client, run, agreed="0" * 64).content.decode()
    assert (run.state, "relisez-le" in shown) == (RunState.PREVIEWED, True)
    assert not ExpertiseMission.objects.exists()


def test_all_or_nothing_is_not_offered_with_refusals() -> None:
    client, run = bring(national(), text_file("m.csv", MISSIONS, GOOD, BAD))
    assert 'value="toutes"' not in page(client, run)
    decide(client, run)
    assert (run.state, ExpertiseMission.objects.exists()) == (RunState.PREVIEWED, False)


def test_writes_the_good_rows_and_keeps_the_others() -> None:
    user = national()
    client, run = bring(user, text_file("m.csv", MISSIONS, GOOD, BAD))
    shown = page(client, run, devenir="refused")
    assert "financeur inconnu" in shown
    assert reverse("organisations:add") in shown
    decide(client, run, "bonnes")
    assert run.state == RunState.WRITTEN
    assert ExpertiseMission.objects.get().reference == "M1"
    assert RefusedRow.objects.get().received_by == user
    assert "Lignes à corriger" in page(client, run)


def test_the_refused_rows_download_as_a_table_that_starts_no_formula() -> None:
    bad = BAD.replace("Fondation", "=cmd()")
    client, run = bring(national(), text_file("m.csv", MISSIONS, bad))
    response = client.get(reverse("imports_desk:refusals", args=[run.uid]))
    table = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    assert table.splitlines()[0].endswith("fichier;ligne;colonne;valeur;motif")
    assert "m.csv;2;financeur;'=cmd()" in table.replace('"', "")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"devenir": "created"}, {"M1", "Anah"}),
        ({"devenir": "refused"}, {"M2"}),
        ({"fichier": "p.csv"}, {"Anah"}),
        ({"devenir": "updated"}, set()),
        ({}, {"M1", "M2", "Anah"}),
    ],
)
def test_filters_the_rows_by_outcome_and_file(query: dict[str, str], found: set[str]) -> None:
    files = (text_file("m.csv", MISSIONS, GOOD, BAD), text_file("p.csv", PLANS, "Anah;5"))
    client, run = bring(national(), *files)
    response = client.get(reverse("imports_desk:run", args=[run.uid]), query)
    assert {row.key for row in response.context["page"]} == found


def test_long_previews_have_pages() -> None:
    rows = [GOOD.replace("M1", f"M{n}") for n in range(120)]
    client, run = bring(national(), text_file("m.csv", MISSIONS, *rows))
    assert "Page 1 sur 3" in page(client, run)
    assert "M119" in page(client, run, p="3")


@pytest.mark.django_db(transaction=True)
def test_giving_up_writes_nothing_and_deletes_the_files(var: Path) -> None:
    client, run = bring(national(), text_file("m.csv", MISSIONS, GOOD))
    client.post(reverse("imports_desk:cancel", args=[run.uid]))
    run.refresh_from_db()
    assert (run.state, kept(var), run.rows.count()) == (RunState.CANCELLED, [], 0)
    decide(client, run)
    assert not ExpertiseMission.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_files_without_a_decision_are_forgotten_after_a_week(var: Path) -> None:
    _, run = bring(national(), text_file("m.csv", MISSIONS, GOOD))
    now = timezone.now()
    assert expire_runs(at=now + timedelta(days=6)) == 0
    assert expire_runs(at=now + timedelta(days=8)) == 1
    run.refresh_from_db()
    assert (run.state, kept(var)) == (RunState.EXPIRED, [])


def test_a_long_import_shows_its_progress_and_refreshes_by_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(runs, "_start", lambda _task, _run: None)
    client, run = bring(national(), text_file("m.csv", MISSIONS, GOOD))
    ImportRun.objects.update(step="contrôle des lignes", percent=42)
    response = client.get(reverse("imports_desk:run", args=[run.uid]))
    assert response["Refresh"] == "3"
    assert "contrôle des lignes" in response.content.decode()
    stopped = client.get(reverse("imports_desk:run", args=[run.uid]), {"arret": ""})
    assert "Refresh" not in stopped


def test_a_long_import_is_read_in_the_background(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(runs, "_SMALL", 10)
    with django_capture_on_commit_callbacks(execute=True):
        _, run = bring(national(), text_file("m.csv", MISSIONS, GOOD))
    run.refresh_from_db()
    assert (run.state, run.percent) == (RunState.PREVIEWED, 100)


def test_an_import_that_stopped_is_taken_up_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(**_: object) -> None:
        raise OSError("disque plein")

    with monkeypatch.context() as patch:
        patch.setattr("beffroi.foundations.imports.actions.run_import.import_on_terms", stop)
        client, run = bring(national(), text_file("m.csv", MISSIONS, GOOD))
    assert run.state == RunState.FAILED
    assert "s’est interrompue" in page(client, run)
    client.post(reverse("imports_desk:take_up", args=[run.uid]))
    run.refresh_from_db()
    assert run.state == RunState.PREVIEWED


def test_a_task_that_comes_too_late_does_nothing() -> None:
    _, run = bring(national(), text_file("m.csv", MISSIONS, GOOD))
    tasks.write_import.call(run.pk)
    assert not ExpertiseMission.objects.exists()


def test_tells_that_another_import_is_being_written() -> None:
    first, run = bring(national(), text_file("m.csv", MISSIONS, GOOD))
    bring(national("omar"), text_file("n.csv", MISSIONS, GOOD))
    ImportRun.objects.exclude(pk=run.pk).update(state=RunState.WRITING)
    assert "écrit une autre reprise en ce moment" in page(first, run)


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([], "Choisissez au moins un fichier"),
        ([text_file("lettre.pdf", "x")], "ce genre n’est pas lu"),
        ([text_file("a.csv", "x"), text_file("a.csv", "y")], "renommez l’un des deux"),
        ([text_file("vide.csv")], "vide"),
    ],
)
def test_refuses_what_cannot_be_a_follow_up_file(files: list[Any], words: str) -> None:
    response = desk_of(national()).post(reverse("imports_desk:runs"), {"fichiers": files})
    assert words in response.content.decode()
    assert not ImportRun.objects.exists()


def test_an_officer_brings_the_rows_of_their_area_alone() -> None:
    elsewhere = GOOD.replace("01004", "16206").replace("M1", "M9")
    client, run = bring(of_the_ain(), text_file("m.csv", MISSIONS, GOOD, elsewhere))
    assert "hors de votre périmètre" in page(client, run)
    decide(client, run, "bonnes")
    assert ExpertiseMission.objects.get().reference == "M1"


def test_each_sees_their_own_imports_and_a_national_reach_all() -> None:
    _, run = bring(of_the_ain(), text_file("m.csv", MISSIONS, GOOD))
    url = reverse("imports_desk:run", args=[run.uid])
    neighbour = sent(person("bruno", *RIGHTS), department("16"))
    assert desk_of(neighbour).get(url).status_code == 404
    assert desk_of(national()).get(url).status_code == 200


def test_nobody_writes_the_import_of_another() -> None:
    _, run = bring(of_the_ain(), text_file("m.csv", MISSIONS, GOOD))
    decide(desk_of(national()), run)
    assert not ExpertiseMission.objects.exists()


@pytest.mark.parametrize("rights", [(), ("add_importrun",)])
def test_is_closed_without_the_right_or_without_a_mandate(rights: tuple[str, ...]) -> None:
    user = person("zoe", *rights)
    if not rights:
        sent(user, None)
    client = desk_of(user)
    assert client.get(reverse("imports_desk:runs")).status_code in {302, 403}
    assert "/reprises/" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_role_registre_may_bring_files() -> None:
    user = sent(person("rene", role="Registre"), department("01"))
    assert desk_of(user).get(reverse("imports_desk:runs")).status_code == 200
