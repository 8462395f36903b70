from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.foundations.imports.files import MAX_BYTES, Table, Unreadable, read_file
from beffroi.foundations.imports.files.delimited import read_delimited
from tests.foundations.imports.tables import write_text


def table(content: bytes | str) -> Table:
    (found,) = read_delimited(content.encode() if isinstance(content, str) else content)
    return found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_reads_whatever_wrote_the_file(tmp_path: Path, encoding: str, end: str) -> None:
    lines = ["financeur;montant", "État;1\u00a0250,00 €"]
    path = write_text(tmp_path / "a.csv", *lines, encoding=encoding, end=end)
    (found,) = read_file(path).tables
    assert found.header == ("financeur", "montant")
    assert [(row.line, row.cells) for row in found.rows] == [(2, ("État", "1\u00a0250,00 €"))]


def test_keeps_the_lines_of_the_file_through_blank_ones() -> None:
    found = table("a;b\n\n1;2\n;\n  ;\t\n3;4\n\n")
    assert [(row.line, row.cells) for row in found.rows] == [(3, ("1", "2")), (6, ("3", "4"))]


def test_reads_quoted_cells_with_separators_quotes_and_line_ends() -> None:
    found = table('"a";"b"\n"un; deux";"dit ""oui"""\n"deux\nlignes";x\n5;6\n')
    assert [(row.line, row.cells) for row in found.rows] == [
        (2, ("un; deux", 'dit "oui"')),
        (3, ("deux\nlignes", "x")),
        (5, ("5", "6")),
    ]


def test_spoils_only_the_line_whose_quote_stays_open() -> None:
    found = table('a;b\n1;"ouvert\n3;4\n5;"six"\n')
    assert [(row.line, bool(row.flaw)) for row in found.rows] == [(2, True), (3, False), (4, False)]
    assert found.rows[1].cells == ("3", "4")


def test_tells_rows_too_short_or_too_long_and_forgives_empty_ends() -> None:
    found = table("a;b\n1\n1;2;3\n1;2;;\n")
    assert [row.flaw for row in found.rows] == [
        "la ligne compte 1 cellule, l’en-tête 2",
        "la ligne compte 3 cellules, l’en-tête 2",
        "",
    ]


def test_trims_cells_and_composes_accents() -> None:
    assert table("a;b\n\u00a0E\u0301tat \u202f;x\n").rows[0].cells == ("État", "x")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("État;x\n".encode() + "Égalité\n".encode("cp1252"), "mêlés .* ligne 2"),
        (b"a;b\n1\0;2\n", "pas un fichier de texte"),
        (b"a\x81b", "encodage inconnu"),
    ],
)
def test_refuses_what_is_not_text_of_one_encoding(content: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read_delimited(content)


def test_refuses_by_size_kind_and_emptiness(tmp_path: Path) -> None:
    heavy, empty, other = (tmp_path / name for name in ("h.csv", "e.csv", "o.json"))
    with heavy.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    write_text(empty, "", " ")
    write_text(other, "{}")
    for path, reason in ((heavy, "50 Mo"), (empty, "vide"), (other, "genre")):
        with pytest.raises(Unreadable, match=reason):
            read_file(path)


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r\ufeff"), max_size=12)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6))
def test_reads_back_what_a_writer_quoted(rows: list[list[str]]) -> None:
    import csv
    import io

    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    found = table("a;b;c\n" + out.getvalue()).rows
    from beffroi.foundations.imports.files.tables import clean

    wanted = [tuple(clean(cell) for cell in row) for row in rows]
    assert [row.cells for row in found] == [row for row in wanted if any(row)]
