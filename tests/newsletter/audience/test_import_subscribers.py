"""Taking over a list kept elsewhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from beffroi.newsletter.audience.actions import (
    ImportRefused,
    erase_subscriber,
    import_subscribers,
    withdraw_consent,
)
from beffroi.newsletter.audience.actions.import_subscribers import ImportReport
from beffroi.newsletter.audience.lists import UnreadableList, read_list
from beffroi.newsletter.audience.models import Consent, Subscriber
from beffroi.newsletter.audience.queries import audience_size, recipients
from beffroi.newsletter.audience.rules import SubscriberRow
from beffroi.newsletter.audience.tokens import leave_token

from .factories import NOON, make_subscriber, make_suppression

pytestmark = pytest.mark.django_db


def bring(*addresses: str, **options: Any) -> ImportReport:
    """Import a list made of these addresses."""
    rows = [SubscriberRow(line, address) for line, address in enumerate(addresses, start=2)]
    return import_subscribers(
        rows=rows, source="liste 2025", legal_basis="consentement", imported_at=NOON, **options
    )


def test_subscribes_with_its_evidence() -> None:
    assert bring("Jeanne@Mairie.fr", "paul@mairie.fr").created == 2
    consent = Consent.objects.first()
    assert consent is not None
    assert (consent.kind, consent.channel, consent.at) == ("imported", "import", NOON)
    assert consent.evidence == "Source : liste 2025. Base légale : consentement."
    assert [recipient.address for recipient in recipients()] == [
        "Jeanne@mairie.fr",
        "paul@mairie.fr",
    ]


def test_a_second_run_changes_nothing() -> None:
    bring("jeanne@mairie.fr")
    assert bring("jeanne@mairie.fr").counts() == ImportReport(unchanged=1).counts()
    assert Consent.objects.count() == 1


def test_counts_every_line_once() -> None:
    make_subscriber(email="ancienne@mairie.fr")
    make_subscriber(email="enattente@mairie.fr", pending=True)
    make_suppression(address="partie@mairie.fr")
    report = bring(
        "nouvelle@mairie.fr",
        "NOUVELLE@mairie.fr",
        "ancienne@mairie.fr",
        "enattente@mairie.fr",
        "partie@mairie.fr",
        "illisible",
        partial=True,
    )
    assert set(report.counts().values()) == {1}
    assert report.refused[0].line == 7
    assert audience_size() == 3


def test_brings_nobody_back() -> None:
    left, erased = make_subscriber(), make_subscriber()
    withdraw_consent(token=leave_token(left.uid), at=NOON)
    erase_subscriber(address=erased.email, at=NOON)
    left.delete()
    assert bring(left.email, erased.email.upper()).suppressed == 2
    assert audience_size() == 0
    assert not Subscriber.objects.exists()


def test_brings_nobody_back_who_asked_again_without_confirming() -> None:
    reader = make_subscriber(withdrawn=True, asked_at=NOON)
    assert bring(reader.email).suppressed == 1
    assert audience_size() == 0


def test_a_refused_line_leaves_everything_as_it_was() -> None:
    with pytest.raises(ImportRefused) as refused:
        bring("jeanne@mairie.fr", "jeanne(arobase)mairie.fr")
    assert [row.line for row in refused.value.report.refused] == [3]
    assert not Subscriber.objects.exists()


def test_a_dry_run_tells_and_writes_nothing() -> None:
    assert bring("jeanne@mairie.fr", dry_run=True).created == 1
    assert not Subscriber.objects.exists()


def test_takes_more_than_one_chunk() -> None:
    addresses = [f"lectrice.{number}@mairie.fr" for number in range(2_050)]
    assert bring(*addresses, addresses[0]).counts() == (
        ImportReport(created=2_050, duplicate=1).counts()
    )
    assert audience_size() == Consent.objects.count() == 2_050


@pytest.mark.parametrize(
    "content",
    [
        "adresse\nélu@x.fr\n\nb@château.fr\n".encode(),
        "\ufeffEmail;\n".replace(";", "").encode() + "élu@x.fr\r\n\r\nb@château.fr\r\n".encode(),
        '"courriel"\n"élu@x.fr"\n\n"b@château.fr"'.encode("cp1252"),
    ],
    ids=["utf-8", "utf-8 with BOM", "windows-1252"],
)
def test_reads_a_list_as_spreadsheets_write_it(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "liste.csv"
    file.write_bytes(content)
    assert list(read_list(file)) == [(2, "élu@x.fr"), (4, "b@château.fr")]


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("adresse;nom;téléphone", "nom, téléphone"),
        ("nom", "nom"),
        ("", "une colonne"),
        ("adresse,email", "une seule"),
    ],
)
def test_refuses_by_name_what_it_would_not_use(tmp_path: Path, header: str, reason: str) -> None:
    file = tmp_path / "liste.csv"
    file.write_text(f"{header}\njeanne@mairie.fr\n")
    with pytest.raises(UnreadableList, match=reason):
        list(read_list(file))


def test_the_command_reports_in_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "liste.csv"
    file.write_text("adresse\njeanne@mairie.fr\nillisible\n")
    with pytest.raises(CommandError) as refused:
        call_command("import_subscribers", file, "--format", "json")
    said = capsys.readouterr()
    report = json.loads(said.out)
    assert refused.value.returncode == 1
    assert report["files"]["liste.csv"]["refused"] == 1
    assert report["refused"][0] | {"reason": ""} == {
        "file": "liste.csv",
        "line": 3,
        "column": "adresse",
        "value": "illisible",
        "reason": "",
    }
    assert "ligne 3" in said.err
    assert not Subscriber.objects.exists()


def test_the_command_tells_misuse_from_refusal(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as missing:
        call_command("import_subscribers", tmp_path / "absente.csv")
    assert missing.value.returncode == 2


def test_the_command_keeps_the_source(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "liste.csv"
    file.write_text("adresse\njeanne@mairie.fr\n")
    call_command("import_subscribers", file, "--source", "salon 2025", "--basis", "consentement")
    assert "1 créés" in capsys.readouterr().out
    assert Consent.objects.get().evidence == "Source : salon 2025. Base légale : consentement."
