"""Record the laureates of the brownfield fund, one or thousands at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from beffroi.foundations.audit.actions import Authorship, record_changes, record_written
from beffroi.foundations.upsert import Change, Written, upsert
from beffroi.offers.calls.models import BrownfieldProject, Call, Edition
from beffroi.offers.calls.rules import BROWNFIELD_FUND

_FIELDS = ("edition_id", "town_id", "decided_on", "area_m2", "housing_m2", "social_percent")


@dataclass(frozen=True, slots=True)
class BrownfieldRecord:
    """A laureate. `housing_m2` is floor; `social_percent` is a share of it, up to 100."""

    reference: str
    edition: int
    town_id: int
    decided_on: date
    area_m2: Decimal
    housing_m2: Decimal
    social_percent: Decimal


@transaction.atomic
def award_brownfields(
    *, records: Sequence[BrownfieldRecord], by: Authorship
) -> list[Written[BrownfieldProject]]:
    """Record each laureate, or bring it to what the record says; each reference comes once. Opens
    the fund and its editions where they are missing. Says what was done, in order."""
    editions = _editions({record.edition for record in records})
    wanted = [
        BrownfieldProject(
            reference=record.reference,
            edition_id=editions[record.edition],
            town_id=record.town_id,
            decided_on=record.decided_on,
            area_m2=record.area_m2,
            housing_m2=record.housing_m2,
            social_percent=record.social_percent,
        )
        for record in records
    ]
    rows = BrownfieldProject.objects.all()
    written = upsert(rows, wanted, key=["reference"], fields=_FIELDS)
    record_written(verb="award_brownfields", written=written, by=by)
    return written


@transaction.atomic
def award_brownfield(*, record: BrownfieldRecord, by: Authorship) -> BrownfieldProject:
    """Record one laureate, or correct it, and record who said so."""
    (written,) = award_brownfields(records=[record], by=by)
    if written.change is Change.CREATED:
        told = {name: (None, getattr(written.row, name)) for name in ("reference", *_FIELDS)}
        record_changes(verb="award_brownfields", rows=[(written.row, told)], by=by)
    return written.row


def _editions(numbers: Iterable[int]) -> dict[int, int]:
    wanted = sorted(numbers)
    if not wanted:
        return {}
    fund, _ = Call.objects.get_or_create(code=BROWNFIELD_FUND, defaults={"name": "Fonds friches"})
    editions = [Edition(call=fund, number=number) for number in wanted]
    rows = Edition.objects.filter(call=fund)
    written = upsert(rows, editions, key=["number"], fields=[])
    return {item.row.number: item.row.pk for item in written}
