"""How `fonds-friches` is read: the laureates of the brownfield fund."""

from __future__ import annotations

from collections.abc import Sequence

from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.imports.cells import Cells
from beffroi.foundations.imports.declarations import FollowUpFile, register
from beffroi.foundations.upsert import Change
from beffroi.offers.calls.actions import BrownfieldRecord, award_brownfields
from beffroi.offers.calls.exports import export_brownfields
from beffroi.offers.calls.follow_up_columns import BROWNFIELDS

_MOST_EDITIONS = 1000


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


def _write(records: Sequence[BrownfieldRecord], by: Authorship) -> list[Change]:
    return award_brownfields(records=records, by=by)


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
    )
)
