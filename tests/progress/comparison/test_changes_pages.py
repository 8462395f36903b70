"""The public pages of what changed, and their files."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from beffroi.foundations.territories.models import Town
from beffroi.programme.agreements.models import AgreementKind
from beffroi.programme.support.models import RealisedCommitment
from beffroi.progress.actions import freeze_snapshot, publish_snapshot
from beffroi.progress.models import Snapshot
from beffroi.progress.written import changes
from tests.foundations.territories.factories import make_region
from tests.progress.factories import (
    DAY,
    cover,
    designate,
    make_commitment,
    make_plan,
    make_programme,
    new_town,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2022, 9, 26, 9, 0, tzinfo=UTC)
FIRST, LAST = "2022-06-30-national-r1", "2022-09-23-national-r1"
PAGE = f"/point-d-avancement/{LAST}/changements/"
FILE = f"/point-d-avancement/{LAST}/changements.csv"
LIVE = "/point-d-avancement/a-la-date/changements"


def publish(as_of: date, *, reason: str = "", territory: str | None = None) -> Snapshot:
    snapshot = freeze_snapshot(as_of=as_of, frozen_at=NOW, reason=reason, territory=territory)
    return publish_snapshot(reference=snapshot.reference, published_at=NOW)


@pytest.fixture
def town() -> Town:
    """A town that signed its framework in July, one decision corrected and one of July."""
    town = new_town(name="Dinan")
    designate(town)
    make_plan("1000.00")
    make_commitment("100.00", town=town, decision_reference="D1", beneficiary_name="=SOMME(A1)")
    cover(town, kind=AgreementKind.FRAMEWORK, signed_on=date(2022, 7, 14))
    make_commitment("50.00", town=town, decision_reference="D2", decided_on=date(2022, 7, 5))
    return town


@pytest.fixture
def two_reports(town: Town) -> None:  # noqa: ARG001
    """The reports of June and of September, the decision corrected in between."""
    publish(date(2022, 6, 30))
    RealisedCommitment.objects.filter(decision_reference="D1").update(amount="250.50")
    publish(DAY)


def text_of(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


@pytest.mark.usefixtures("two_reports")
def test_says_what_entered_and_what_was_corrected_since_the_last_report(client: Client) -> None:
    text = text_of(client, PAGE)
    assert "Ce qui a changé depuis le 30\u00a0juin\u00a02022" in text
    assert "1\u00a0commune entrée" in text
    assert "signée le 14\u00a0juillet\u00a02022" in text
    assert "1\u00a0décision entrée, 1 corrigée" in text
    assert "Montant&nbsp;: 100,00\u00a0€, désormais 250,50\u00a0€" in text
    assert "+200,50\u00a0€" in text
    assert '<a href="/communes/22001/?au=2022-09-23">Dinan</a>' in text
    assert "ce sont les mêmes lignes que pour" in text
    assert "Le dénominateur est" in text


@pytest.mark.usefixtures("two_reports")
def test_the_report_leads_to_what_changed(client: Client) -> None:
    assert PAGE in text_of(client, f"/point-d-avancement/{LAST}/")


@pytest.mark.usefixtures("two_reports")
def test_the_file_holds_every_movement_and_no_formula(client: Client) -> None:
    content = text_of(client, f"{FILE}?depuis={FIRST}")
    rows = list(csv.DictReader(io.StringIO(content), delimiter=";"))
    assert list(rows[0]) == [
        "figure", "code", "mouvement", "cle", "libelle", "date", "motif", "colonne", "avant",
        "apres",
    ]  # fmt: skip
    amount = [row for row in rows if row["code"] == "realised_amount"]
    told = {(row["mouvement"], row["cle"], row["avant"], row["apres"]) for row in amount}
    assert told == {("entree", "D2", "", ""), ("correction", "D1", "100.00", "250.50")}
    (framework,) = (row for row in rows if row["code"] == "framework_towns")
    assert (framework["cle"], framework["libelle"]) == ("22001", "Dinan")
    assert framework["date"] == "2022-07-14"
    assert not any(cell.startswith("=") for row in rows for cell in row.values())


@pytest.mark.usefixtures("two_reports")
def test_a_file_that_has_not_changed_is_not_sent_again(client: Client) -> None:
    etag = client.get(FILE)["ETag"]
    assert client.get(FILE, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.usefixtures("two_reports")
def test_a_day_instead_of_a_report_is_measured_and_says_so(client: Client) -> None:
    text = text_of(client, f"{PAGE}?depuis=2022-06-30")
    assert "non figée" in text
    assert "désormais 250,50" not in text
    assert "décidée le 5\u00a0juillet\u00a02022" in text


@pytest.mark.usefixtures("town")
def test_the_first_report_has_nothing_to_be_compared_with(client: Client) -> None:
    publish(DAY)
    assert "Premier point d’avancement" in text_of(client, PAGE)
    text_of(client, FILE, 404)


@pytest.mark.usefixtures("town")
def test_says_that_nothing_has_changed(client: Client) -> None:
    publish(date(2022, 9, 1))
    publish(DAY)
    assert "Rien n’a changé depuis le 1er\u00a0septembre\u00a02022" in text_of(client, PAGE)


@pytest.mark.usefixtures("two_reports")
def test_a_revision_is_compared_with_the_one_before_it(client: Client) -> None:
    make_commitment("10.00", decision_reference="D3", decided_on=date(2022, 3, 3))
    publish(DAY, reason="décision oubliée")
    text = text_of(client, "/point-d-avancement/2022-09-23-national-r2/changements/")
    assert "Ce qui a changé depuis la révision 1" in text
    assert "décision oubliée" in text
    assert "décidée le 3\u00a0mars\u00a02022, enregistrée après coup" in text


@pytest.mark.usefixtures("two_reports")
def test_shows_nothing_that_is_not_published(client: Client) -> None:
    hidden = freeze_snapshot(as_of=date(2022, 8, 1), frozen_at=NOW)
    text = text_of(client, PAGE)
    assert hidden.reference not in text
    text_of(client, f"{PAGE}?depuis={hidden.reference}", 404)
    text_of(client, f"/point-d-avancement/{hidden.reference}/changements/", 404)


@pytest.mark.usefixtures("two_reports")
@pytest.mark.parametrize(
    ("since", "status", "reason"),
    [
        ("2019-01-01", 400, "précède le lancement du programme"),
        ("2022-12-01", 400, "ne précède pas"),
        ("2999-01-01", 400, "n’est pas encore venu"),
        ("hier", 400, "ne se lit pas"),
        ("2022-02-30", 400, "n’existe pas au calendrier"),
        (LAST, 400, "ne précède pas"),
        ("2021-01-01-national-r1", 404, "Aucun point d’avancement ne porte la référence"),
        ("2022-06-30-dep-22-r1", 400, "ne se comparent que sur un même territoire"),
    ],
)
def test_says_why_it_cannot_compare(client: Client, since: str, status: int, reason: str) -> None:
    make_region("53", "Bretagne", {"22": "Côtes-d’Armor"})
    publish(date(2022, 6, 30), territory="dep:22")
    assert reason in text_of(client, f"{PAGE}?depuis={since}", status)
    assert reason in text_of(client, f"{FILE}?depuis={since}", status)


@pytest.mark.usefixtures("two_reports")
def test_compares_any_two_days_of_any_territory(client: Client) -> None:
    make_region("53", "Bretagne", {"22": "Côtes-d’Armor"})
    asked = "?territoire=dep:22&au=2022-09-23&depuis=2022-06-30"
    text = text_of(client, f"{LIVE}/{asked}")
    assert "Côtes-d’Armor" in text
    assert "signée le 14\u00a0juillet\u00a02022" in text
    assert "noindex" in text
    assert "framework_towns;entree;22001" in text_of(client, f"{LIVE}.csv{asked}")


def test_asks_for_two_days_first(client: Client) -> None:
    make_programme()
    assert "Ce qui a changé entre deux jours" in text_of(client, f"{LIVE}/")


@pytest.mark.parametrize(
    ("asked", "status", "reason"),
    [
        ("depuis=2022-09-23&au=2022-06-30", 400, "ne précède pas"),
        ("depuis=2022-06-30&au=demain", 400, "ne se lit pas"),
        ("depuis=2019-06-30&au=2022-09-23", 400, "précède le lancement"),
        ("depuis=2022-06-30&au=2022-09-23&territoire=dep:99", 404, "Aucun territoire"),
        ("depuis=2022-06-30&au=2022-09-23&territoire=partout", 404, "Territoire illisible"),
    ],
)
def test_says_why_two_days_do_not_compare(
    client: Client, asked: str, status: int, reason: str
) -> None:
    make_programme()
    assert reason in text_of(client, f"{LIVE}/?{asked}", status)


def test_shows_the_first_rows_and_leaves_the_others_to_the_file(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "SHOWN", 2)
    make_programme()
    publish(date(2022, 6, 30))
    designate(*(new_town(name=f"Bourg {n}") for n in range(5)))
    publish(DAY)
    text = text_of(client, PAGE)
    assert "5\u00a0communes entrées" in text
    assert "les 3 autres dans le" in text
    assert "Bourg 4" not in text
    assert "Bourg 4" in text_of(client, FILE)
