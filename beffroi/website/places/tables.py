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
    line = town.line
    yield from (line.code, line.name, line.department_code, line.department_name)
    yield from (line.region_code, line.region_name, line.epci_siren, line.epci_name)
    yield town.population
    yield town.centrality.label if town.centrality is not None else ""
    yield _yes(line.clock.adhesion_on is not None)
    yield _yes(town.standing in _FRAMEWORKS)
    yield _yes(line.is_ort)
    yield line.committed
    yield ground.as_of


def _yes(is_true: bool) -> str:  # noqa: FBT001 - a word for a truth
    return "oui" if is_true else "non"
