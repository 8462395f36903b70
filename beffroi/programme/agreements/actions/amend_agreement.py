"""Record an amendment, which may let towns in or out of an agreement."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import Max

from beffroi.foundations.audit.actions import Authorship, as_new, record_changes
from beffroi.programme.agreements.models import Agreement, Amendment, Coverage
from beffroi.programme.membership.rules import check_order

from .sign_agreement import CoversNobody


class AmendmentExists(ValueError):
    """The agreement has an amendment of that number."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(f"L’avenant {number} est déjà enregistré.")


class AlreadyCovered(ValueError):
    """Towns to let in are covered already."""

    def __init__(self, town_ids: Collection[int]) -> None:
        self.town_ids = frozenset(town_ids)
        super().__init__("Des communes à ajouter sont déjà couvertes par la convention.")


class NotCovered(ValueError):
    """Towns to let out are not covered."""

    def __init__(self, town_ids: Collection[int]) -> None:
        self.town_ids = frozenset(town_ids)
        super().__init__("Des communes à retirer ne sont pas couvertes par la convention.")


@transaction.atomic
def amend_agreement(
    *,
    agreement: Agreement,
    signed_on: date,
    purpose: str,
    number: int | None = None,
    added: Collection[int] = (),
    removed: Collection[int] = (),
    by: Authorship,
) -> Amendment:
    """Record an amendment and the towns it lets in or out from its signature on.

    Without a number it takes the next one. Raises AmendmentExists, AlreadyCovered, NotCovered,
    CoversNobody, BackwardPeriod where it is signed before the agreement.
    """
    row = Agreement.objects.select_for_update().get(pk=agreement.pk)
    check_order(row.signed_on, signed_on)
    number = _number(row, number)
    covered = {
        coverage.town_id: coverage for coverage in row.coverages.filter(removed_by__isnull=True)
    }
    _check_towns(covered.keys(), added, removed)
    amendment = Amendment.objects.create(
        agreement=row, number=number, signed_on=signed_on, purpose=purpose.strip()
    )
    leaving = [covered[town_id].pk for town_id in removed]
    Coverage.objects.filter(pk__in=leaving).update(removed_by=amendment)
    Coverage.objects.bulk_create(
        Coverage(agreement=row, town_id=town_id, added_by=amendment) for town_id in sorted(added)
    )
    told = {
        **as_new(amendment, "number", "signed_on", "purpose"),
        "added_town_ids": (None, sorted(added)),
        "removed_town_ids": (sorted(removed), None),
    }
    record_changes(verb="amend_agreement", rows=[(amendment, told)], by=by)
    return amendment


def _number(agreement: Agreement, number: int | None) -> int:
    if number is None:
        last = agreement.amendments.aggregate(last=Max("number"))["last"]
        return int(last or 0) + 1
    if agreement.amendments.filter(number=number).exists():
        raise AmendmentExists(number)
    return number


def _check_towns(
    covered: Collection[int], added: Collection[int], removed: Collection[int]
) -> None:
    if twice := set(added) & (set(covered) | set(removed)):
        raise AlreadyCovered(twice)
    if unknown := set(removed) - set(covered):
        raise NotCovered(unknown)
    if not set(covered) - set(removed) and not added:
        raise CoversNobody
