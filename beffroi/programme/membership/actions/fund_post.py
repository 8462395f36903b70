"""Say what each funder gives for a post in a year, under the ceiling."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction

from beffroi.foundations.audit.actions import (
    Authorship,
    as_gone,
    as_new,
    bring,
    record_changes,
)
from beffroi.foundations.directory.models import Organisation
from beffroi.foundations.money import format_amount
from beffroi.programme.membership.models import PostFunding, ProjectManagerPost
from beffroi.programme.membership.rules import Ceiling, excess_over, funding_ceiling, is_anah

Told = list[tuple[Any, Any]]


class FundingAboveCeiling(ValueError):
    """The funders together give more than the post may receive in the year, in euros."""

    def __init__(self, total: Decimal, ceiling: Ceiling) -> None:
        self.total = total
        self.ceiling = ceiling
        ground = (
            "75\u00a0% du coût chargé"
            if ceiling.is_share_of_cost
            else f"plafond {'avec' if ceiling.has_anah else 'sans'} l’Anah"
        )
        super().__init__(
            f"Le total, {format_amount(total, decimals=2)}, dépasse de "
            f"{format_amount(total - ceiling.amount, decimals=2)} le maximum de "
            f"{format_amount(ceiling.amount, decimals=2)} ({ground})."
        )


class FundingNotPositive(ValueError):
    """An amount or a cost is zero or less."""

    def __init__(self) -> None:
        super().__init__("Un montant et un coût sont supérieurs à zéro.")


@transaction.atomic
def fund_post(
    *,
    post: ProjectManagerPost,
    year: int,
    amounts: Mapping[int, Decimal],
    annual_cost: Decimal | None,
    by: Authorship,
) -> list[PostFunding]:
    """Bring a post's loaded annual cost and a year's funding to these amounts, in euros by funder.

    A funder left out gives nothing that year. Raises FundingAboveCeiling, FundingNotPositive.
    """
    row = ProjectManagerPost.objects.select_for_update().get(pk=post.pk)
    if any(amount <= 0 for amount in (*amounts.values(), annual_cost or Decimal(1))):
        raise FundingNotPositive
    _check_ceiling(annual_cost, year, amounts)
    traced: Told = [(row, bring(row, annual_cost=annual_cost))]
    known = {funding.funder_id: funding for funding in row.fundings.filter(year=year)}
    for funder_id, funding in known.items():
        if funder_id not in amounts:
            traced.append((funding, as_gone(funding, "funder_id", "year", "amount")))
            PostFunding.objects.filter(pk=funding.pk).delete()
    fundings = []
    for funder_id, amount in amounts.items():
        funding = known.get(funder_id) or PostFunding(post=row, funder_id=funder_id, year=year)
        traced.append(_write(funding, amount))
        fundings.append(funding)
    record_changes(verb="fund_post", rows=traced, by=by)
    return fundings


def _check_ceiling(annual_cost: Decimal | None, year: int, amounts: Mapping[int, Decimal]) -> None:
    funders = Organisation.objects.filter(pk__in=amounts.keys())
    has_anah = any(is_anah(name=funder.name, siren=funder.siren) for funder in funders)
    ceiling = funding_ceiling(annual_cost=annual_cost, has_anah=has_anah, year=year)
    if excess_over(ceiling, amounts.values()):
        raise FundingAboveCeiling(sum(amounts.values(), Decimal(0)), ceiling)


def _write(funding: PostFunding, amount: Decimal) -> tuple[Any, Any]:
    if funding.pk:
        return funding, bring(funding, amount=amount)
    funding.amount = amount
    funding.save()
    return funding, as_new(funding, "funder_id", "year", "amount")
