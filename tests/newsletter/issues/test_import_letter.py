"""`beffroi import_letter` makes a past letter into a published issue, once."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page

from beffroi.foundations.audit.models import AuditEntry
from beffroi.newsletter.issues.actions.import_letter import (
    ImportedLetter,
    IssueExists,
    NewsletterMissing,
    import_letter,
)
from beffroi.newsletter.issues.letter_markdown import MAX_BYTES, MastheadMissing
from beffroi.newsletter.issues.models import IssuePage, NewsletterPage
from tests.newsletter.issues.factories import make_issue, make_newsletter

pytestmark = pytest.mark.django_db

AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
SOURCE = """4 MARS 2024 - LETTRE D'INFORMATION #31 |

Bonjour à tous.

L'actu

## Une halle rouvre à Dole (39)

Le marché <script>revient</script>.

[Lire l'article](#)

## Le Club

**Webinaire : financer son projet**

Il aura lieu le 9 avril prochain. Écrivez à club@pvd.example.

Directrice de publication : Ada Bel
Rédaction : Léo Roc
"""


def _import(source: str = SOURCE) -> ImportedLetter:
    make_newsletter()
    return import_letter(source=source, imported_at=AT)


def _run(path: Path, *options: str) -> tuple[int, str, str]:
    """Exit code, output and errors of the command."""
    out, err = StringIO(), StringIO()
    try:
        call_command("import_letter", str(path), *options, stdout=out, stderr=err)
    except SystemExit as left:
        return int(str(left.code)), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


@pytest.fixture
def letter_file(tmp_path: Path) -> Path:
    make_newsletter()
    path = tmp_path / "lettre.md"
    path.write_bytes(SOURCE.encode())
    return path


def test_publishes_the_letter_at_its_own_date() -> None:
    issue = _import().issue
    assert (issue.number, issue.issued_on, issue.slug) == (31, date(2024, 3, 4), "31")
    assert issue.live
    assert not issue.has_unpublished_changes
    assert issue.first_published_at is not None
    assert timezone.localdate(issue.first_published_at) == issue.issued_on
    assert issue.headline == "<p>Bonjour à tous.</p>"


def test_the_body_holds_blocks_in_the_order_of_reading() -> None:
    issue = IssuePage.objects.get(pk=_import().issue.pk)
    read = [(s.value["title"], [item.block_type for item in s.value["items"]]) for s in issue.body]
    assert read == [("L'actu", ["article"]), ("Le Club", ["event"]), ("", ["colophon"])]
    event = issue.body[1].value["items"][0].value
    assert (event["starts_on"], event["ends_on"]) == (date(2024, 4, 9), None)
    assert "&lt;script&gt;" in issue.body[0].value["items"][0].value["text"].source
    assert issue.body[2].value["items"][0].value["lines"][1]["names"] == "Léo Roc"


def test_every_block_passes_the_checks_of_the_desk() -> None:
    issue = IssuePage.objects.get(pk=_import().issue.pk)
    cleaned = issue.body.stream_block.clean(issue.body)
    assert len(cleaned) == 3


def test_counts_and_names_the_links() -> None:
    imported = _import()
    assert (imported.items, imported.links) == (3, 1)
    assert [(p.section, p.item, p.label) for p in imported.placeholders] == [
        ("L'actu", "Une halle rouvre à Dole (39)", "Lire l'article")
    ]


def test_the_trail_keeps_the_act_and_its_source() -> None:
    issue = _import().issue
    entry = AuditEntry.objects.get(verb="import_letter")
    assert (entry.target_key, entry.at) == (str(issue.pk), AT)
    assert len(entry.changes["source"][1]) == 64


@pytest.mark.parametrize("again", [SOURCE, SOURCE.replace("\n", "\r\n")])
def test_the_same_letter_again_changes_nothing(again: str) -> None:
    first = _import()
    second = import_letter(source=again, imported_at=AT)
    assert (first.is_new, second.is_new) == (True, False)
    assert second.issue == first.issue
    assert second.issue.revisions.count() == 1
    assert AuditEntry.objects.filter(verb="import_letter").count() == 1


def test_another_text_of_the_same_number_is_refused() -> None:
    issue = _import().issue
    with pytest.raises(IssueExists, match="rien n’est changé"):
        import_letter(source=SOURCE + "\nUn mot de plus.", imported_at=AT)
    assert IssuePage.objects.get(number=31).latest_revision == issue.latest_revision


def test_an_issue_written_at_the_desk_is_never_replaced() -> None:
    issue = make_issue(31, title="Écrite ici")
    with pytest.raises(IssueExists):
        import_letter(source=SOURCE, imported_at=AT)
    assert IssuePage.objects.get(pk=issue.pk).title == "Écrite ici"


def test_refuses_a_letter_without_masthead_and_keeps_nothing() -> None:
    with pytest.raises(MastheadMissing):
        _import("Bonjour.\n\nL'actu\n\n## Un titre\n\nUn texte.")
    assert not IssuePage.objects.exists()


def test_needs_the_site_to_have_a_letter() -> None:
    for page in NewsletterPage.objects.all():
        Page.objects.get(pk=page.pk).delete()
    with pytest.raises(NewsletterMissing):
        import_letter(source=SOURCE, imported_at=AT)


def test_the_command_tells_what_was_read(letter_file: Path) -> None:
    code, out, _err = _run(letter_file)
    assert code == 0
    assert "Numéro 31 du 4\u00a0mars\u00a02024\u00a0: repris." in out
    assert "3 rubriques, 3 éléments, 1 lien." in out
    assert "Liens sans adresse (1)\u00a0:" in out
    assert "L'actu › Une halle rouvre à Dole (39)\u00a0: « Lire l'article »" in out
    assert "inchangé" in _run(letter_file)[1]


def test_the_command_speaks_json(letter_file: Path) -> None:
    code, out, _err = _run(letter_file, "--format", "json")
    read = json.loads(out)
    assert (code, read["number"], read["date"], read["links"]) == (0, 31, "2024-03-04", 1)
    assert read["sections"][1] == {
        "title": "Le Club",
        "items": [{"type": "event", "title": "Webinaire : financer son projet"}],
    }
    assert read["placeholders"] == [
        {"section": "L'actu", "item": "Une halle rouvre à Dole (39)", "label": "Lire l'article"}
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "vide"),
        (b"\x00\x01", "pas un texte"),
        (b"a" * (MAX_BYTES + 1), "5 Mo"),
        (b"Bonjour.", "ligne attendue"),
    ],
)
def test_the_command_refuses_a_file_that_is_no_letter(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    path = tmp_path / "lettre.md"
    path.write_bytes(content)
    code, out, err = _run(path)
    assert (code, out) == (1, "")
    assert reason in err


@pytest.mark.parametrize(("name", "reason"), [("absente.md", "introuvable"), (".", "un fichier")])
def test_the_command_refuses_a_path_that_is_no_file(tmp_path: Path, name: str, reason: str) -> None:
    code, _out, err = _run(tmp_path / name)
    assert code == 1
    assert reason in err


def test_the_command_refuses_a_number_already_taken(letter_file: Path) -> None:
    make_issue(31)
    code, _out, err = _run(letter_file)
    assert (code, IssuePage.objects.count()) == (1, 1)
    assert "existe déjà" in err
