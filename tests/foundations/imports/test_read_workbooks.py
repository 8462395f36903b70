from __future__ import annotations

import zipfile
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beffroi.foundations.imports.files import Unreadable, read_file
from beffroi.foundations.imports.files.workbooks import cell_text
from tests.foundations.imports.tables import write_excel, write_ods


def test_reads_an_excel_sheet_as_text_with_its_lines(tmp_path: Path) -> None:
    rows = [
        ("insee_com", "date"),
        (1004.0, date(2022, 12, 31)),
        (),
        ("2A004", datetime(2022, 1, 2)),  # noqa: DTZ001
    ]
    (table,) = read_file(write_excel(tmp_path / "a.xlsx", *rows)).tables
    assert table.header == ("insee_com", "date")
    assert [(row.line, row.cells) for row in table.rows] == [
        (2, ("1004", "2022-12-31")),
        (4, ("2A004", "2022-01-02")),
    ]


def test_reads_an_ods_sheet(tmp_path: Path) -> None:
    path = write_ods(tmp_path / "a.ods", ("financeur", "montant"), ("État", 1250000.5))
    (table,) = read_file(path).tables
    assert (table.name, table.header) == ("Feuille1", ("financeur", "montant"))
    assert table.rows[0].cells == ("État", "1250000.5")


def test_leaves_empty_sheets_out(tmp_path: Path) -> None:
    path = write_excel(tmp_path / "a.xlsx", ("a",), ("1",), sheets={"Vide": [], "Notes": [["n"]]})
    assert [table.name for table in read_file(path).tables] == ["Sheet", "Notes"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1004.0, "1004"),
        (0.1 + 0.2, "0.3"),
        (62034.54, "62034.54"),
        (True, "oui"),
        (None, ""),
        (datetime(2022, 1, 2, 8, 30), "2022-01-02 08:30:00"),  # noqa: DTZ001
    ],
)
def test_writes_a_cell_as_a_person_would(value: object, text: str) -> None:
    assert cell_text(value) == text


def test_refuses_a_damaged_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    for content in (b"PK\x03\x04 coupe", b"pas un classeur"):
        path.write_bytes(content)
        with pytest.raises(Unreadable, match="classeur"):
            read_file(path)


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_reads_or_refuses_whatever_the_damage(tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "a.xlsx"
    content = bytearray(write_excel(path, ("a", "b"), ("1", "2")).read_bytes())
    # Shares, not positions: a workbook holds its hour, and its length is not quite the same twice.
    for share in data.draw(st.lists(st.floats(0, 0.999), min_size=1, max_size=20)):
        content[int(share * len(content))] = data.draw(st.integers(0, 255))
    path.write_bytes(content[: int(data.draw(st.floats(0, 1)) * len(content))])
    with suppress(Unreadable):
        assert read_file(path).tables


def test_refuses_cells_worlds_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_excel(path, ("a", "b"))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(
        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises(Unreadable, match="éloignées"):
        read_file(path)


def test_refuses_an_ods_that_repeats_a_cell_without_measure(tmp_path: Path) -> None:
    path = write_ods(tmp_path / "a.ods", ("a", "b"))
    with zipfile.ZipFile(path) as archive:
        content = archive.read("content.xml").decode()
    repeated = content.replace(
        "<table:table-row>", '<table:table-row table:number-rows-repeated="1000000">'
    ).replace("<table:table-cell ", '<table:table-cell table:number-columns-repeated="1000" ')
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", repeated)
    with pytest.raises(Unreadable, match="éloignées"):
        read_file(path)


def test_refuses_what_unpacks_beyond_measure(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(5):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", bytes(90 * 1024 * 1024))
    with pytest.raises(Unreadable, match="démesuré"):
        read_file(path)
