"""Empty workbooks to fill in: the header of a follow-up file, its rules, and what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from beffroi.foundations.imports.columns import Column, Kind
from beffroi.foundations.imports.declarations import FollowUpFile
from beffroi.foundations.imports.rules import EARLIEST_YEAR, LATEST_YEAR

READ_ME, LISTS = "Lisez-moi", "Listes"
OWN_SHEETS = frozenset({READ_ME, LISTS})
_LAST_ROW = 1_048_576
_WIDTHS = {Kind.TEXT: 30, Kind.CODE: 18, Kind.DAY: 16, Kind.EUROS: 18}
_FORMATS = {
    Kind.TEXT: "@",
    Kind.CODE: "@",
    Kind.DAY: "dd/mm/yyyy",
    Kind.EUROS: "#,##0.00",
    Kind.NUMBER: "0.##",
    Kind.WHOLE: "0",
}
_FORMS = {
    Kind.DAY: "31/12/2022 ou 2022-12-31",
    Kind.EUROS: "21 667,00 : deux décimales au plus",
    Kind.NUMBER: "1 250,5 : deux décimales au plus",
    Kind.WHOLE: "12",
    Kind.CODE: "texte, zéros initiaux compris",
    Kind.TEXT: "texte",
}
_BOLD, _TITLE = Font(bold=True), Font(bold=True, size=14)
_REQUIRED = PatternFill("solid", start_color="D9E2F3")
_WRAP = Alignment(wrap_text=True, vertical="top")
_HEADINGS = ("Colonne", "Ce qu’elle contient", "Obligatoire", "Forme", "Exemple", "Valeurs")


def write_template(out: IO[bytes], *, declared: FollowUpFile[Any]) -> None:
    """Write the workbook: a sheet to fill in, « Lisez-moi », and the lists that it offers."""
    book = Workbook()
    sheet = book.active
    sheet.title = declared.name
    sheet.freeze_panes = "A2"
    read_me, lists = book.create_sheet(READ_ME), book.create_sheet(LISTS)
    lists.sheet_state = "hidden"
    _explain(read_me, declared)
    for number, column in enumerate(declared.described, start=1):
        values = list(column.values())
        _head(sheet, number, column)
        _list(lists, number, column, values)
        _explain_column(read_me, column, values)
        rule = _rule(number, column, values)
        if rule is not None:
            letter = get_column_letter(number)
            rule.add(f"{letter}2:{letter}{_LAST_ROW}")
            sheet.add_data_validation(rule)
    book.save(out)


def _head(sheet: Worksheet, number: int, column: Column) -> None:
    cell = sheet.cell(1, number, column.name)
    cell.font = _BOLD
    if column.is_required:
        cell.fill = _REQUIRED
    # The whole column, so that Excel keeps the zeros of a code typed into an empty cell.
    whole = sheet.column_dimensions[get_column_letter(number)]
    whole.width = max(_WIDTHS.get(column.kind, 14), len(column.name) + 4)
    whole.number_format = _FORMATS[column.kind]


def _list(sheet: Worksheet, number: int, column: Column, values: Sequence[str]) -> None:
    for row, value in enumerate((column.name, *values), start=1):
        _write(sheet.cell(row, number), value)


def _write(cell: Cell, text: str) -> None:
    """A text, never a formula: funders are named by people."""
    cell.value = text
    cell.data_type = "s"


def _rule(number: int, column: Column, values: Sequence[str]) -> DataValidation | None:
    """What the spreadsheet itself checks while a cell is typed."""
    if values:
        letter = get_column_letter(number)
        cells = f"'{LISTS}'!${letter}$2:${letter}${len(values) + 1}"
        rule = DataValidation(type="list", formula1=cells, allow_blank=not column.is_required)
        rule.showErrorMessage = column.is_closed
        rule.error = "Choisissez une valeur de la liste ; elles sont dans « Lisez-moi »."
    elif column.kind is Kind.DAY:
        rule = DataValidation(
            type="date",
            operator="between",
            formula1=_as_serial(date(EARLIEST_YEAR, 1, 1)),
            formula2=_as_serial(date(LATEST_YEAR, 12, 31)),
            showErrorMessage=True,
        )
        rule.error = f"Une date est attendue, de {EARLIEST_YEAR} à {LATEST_YEAR}."
    elif column.kind in {Kind.EUROS, Kind.NUMBER, Kind.WHOLE}:
        kind = "whole" if column.kind is Kind.WHOLE else "decimal"
        rule = DataValidation(
            type=kind, operator="greaterThanOrEqual", formula1="0", showErrorMessage=True
        )
        rule.error = "Un nombre de zéro ou plus est attendu."
    else:
        return None
    rule.errorTitle = column.name
    return rule


def _as_serial(day: date) -> str:
    """The day as spreadsheets count: days since 30 December 1899."""
    return str((day - date(1899, 12, 30)).days)


def _explain(sheet: Worksheet, declared: FollowUpFile[Any]) -> None:
    known = f"Une ligne déjà connue est mise à jour (elle se reconnaît à « {declared.key_column} »)"
    lines = (
        f"{declared.label[:1].upper()}{declared.label[1:]} : fichier « {declared.name} »",
        f"Remplissez la feuille « {declared.name} » sans toucher à sa première ligne.",
        "L’ordre des colonnes est libre ; un titre sur fond bleu veut une valeur à chaque ligne.",
        f"{known} ; une ligne absente n’est jamais supprimée.",
    )
    for line in lines:
        sheet.append([line])
    sheet.append([])
    sheet.append(_HEADINGS)
    sheet["A1"].font = _TITLE
    for cell in sheet[sheet.max_row]:
        cell.font = _BOLD
    for letter, width in zip("ABCDEF", (22, 60, 14, 34, 26, 60), strict=True):
        sheet.column_dimensions[letter].width = width


def _explain_column(sheet: Worksheet, column: Column, values: Sequence[str]) -> None:
    texts = (
        column.name,
        f"{column.label}. {column.help}".strip(),
        "oui" if column.is_required else "non",
        _FORMS[column.kind],
        column.example,
        " ; ".join(values) + ("" if column.is_closed or not values else " ; ou une autre"),
    )
    row = sheet.max_row + 1
    for number, text in enumerate(texts, start=1):
        cell = sheet.cell(row, number)
        _write(cell, text)
        cell.alignment = _WRAP
