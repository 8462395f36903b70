"""« Exporter » on the desk and on the command line."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.http import FileResponse
from django.test import Client
from django.urls import reverse

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.directory.models import Organisation
from beffroi.foundations.imports.declarations import follow_up_files
from beffroi.foundations.mandates.actions import Place, grant_mandate
from beffroi.foundations.territories.models import Department
from tests.foundations.imports.country import MISSIONS, NOW, Country, receive

pytestmark = pytest.mark.django_db
PAGE, DOWNLOAD = "imports_desk:exports", "imports_desk:download"


@pytest.fixture(autouse=True)
def missions(tmp_path: Path, country: Country) -> None:
    rows = ("M1;01004;Anah;x;2022-01-01;1", "M2;16206;État;x;2022-01-01;2")
    receive(tmp_path / "m.csv", MISSIONS, *rows)
    assert country.mansle


def officer(*places: Place, role: str = "Registre") -> User:
    user = User.objects.create_user("agent@exemple.fr")
    user.groups.add(Group.objects.get(name=role))
    for place in places:
        by = Authorship(at=NOW)
        grant_mandate(user=user, place=place, started_on=date(2020, 1, 1), by=by)
    return user


def body(response: object) -> bytes:
    assert isinstance(response, FileResponse)
    return b"".join(response.streaming_content)  # type: ignore[arg-type]


def test_gives_the_rows_of_the_area_alone(client: Client) -> None:
    client.force_login(officer(Department.objects.get(code="01")))
    text = body(client.get(reverse(DOWNLOAD), {"file": "missions"})).decode("utf-8-sig")
    assert text.splitlines()[1:] == ["M1;01004;Anah;x;2022-01-01;1,00"]


def test_gives_a_partner_the_rows_that_name_it(client: Client) -> None:
    client.force_login(officer(Organisation.objects.get(name="État")))
    text = body(client.get(reverse(DOWNLOAD), {"file": "missions"})).decode("utf-8-sig")
    assert text.splitlines()[1:] == ["M2;16206;État;x;2022-01-01;2,00"]


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "ods"])
def test_gives_all_files_in_an_archive(client: Client, fmt: str) -> None:
    client.force_login(officer(None))
    response = client.get(reverse(DOWNLOAD), {"format": fmt})
    with zipfile.ZipFile(io.BytesIO(body(response))) as archive:
        assert archive.testzip() is None
        assert set(archive.namelist()) == {f"{name}.{fmt}" for name in follow_up_files()}
    assert response["Content-Disposition"].endswith(f'-{fmt}.zip"')


def test_gives_the_template_of_a_file(client: Client) -> None:
    client.force_login(officer(None))
    response = client.get(reverse("imports_desk:template", args=["missions"]))
    assert body(response).startswith(b"PK")
    assert 'filename="modele-missions.xlsx"' in response["Content-Disposition"]


@pytest.mark.parametrize("query", [{"file": "absent"}, {"format": "exe"}])
def test_knows_no_other_file_or_format(client: Client, query: dict[str, str]) -> None:
    client.force_login(officer(None))
    assert client.get(reverse(DOWNLOAD), query).status_code == 404


@pytest.mark.parametrize("role", ["Registre", "Rédaction"])
def test_is_closed_without_the_role_or_without_a_mandate(client: Client, role: str) -> None:
    client.force_login(officer(*([None] if role == "Rédaction" else []), role=role))
    urls = [reverse(PAGE), reverse(DOWNLOAD), reverse("imports_desk:template", args=["missions"])]
    for url in urls:
        response = client.get(url)
        assert response.status_code in {302, 403}
        assert "attachment" not in response.get("Content-Disposition", "")
    assert "/exporter/" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_is_in_the_menu_and_offers_every_file(client: Client) -> None:
    client.force_login(officer(Department.objects.get(code="01")))
    assert "/exporter/" in client.get(reverse("wagtailadmin_home")).content.decode()
    page = client.get(reverse(PAGE)).content.decode()
    assert page.count("(modèle Excel)") == 9
    assert "de votre périmètre" in page


def test_the_command_writes_the_files_that_are_named(tmp_path: Path) -> None:
    out = io.StringIO()
    folder = tmp_path / "a" / "b"
    call_command(
        "export_register", str(folder), "--file", "missions", "--format", "ods", stdout=out
    )
    assert [path.name for path in folder.iterdir()] == ["missions.ods"]
    assert out.getvalue().strip() == str(folder / "missions.ods")


def test_the_command_says_where_it_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("")
    with pytest.raises(CommandError, match="écriture impossible"):
        call_command("export_register", str(tmp_path / "fichier"), stdout=io.StringIO())
