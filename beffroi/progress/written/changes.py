"""A comparison as it is written: the model of its page, its CSV and its JSON. Pure."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import Any

from beffroi.foundations.dates import format_date
from beffroi.foundations.spreadsheets.guards import guard

from ..comparison import CellChange, Comparison, FigureChange, Kind, Movement
from ..comparison.words import (
    is_plural,
    word_cause,
    word_count,
    word_counts,
    word_difference,
    word_value,
    write_signed,
)
from ..frozen import OpenedRow, OpenedTable, write_cells
from ..indicators import BY_CODE
from ..indicators.tables import OF_TOWNS
from ..presentation import write_version
from ..report import Report
from ..rules import EUROS, PERCENT, Figure, Number, format_fraction, plain_number

SHOWN = 50
_EMPTY = "vide"
_COUNTED = frozenset({EUROS, "ha", "habitants", "participants"})
_COLUMNS = (
    "figure",
    "code",
    "mouvement",
    "cle",
    "libelle",
    "date",
    "motif",
    "colonne",
    "avant",
    "apres",
)


@dataclass(frozen=True, slots=True)
class WrittenCell:
    """A cell that changed: `Montant`, `100,00 €`, `250,50 €`."""

    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class WrittenMove:
    """A row that moved. `town` is its INSEE code where the row is a town; `effect` is empty where
    each row counts for one."""

    mark: str
    name: str
    town: str
    cause: str
    effect: str
    changes: tuple[WrittenCell, ...]


@dataclass(frozen=True, slots=True)
class MoveGroup:
    """The rows that moved in one way: the first of them, and how many more there are."""

    title: str
    moves: tuple[WrittenMove, ...]
    more: int


@dataclass(frozen=True, slots=True)
class WrittenChange:
    """A figure that changed. `fractions` are those of a share, before and after; `versions` the
    two definitions where they differ; `twin` and `over` the figures whose rows say the rest."""

    figure: Figure
    before: str
    after: str
    difference: str
    counts: str
    fractions: tuple[str, str]
    versions: tuple[str, str] | None
    twin: Figure | None
    over: Figure | None
    has_over_changed: bool
    groups: tuple[MoveGroup, ...]


@dataclass(frozen=True, slots=True)
class WrittenComparison:
    """What the page says: the figures that changed, and the labels of those that did not."""

    changes: tuple[WrittenChange, ...]
    unchanged: tuple[str, ...]
    summary: str


def write_changes(comparison: Comparison) -> WrittenComparison:
    """The texts of a comparison, each list of rows cut at the first SHOWN."""
    changed = comparison.changed
    return WrittenComparison(
        tuple(_written(change, comparison) for change in changed),
        tuple(one.figure.label for one in comparison.figures if not one.has_changed),
        _summary(comparison),
    )


def write_changes_csv(comparison: Comparison) -> str:
    """Every row that moved, one line each, or one for each cell where cells changed."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(_COLUMNS)
    for change in comparison.changed:
        for movement in change.movements:
            for cells in _cells(movement):
                line = (*_described(change, movement), *cells)
                writer.writerow([guard(cell) for cell in line])
    return text.getvalue()


def write_changes_json(comparison: Comparison) -> str:
    """The figures that changed, with every row that moved, in numbers of JSON."""
    written = {
        "since": comparison.before.as_of.isoformat(),
        "as_of": comparison.after.as_of.isoformat(),
        "territory": comparison.after.territory,
        "changes": {change.code: _plain(change) for change in comparison.changed},
        "unchanged": [one.code for one in comparison.figures if not one.has_changed],
    }
    return json.dumps(written, ensure_ascii=False, indent=1) + "\n"


def name_day(report: Report, *, other: Report) -> str:
    """`le 30 juin 2022`, or `la révision 1` beside another revision of the same day."""
    if report.as_of == other.as_of and report.reference:
        return f"la révision {report.revision}"
    return f"le {format_date(report.as_of)}"


def _summary(comparison: Comparison) -> str:
    """`14 chiffres sur 21 ont changé depuis le 30 juin 2022.`"""
    since = name_day(comparison.before, other=comparison.after)
    count, total = len(comparison.changed), len(comparison.figures)
    if not count:
        return f"Rien n’a changé depuis {since}."
    figures, have = ("chiffres", "ont") if is_plural(count) else ("chiffre", "a")
    return f"{count}\u00a0{figures} sur {total} {have} changé depuis {since}."


