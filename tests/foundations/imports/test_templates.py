"""Workbooks to fill in: what they check, what they say, and that they are read."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from openpyxl import Workbook, load_workbook

from beffroi.foundations.imports.actions import import_files
from beffroi.foundations.imports.columns import Kind
from beffroi.foundations.imports.declarations import FollowUpFile, follow_up_files
from beffroi.foundations.imports.filling_in import write_template
from tests.foundations.imports.country import EPCI, NOW, TODAY, Country, outcomes

pytestmark = pytest.mark.django_db
DECLARED = follow_up_files()
EVERY_FILE = pytest.mark.parametrize("declared", DECLARED.values(), ids=lambda file: file.name)

FILLED: dict[str, dict[str, Any]] = {
    "chefs-de-projet": {"code_employeur": "01004"},
    "conventions-cadre": {"siren_epci": EPCI},
    "rencontres": {"region": "Auvergne-Rhône-Alpes"},
}


def template(declared: FollowUpFile[Any]) -> Workbook:
    out = io.BytesIO()
    write_template(out, declared=declared)
    return load_workbook(out)


@EVERY_FILE
def test_the_sheet_to_fill_in_has_the_header_and_keeps_zeros(declared: FollowUpFile[Any]) -> None:
    sheet = template(declared).worksheets[0]
    assert tuple(cell.value for cell in sheet[1]) == declared.columns
    for cell, column in zip(sheet[1], declared.described, strict=True):
        dimension = sheet.column_dimensions[cell.column_letter]
        assert dimension.width > len(column.name)
        assert (dimension.number_format == "@") == (column.kind in {Kind.CODE, Kind.TEXT})


@EVERY_FILE
def test_every_column_is_explained(declared: FollowUpFile[Any]) -> None:
    rows = list(template(declared)["Lisez-moi"].iter_rows(values_only=True))
    explained = {row[0]: row for row in rows if row[0] in declared.columns}
    assert set(explained) == set(declared.columns)
    for column in declared.described:
        _, text, required, form, example, values = explained[column.name]
        assert text.startswith(column.label)
        assert (required == "oui") == column.is_required
        assert (bool(form), example) == (True, column.example)
        assert all(value in (values or "") for value in column.values())


@EVERY_FILE
def test_lists_and_dates_are_checked_while_they_are_typed(declared: FollowUpFile[Any]) -> None:
    sheet = template(declared).worksheets[0]
    rules = {str(rule.sqref)[0]: rule for rule in sheet.data_validations.dataValidation}
    for cell, column in zip(sheet[1], declared.described, strict=True):
        rule: Any = rules.get(cell.column_letter)
        if column.values():
            assert rule.type == "list"
            assert rule.showErrorMessage == column.is_closed
        elif column.kind is Kind.DAY:
            assert (rule.type, rule.formula1) == ("date", "36526")


def test_a_list_points_at_its_values(country: Country) -> None:
    book = template(DECLARED["missions"])
    rule = next(r for r in book.worksheets[0].data_validations.dataValidation if r.type == "list")
    _, cells = rule.formula1.split("!")
    (*listed,) = (row[0].value for row in book["Listes"][cells.replace("$", "")])
    assert "Anah" in listed
    assert listed == sorted(listed)
    assert (book["Listes"].sheet_state, bool(country)) == ("hidden", True)


@EVERY_FILE
def test_an_empty_template_is_read_as_such(
    tmp_path: Path, country: Country, declared: FollowUpFile[Any]
) -> None:
    path = tmp_path / "modele.xlsx"
    template(declared).save(path)
    report = import_files(path=path, today=TODAY, at=NOW)
    assert (report.refused, outcomes(report)) == ([], {})
    assert [note.reason for note in report.notes] == [
        "le fichier n’a que son en-tête : il n’y a rien à reprendre"
    ]
    assert country.bourg


@EVERY_FILE
def test_a_filled_template_is_read(
    tmp_path: Path, country: Country, declared: FollowUpFile[Any]
) -> None:
    book = template(declared)
    row = {column.name: _typed(column.kind, column.example) for column in declared.described}
    row |= {"insee_com": "01004"} if "insee_com" in row else {}
    book.worksheets[0].append(list((row | FILLED.get(declared.name, {})).values()))
    book.save(tmp_path / "rempli.xlsx")
    report = import_files(path=tmp_path / "rempli.xlsx", today=TODAY, at=NOW)
    assert (report.refused, outcomes(report)) == ([], {"created": 1})
    assert country.bourg


def _typed(kind: Kind, example: str) -> Any:
    if kind is Kind.DAY:
        return date.fromisoformat(example)
    if kind in {Kind.EUROS, Kind.NUMBER, Kind.WHOLE}:
        return float(example.replace(",", "."))
    return example


def test_the_command_writes_one_workbook_per_file(tmp_path: Path) -> None:
    call_command("register_templates", str(tmp_path / "modeles"), stdout=io.StringIO())
    names = {path.name for path in (tmp_path / "modeles").iterdir()}
    assert names == {f"modele-{name}.xlsx" for name in DECLARED}
