"""Files as offices send them, and as nobody should: each is read, or refused in plain French."""

from __future__ import annotations

import os
import struct
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from beffroi.foundations.imports.actions import import_files
from beffroi.foundations.imports.files import MAX_BYTES, Unreadable, archives, read_file
from beffroi.foundations.imports.report import Report
from beffroi.programme.support.models import ExpertiseMission, PlannedCommitment
from tests.foundations.imports.country import MISSIONS, NOW, PLANS, TODAY, Country, outcomes
from tests.foundations.imports.tables import write_excel, write_ods, write_text

SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c SYSTEM "file:///etc/passwd">]>'
)


def rewrite(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """Change one part of an archive."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def reason(path: Path) -> str:
    with pytest.raises(Unreadable) as refusal:
        read_file(path)
    return str(refusal.value)


def cells(path: Path) -> list[tuple[str, ...]]:
    (table,) = read_file(path).tables
    return [row.cells for row in table.rows]


def take(path: Path) -> Report:
    return import_files(path=path, today=TODAY, at=NOW)


# Workbooks


@pytest.mark.parametrize("declaration", [LAUGHS, LAUGHS.lower(), "<! DOCTYPE x>"])
def test_refuses_entities_in_excel(tmp_path: Path, declaration: str) -> None:
    path = write_excel(tmp_path / "a.xlsx", ("a",), ("1",))
    rewrite(path, SHEET, lambda xml: declaration.encode() + xml.replace(b">1<", b">&b;<"))
    assert "déclarations XML interdites" in reason(path)


def test_refuses_entities_in_ods(tmp_path: Path) -> None:
    path = write_ods(tmp_path / "a.ods", ("a",), ("&b;",))
    rewrite(path, "content.xml", lambda xml: xml.replace(b"?>", b"?>" + LAUGHS.encode(), 1))
    assert "déclarations XML interdites" in reason(path)


def test_refuses_entities_hidden_in_another_encoding(tmp_path: Path) -> None:
    path = write_excel(tmp_path / "a.xlsx", ("a",), ("1",))
    rewrite(path, SHEET, lambda xml: (LAUGHS + xml.decode()).encode("utf-16"))
    assert "déclarations XML interdites" in reason(path)


@pytest.mark.parametrize("write", [write_excel, write_ods])
def test_refuses_a_zip_bomb(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[..., Path]
) -> None:
    monkeypatch.setattr(archives, "_MOST_UNPACKED", 500)
    path = write(tmp_path / f"a.{'ods' if write is write_ods else 'xlsx'}", ("a",), ("1",))
    assert "démesuré" in reason(path)


def test_refuses_a_zip_bomb_that_lies_about_its_size(tmp_path: Path) -> None:
    path = write_excel(tmp_path / "a.xlsx", ("a",), ("1",))
    size = 50 * 1024 * 1024
    rewrite(path, "xl/styles.xml", lambda _: b" " * size)
    content = path.read_bytes()
    assert content.count(struct.pack("<I", size)) >= 2
    path.write_bytes(content.replace(struct.pack("<I", size), struct.pack("<I", 100)))
    assert "ne s’ouvre pas" in reason(path)


def test_reads_the_stored_value_of_a_formula(tmp_path: Path) -> None:
    path = write_excel(tmp_path / "a.xlsx", ("a", "b"), (7, "x"))
    formula = b'<c r="A2"><f>3+4</f><v>7</v></c>'
    rewrite(path, SHEET, lambda xml: xml.replace(b'<c r="A2" t="n"><v>7</v></c>', formula))
    assert b"<f>" in zipfile.ZipFile(path).read(SHEET)
    assert cells(path) == [("7", "x")]


@pytest.mark.parametrize("stored", ["", "<v></v>", "<v/>", "<v />"])
def test_refuses_a_formula_that_nobody_computed(tmp_path: Path, stored: str) -> None:
    path = write_excel(tmp_path / "a.xlsx", ("a", "b"), (7, "x"))
    formula = f'<c r="A2"><f>3+4</f>{stored}</c>'.encode()
    rewrite(path, SHEET, lambda xml: xml.replace(b'<c r="A2" t="n"><v>7</v></c>', formula))
    assert reason(path).startswith("la cellule A2 contient une formule sans résultat : ouvrez")


def test_takes_a_formula_whose_result_is_an_empty_text(tmp_path: Path) -> None:
    path = write_excel(tmp_path / "a.xlsx", ("a", "b"), (7, "x"))
    formula = b'<c r="A2" t="str"><f>IF(1,"","")</f><v></v></c>'
    rewrite(path, SHEET, lambda xml: xml.replace(b'<c r="A2" t="n"><v>7</v></c>', formula))
    assert cells(path) == [("", "x")]


def test_refuses_a_formula_without_result_in_ods(tmp_path: Path) -> None:
    path = write_ods(tmp_path / "a.ods", ("a",), ("7",))
    bare = b'<table:table-cell table:formula="of:=3+4"/></table:table-row></table:table>'
    rewrite(path, "content.xml", lambda xml: xml.replace(b"</table:table-row></table:table>", bare))
    assert "ligne 2 contient une formule sans résultat" in reason(path)


def test_refuses_a_calculation_error_rather_than_read_nothing(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["a", "b"])
    book.active.append(["#N/A", "x"])
    book.active["A2"].data_type = "e"
    book.save(tmp_path / "a.xlsx")
    assert reason(tmp_path / "a.xlsx").startswith("la cellule A2 contient une erreur de calcul")


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "enregistrez-le en .xlsx"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "protégé par un mot de passe",
        ),
        (b"a;b\r\n1;2\r\n", "ne s’ouvre pas"),
        (b"", "ne s’ouvre pas"),
    ],
)
def test_says_what_an_excel_file_really_is(tmp_path: Path, content: bytes, wanted: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert wanted in reason(path)


def test_refuses_binary_workbooks_and_locked_ods(tmp_path: Path) -> None:
    binary, locked = tmp_path / "a.xlsb", write_ods(tmp_path / "a.ods", ("a",))
    with zipfile.ZipFile(binary, "w") as archive:
        archive.writestr("xl/workbook.bin", b"")
    rewrite(locked, "META-INF/manifest.xml", lambda xml: xml + b"<manifest:encryption-data/>")
    assert "enregistrez-le en .xlsx" in reason(binary)
    assert "mot de passe" in reason(locked)


@pytest.mark.parametrize("epoch", ["1900", "1904"])
def test_reads_days_in_both_calendars_of_excel(tmp_path: Path, epoch: str) -> None:
    book = Workbook()
    if epoch == "1904":
        book.epoch = CALENDAR_MAC_1904
    book.active.append(["a"])
    book.active.append([date(2022, 9, 23)])
    book.save(tmp_path / "a.xlsx")
    assert cells(tmp_path / "a.xlsx") == [("2022-09-23",)]


@pytest.mark.django_db
def test_leaves_hidden_sheets_aside_and_says_so(tmp_path: Path) -> None:
    plans: list[list[Any]] = [PLANS.split(";"), ["État", 1]]
    path = write_excel(
        tmp_path / "a.xlsx", *plans, sheets={"Ancien": [PLANS.split(";"), ["Anah", 2]]}
    )
    book = load_workbook(path)
    book["Ancien"].sheet_state = "hidden"
    book.save(path)
    report = take(path)
    assert (outcomes(report), report.notes[0].value) == ({"created": 1}, "Ancien")
    assert PlannedCommitment.objects.get().funder.name == "État"


@pytest.mark.django_db
def test_tells_the_cells_that_a_merger_left_empty(tmp_path: Path) -> None:
    path = write_excel(tmp_path / "a.xlsx", PLANS.split(";"), ["État", 1], ["Anah", 2])
    book = load_workbook(path)
    book.active.merge_cells("A2:A3")
    book.save(path)
    (refusal,) = take(path).refused
    assert (refusal.line, refusal.column, refusal.reason) == (
        3,
        "financeur",
        "cellule vide, à remplir",
    )


@pytest.mark.django_db
def test_a_day_left_as_a_serial_number_is_refused(tmp_path: Path, country: Country) -> None:
    row = ["M1", "01004", "Anah", "x", 44827, 1]
    (refusal,) = take(write_excel(tmp_path / "m.xlsx", MISSIONS.split(";"), row)).refused
    assert (refusal.column, refusal.value) == ("date_notification", "44827")
    assert country.bourg


# Text files


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        ("financeur;montant\nÉtat;1\n".encode("utf-16-le"), "CSV UTF-8"),
        ("financeur;montant\nÉtat;1\n".encode("mac-roman"), "Mac Roman"),
        (b"a;b\n1;\x00\n", "CSV UTF-8"),
        (b"a;b\n\xff\x81;1\n", "encodage inconnu"),
        (b"PK\x03\x04", "suffixe .xlsx"),
        (b"", "vide"),
        (b"\xef\xbb\xbf", "vide"),
    ],
)
def test_refuses_bytes_that_are_no_text(tmp_path: Path, content: bytes, wanted: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    assert wanted in reason(path)


def test_takes_windows_text_full_of_quotes_and_capitals(tmp_path: Path) -> None:
    text = "nom;objet\n«\u00a0Élan\u00a0»;l’œuvre… — €\n"
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode("cp1252"))
    assert cells(path) == [("«\u00a0Élan\u00a0»", "l’œuvre… — €")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "header",
    [
        "financeur,montant",
        "financeur\tmontant",
        '"Financeur ";MONTANT',
        "\u00a0financeur;montant\u202f",
    ],
)
def test_reads_headers_however_they_are_written(tmp_path: Path, header: str) -> None:
    sign = next(sign for sign in ";,\t" if sign in header)
    assert outcomes(take(write_text(tmp_path / "p.csv", header, f"Anah{sign}12"))) == {"created": 1}


@pytest.mark.django_db
def test_a_formula_in_a_text_file_is_plain_text(tmp_path: Path, country: Country) -> None:
    theme = '=HYPERLINK(""http://exemple.fr"")'
    take(write_text(tmp_path / "m.csv", MISSIONS, f'M1;01004;Anah;"{theme}";2022-01-01;1'))
    assert ExpertiseMission.objects.get().theme == '=HYPERLINK("http://exemple.fr")'
    assert country.bourg


@pytest.mark.django_db
def test_a_header_alone_is_said(tmp_path: Path) -> None:
    report = take(write_text(tmp_path / "p.csv", PLANS))
    assert (report.refused, outcomes(report)) == ([], {})
    assert "rien à reprendre" in report.notes[0].reason


def test_reads_a_file_of_fifty_megabytes(tmp_path: Path) -> None:
    line = b"x" * 499 + b";" + b"y" * 499 + b"\n"
    path = tmp_path / "a.csv"
    path.write_bytes(b"a;b\n" + line * ((MAX_BYTES - 4) // len(line)))
    assert MAX_BYTES - path.stat().st_size < len(line)
    assert len(cells(path)) == MAX_BYTES // len(line)


# What is no file


def test_refuses_a_pipe_a_folder_and_what_vanished(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tuyau.csv")
    (tmp_path / "dossier.csv").mkdir()
    (tmp_path / "lien.csv").symlink_to(tmp_path / "parti.csv")
    assert reason(tmp_path / "tuyau.csv") == "ce n’est pas un fichier"
    assert reason(tmp_path / "dossier.csv") == "ce n’est pas un fichier"
    assert reason(tmp_path / "lien.csv") == "le fichier n’est plus là"
    assert reason(tmp_path / "parti.csv") == "le fichier n’est plus là"


def test_follows_a_link_to_a_file(tmp_path: Path) -> None:
    write_text(tmp_path / "vrai.csv", "a;b", "1;2")
    (tmp_path / "lien.csv").symlink_to(tmp_path / "vrai.csv")
    assert cells(tmp_path / "lien.csv") == [("1", "2")]


@pytest.mark.django_db
def test_names_the_file_that_is_refused_and_writes_nothing(tmp_path: Path) -> None:
    write_text(tmp_path / "bon.csv", PLANS, "Anah;1")
    (tmp_path / "vieux.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    (tmp_path / "dossier.csv").mkdir()
    report = take(tmp_path)
    assert [(remark.file, remark.line) for remark in report.refused] == [("vieux.xls", 1)]
    assert (report.ignored, PlannedCommitment.objects.count()) == (["dossier.csv"], 0)


def test_keeps_cells_as_numbers_of_any_size(tmp_path: Path) -> None:
    values: list[Any] = [0.1 + 0.2, 12345678901234.56, 0.000001, -12.5, 180067027, 21430077400012]
    path = write_excel(tmp_path / "a.xlsx", list("abcdef"), values)
    wanted = ("0.3", "12345678901234.56", "0.000001", "-12.5", "180067027", "21430077400012")
    assert cells(path) == [wanted]
