from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.foundations.imports.declarations import follow_up_files
from beffroi.foundations.imports.rules import recognise

DECLARED = {name: file.columns for name, file in follow_up_files().items()}
COLUMNS = [(name, column) for name, columns in DECLARED.items() for column in columns]


def test_knows_the_nine_files_in_the_order_of_import() -> None:
    assert list(DECLARED) == [
        "adhesions",
        "conventions-cadre",
        "chefs-de-projet",
        "contrats-securite",
        "engagements-previsionnels",
        "missions",
        "engagements",
        "fonds-friches",
        "rencontres",
    ]


@given(st.sampled_from(sorted(DECLARED)).flatmap(lambda n: st.permutations(DECLARED[n])))
def test_recognises_a_file_by_its_columns_in_any_order(header: list[str]) -> None:
    found = recognise(header, DECLARED)
    assert set(DECLARED[found.name]) == set(header)
    assert (found.missing, found.extra) == ((), ())


@pytest.mark.parametrize(("name", "column"), COLUMNS)
def test_names_the_one_missing_column_of_the_right_file(name: str, column: str) -> None:
    found = recognise([other for other in DECLARED[name] if other != column], DECLARED)
    assert (found.name, found.missing) == (name, (column,))


@pytest.mark.parametrize("name", DECLARED)
def test_recognises_a_file_with_extra_columns(name: str) -> None:
    found = recognise([*DECLARED[name], "commentaire", "suivi par"], DECLARED)
    assert (found.name, found.missing) == (name, ())
    assert found.extra == ("commentaire", "suivi par")


def test_understands_no_file_it_shares_little_with() -> None:
    assert recognise(["nom", "prenom", "montant"], DECLARED).name != "missions"
    assert recognise(["nom", "prenom", "insee_com"], DECLARED).name == ""
    assert recognise([], DECLARED).name == ""


def test_reads_column_names_in_any_case() -> None:
    assert recognise(["FINANCEUR", "Montant"], DECLARED).name == "engagements-previsionnels"
