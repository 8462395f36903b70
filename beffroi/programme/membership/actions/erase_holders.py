"""Erase the names and addresses of people who no longer hold a post."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from beffroi.foundations.audit.actions import Authorship, record_changes
from beffroi.foundations.dates import add_months
from beffroi.programme.membership.models import PostHolder

MONTHS_KEPT = 24


def erase_former_holders(*, on: date, by: Authorship) -> int:
    """Erase those who left their post two years ago or more. How many."""
    return _erase(
        PostHolder.objects.filter(ended_on__lt=add_months(on, -MONTHS_KEPT)), on=on, by=by
    )


def erase_holder(*, address: str, on: date, by: Authorship) -> int:
    """Erase a person who asks for it from the posts they no longer hold on that day. How many.

    A post that is held keeps its holder's professional address, which the mission needs.
    """
    rows = PostHolder.objects.filter(email__iexact=address.strip(), ended_on__lt=on)
    return _erase(rows, on=on, by=by)


@transaction.atomic
def _erase(rows: QuerySet[PostHolder], *, on: date, by: Authorship) -> int:
    erased = list(rows.filter(erased_on__isnull=True).select_for_update())
    PostHolder.objects.filter(pk__in=[row.pk for row in erased]).update(
        name="", email="", phone="", erased_on=on
    )
    traced = [(row, {"erased_on": (None, on)}) for row in erased]
    record_changes(verb="erase_holders", rows=traced, by=by)
    return len(erased)
