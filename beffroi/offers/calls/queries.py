"""Reads of calls."""

from __future__ import annotations

from collections.abc import Collection

from beffroi.offers.calls.models import Edition


def edition_numbers(ids: Collection[int]) -> dict[int, str]:
    """The number of each edition."""
    rows = Edition.objects.filter(pk__in=ids).values_list("pk", "number")
    return {pk: str(number) for pk, number in rows}
