"""Reads of agreements."""

from __future__ import annotations

from datetime import date

from beffroi.programme.agreements.models import AgreementKind, Coverage
from beffroi.programme.membership.models import Programme


def adhesions_signed(programme: Programme) -> dict[int, date]:
    """The day of the first adhesion agreement of each town that has one."""
    rows = Coverage.objects.filter(
        agreement__programme=programme, agreement__kind=AgreementKind.ADHESION
    )
    in_time = rows.order_by("-agreement__signed_on")
    return dict(in_time.values_list("town_id", "agreement__signed_on"))
