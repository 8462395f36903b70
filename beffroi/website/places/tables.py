"""The towns of a page as a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO

from beffroi.foundations.imports.files import Cell, Format, write_table

from .queries import FollowedTown, Ground
from .rules import Standing

HEADER = (
    "code_commune", "commune", "code_departement", "departement", "code_region", "region",
    "siren_epci", "epci", "population", "centralite", "convention_adhesion", "convention_cadre",
    "ort", "montant_engage_eur", "au",
)  # fmt: skip
_FRAMEWORKS = (Standing.FRAMEWORK, Standing.ORT)


def write_towns(towns: Iterable[FollowedTown], ground: Ground) -> bytes:
    """The towns as CSV: UTF-8 with its mark, semicolons, no cell that a spreadsheet would run."""
    out = BytesIO()
    rows = (tuple(_cells(town, ground)) for town in towns)
    write_table(out, name="Communes", header=HEADER, rows=rows, fmt=Format.CSV)
    return out.getvalue()


def _cells(town: FollowedTown, ground: Ground) -> Iterator[Cell]:
    card = town.card
    yield from (card.code, card.name, card.department_code, card.department_name)
    yield from (card.region_code, card.region_name, card.epci_siren, card.epci_name)
    yield card.population
    yield card.centrality.label if card.centrality is not None else ""
    yield _yes(town.has_adhesion)
    yield _yes(town.standing in _FRAMEWORKS)
    yield _yes(town.standing is Standing.ORT)
    yield town.committed
    yield ground.as_of


def _yes(is_true: bool) -> str:  # noqa: FBT001 - a word for a truth
    return "oui" if is_true else "non"
