"""How `fonds-friches` is read: the laureates of the brownfield fund."""

from __future__ import annotations

from collections.abc import Sequence

from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.imports.bounds import Bounds, Held
from beffroi.foundations.imports.cells import Cells
from beffroi.foundations.imports.changes import (
    RowChange,
    Shown,
    as_days,
    as_numbers,
    as_towns,
    row_changes,
)
from beffroi.foundations.imports.declarations import FollowUpFile, register
from beffroi.offers.calls.actions import BrownfieldRecord, award_brownfields
from beffroi.offers.calls.exports import export_brownfields
from beffroi.offers.calls.follow_up_columns import BROWNFIELDS
from beffroi.offers.calls.models import BrownfieldProject
from beffroi.offers.calls.queries import edition_numbers

_MOST_EDITIONS = 1000
_SHOWN = {
    "edition_id": Shown("edition", edition_numbers),
    "town_id": Shown("insee_com", as_towns),
    "decided_on": Shown("date_decision", as_days),
    "area_m2": Shown("surface_m2", as_numbers),
    "housing_m2": Shown("surface_logements_m2", as_numbers),
    "social_percent": Shown("part_sociale_pct", as_numbers),
}


def _read(cells: Cells) -> BrownfieldRecord:
    decided_on = cells.day("date_decision")
    return BrownfieldRecord(
        reference=cells.key("id_projet", longest=60),
        edition=cells.whole("edition", least=1, most=_MOST_EDITIONS),
        town_id=cells.town("insee_com", on=decided_on, label="lib_com"),
        decided_on=decided_on,
        area_m2=cells.quantity("surface_m2", digits=12),
        housing_m2=cells.quantity("surface_logements_m2", digits=12),
        social_percent=cells.quantity("part_sociale_pct", digits=5, most=100),
    )


def _write(records: Sequence[BrownfieldRecord], by: Authorship) -> list[RowChange]:
    return row_changes(award_brownfields(records=records, by=by), _SHOWN)


register(
    FollowUpFile(
        name="fonds-friches",
        label="lauréats du Fonds friches",
        order=80,
        described=BROWNFIELDS,
        key_column="id_projet",
        open=lambda: _read,
        key=lambda record: record.reference,
        write=_write,
        export=export_brownfields,
        bounds=Bounds(
            column="insee_com",
            town=lambda record: record.town_id,
            held=Held(
                BrownfieldProject.objects.all, key="reference", of=lambda record: record.reference
            ),
        ),
    )
)