def _written(change: FigureChange, comparison: Comparison) -> WrittenChange:
    over = comparison.figure(_over(change))
    twin = comparison.figure(change.twin)
    fractions = tuple(format_fraction(one) if one else "" for one in (change.before, change.after))
    return WrittenChange(
        figure=change.figure,
        before=word_value(change, is_after=False),
        after=word_value(change, is_after=True),
        difference=word_difference(change),
        counts=word_counts(change),
        fractions=(fractions[0], fractions[1]),
        versions=_versions(change),
        twin=twin.figure if twin else None,
        over=over.figure if over else None,
        has_over_changed=over is not None and over.has_changed,
        groups=() if twin else tuple(_group(change, kind) for kind in Kind if change.moved(kind)),
    )


def _over(change: FigureChange) -> str:
    """The figure that opens the denominator, also of reports frozen before figures named it."""
    sides = [one.over_code for one in (change.after, change.before) if one]
    declared = BY_CODE.get(change.code)
    sides.append(declared.over_code if declared else "")
    return next(filter(None, sides), "")


def _versions(change: FigureChange) -> tuple[str, str] | None:
    if not (change.is_redefined and change.before and change.after):
        return None
    return write_version(change.before), write_version(change.after)


def _group(change: FigureChange, kind: Kind) -> MoveGroup:
    moved = change.moved(kind)
    shown = tuple(_move(change, movement) for movement in moved[:SHOWN])
    return MoveGroup(word_count(change, kind), shown, max(len(moved) - SHOWN, 0))


def _move(change: FigureChange, movement: Movement) -> WrittenMove:
    return WrittenMove(
        mark=movement.mark,
        name=movement.name,
        town=movement.mark if change.figure.table in OF_TOWNS else "",
        cause="" if movement.changes else word_cause(change, movement),
        effect=_effect(change, movement.effect),
        changes=tuple(map(_cell, movement.changes)),
    )


def _effect(change: FigureChange, effect: Number | None) -> str:
    """What a row adds, where rows do not each count for one."""
    unit = change.figure.unit
    if unit == PERCENT and any(
        isinstance(one.numerator, int) for one in (change.before, change.after) if one
    ):
        return ""
    unit = EUROS if unit == PERCENT else unit
    return write_signed(effect, unit) if effect and unit in _COUNTED else ""


def _cell(change: CellChange) -> WrittenCell:
    before, after = (_text(change, cell) for cell in (change.before, change.after))
    return WrittenCell(change.column.title, before, after)


def _text(change: CellChange, cell: str) -> str:
    """A cell as French typography writes its kind."""
    if not cell:
        return _EMPTY
    table = OpenedTable("", (change.column,), ())
    return write_cells(table, OpenedRow("", (cell,)))[0].text


def _cells(movement: Movement) -> list[tuple[str, str, str]]:
    if not movement.changes:
        return [("", "", "")]
    return [(one.column.title, one.before, one.after) for one in movement.changes]


def _described(change: FigureChange, movement: Movement) -> tuple[str, ...]:
    day = movement.cause.on or movement.event_on
    return (
        change.figure.label,
        change.code,
        movement.kind.value,
        movement.mark,
        movement.name,
        day.isoformat() if day else "",
        word_cause(change, movement),
    )


def _plain(change: FigureChange) -> dict[str, Any]:
    unit = change.figure.unit
    return {
        "label": change.figure.label,
        "unit": unit,
        "before": _reading(change.before),
        "after": _reading(change.after),
        "difference": plain_number(change.difference, unit),
        "redefined": change.is_redefined,
        "movements": [_plain_move(change, movement) for movement in change.movements],
    }


def _reading(figure: Figure | None) -> dict[str, Any] | None:
    if figure is None:
        return None
    return {
        "value": plain_number(figure.value, figure.unit),
        "numerator": plain_number(figure.numerator),
        "denominator": plain_number(figure.denominator),
        "version": figure.version,
    }


def _plain_move(change: FigureChange, movement: Movement) -> dict[str, Any]:
    day = movement.cause.on or movement.event_on
    return {
        "kind": movement.kind.name.lower(),
        "key": movement.mark,
        "name": movement.name,
        "date": day.isoformat() if day else None,
        "cause": movement.cause.why.value,
        "recorded_afterwards": movement.cause.is_late,
        "reason": word_cause(change, movement),
        "effect": plain_number(movement.effect, "" if change.figure.unit != "ha" else "ha"),
        "cells": [
            {"column": one.column.title, "before": one.before, "after": one.after}
            for one in movement.changes
        ],
    }
