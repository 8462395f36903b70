"""Tables written for spreadsheets: real cells, and no text that could run."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook

from beffroi.foundations.imports.files import Cell, Format, read_file, trimmed, write_table
from beffroi.foundations.imports.files.tables import clean
from beffroi.foundations.spreadsheets import guard, unguard

DANGEROUS = ["=1+1", "+33 4", "-5", "@A1", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠A", " =1", "'=1"]


def written(fmt: Format, *rows: tuple[Cell, ...], header: tuple[str, ...] = ("a", "b")) -> bytes:
    out = io.BytesIO()
    write_table(out, name="feuille", header=header, rows=rows, fmt=fmt)
    return out.getvalue()


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def test_writes_csv_as_french_spreadsheets_open_it() -> None:
    content = written(Format.CSV, ("01004", Decimal("-12.50")), ("É;t", date(2022, 1, 2)))
    assert content == '\ufeffa;b\r\n01004;-12,50\r\n"É;t";2022-01-02\r\n'.encode()


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_dangerous_text_never_starts_a_csv_cell(text: str) -> None:
    line = written(Format.CSV, (text, "x")).decode("utf-8-sig").split("\r\n", 1)[1]
    assert line.lstrip('"').startswith("'")


@pytest.mark.parametrize("text", ["abc", "'s-Graveland", "1-2", "a=b", "", "'"])
def test_other_texts_get_no_apostrophe(text: str) -> None:
    assert guard(text) == text


@given(st.text())
@example("'=1")
@example("''+1")
@example("'\u3000－")
def test_the_reader_takes_off_just_what_the_writer_put(text: str) -> None:
    assert unguard(guard(text)) == text


@pytest.mark.parametrize("text", [*DANGEROUS, "#N/A", '=HYPERLINK("http://x")'])
def test_excel_gets_texts_and_no_formula(text: str) -> None:
    sheet = part(written(Format.XLSX, (text, "x")), "xl/worksheets/sheet1.xml")
    assert ("<f>" in sheet, 't="e"' in sheet) == (False, False)
    assert sheet.count('t="inlineStr"') == 4


@pytest.mark.parametrize("text", [*DANGEROUS, '=HYPERLINK("http://x")'])
def test_ods_gets_texts_and_no_formula(text: str) -> None:
    content = part(written(Format.ODS, (text, "x")), "content.xml")
    assert "table:formula" not in content
    assert content.count('office:value-type="string"') == 4


def test_days_and_amounts_are_real_cells_in_excel_and_codes_are_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(written(Format.XLSX, ("01004", Decimal("-12.50")), ("x", date(2022, 1, 2))))
    rows = list(load_workbook(path).active.iter_rows(min_row=2))
    assert [(cell.value, cell.number_format) for cell in rows[0]] == [
        ("01004", "@"),
        (-12.5, "0.00"),
    ]
    assert (rows[1][1].is_date, rows[1][1].number_format) == (True, "dd/mm/yyyy")


def test_days_and_amounts_are_real_cells_in_ods() -> None:
    content = part(written(Format.ODS, (date(2022, 1, 2), Decimal("-12.50"))), "content.xml")
    assert 'office:date-value="2022-01-02"' in content
    assert 'office:value-type="float" office:value="-12.50"' in content


@pytest.mark.parametrize("fmt", [*Format])
def test_texts_and_numbers_are_read_back(tmp_path: Path, fmt: Format) -> None:
    path = tmp_path / f"a.{fmt}"
    rows = [(text, number) for text, number in zip(DANGEROUS, range(-3, 20), strict=False)]
    path.write_bytes(written(fmt, *rows, ('<&">', Decimal("12345678901234.56"))))
    (table,) = read_file(path).tables
    wanted = [(clean(text.replace("\r", "\n")), str(number)) for text, number in rows]
    wanted.append(('<&">', "12345678901234.56"))
    read = [
        (text.strip(), number.replace(",", ".")) for text, number in (r.cells for r in table.rows)
    ]
    assert read == wanted


@pytest.mark.parametrize("fmt", [*Format])
def test_writes_a_row_at_a_time(fmt: Format) -> None:
    """The first rows are on their way before the last ones are made."""
    made: list[int] = []

    def rows() -> Iterator[tuple[Cell, ...]]:
        for number in range(20_000):
            made.append(number)
            yield f"texte {number * 7919 % 104_729}", number

    class Watched(io.BytesIO):
        seen_at: int | None = None

        def write(self, piece: bytes) -> int:  # type: ignore[override]
            self.seen_at = len(made) if self.seen_at is None and len(piece) > 1000 else self.seen_at
            return super().write(piece)

    out = Watched()
    write_table(out, name="x", header=("a", "b"), rows=rows(), fmt=fmt)
    assert len(made) == 20_000
    if fmt is not Format.XLSX:  # its rows go through a file of their own
        assert out.seen_at is not None
        assert out.seen_at < 20_000


def test_leaves_out_what_xml_cannot_carry(tmp_path: Path) -> None:
    for fmt in (Format.XLSX, Format.ODS):
        path = tmp_path / f"a.{fmt}"
        path.write_bytes(written(fmt, ("a\x00b\x0bc", "x")))
        assert read_file(path).tables[0].rows[0].cells == ("abc", "x")


@pytest.mark.parametrize(
    ("number", "text"), [("15910.00", "15910"), ("10.50", "10.5"), ("0.00", "0"), ("100.00", "100")]
)
def test_trims_idle_decimals(number: str, text: str) -> None:
    assert f"{trimmed(Decimal(number)):f}" == text
