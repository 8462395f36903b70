"""The money decided for a town."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db.models import (
    Case,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from beffroi.foundations.territories.queries import TownFamily
from beffroi.programme.support.models import (
    MoneyState,
    MoneyStep,
    RealisedCommitment,
)
from beffroi.programme.support.queries import AmountInState, amounts_by_state, standing
from beffroi.programme.support.rules import A_PERSON, STATES, WITHHELD, is_beneficiary_number

from .lines import (
    DecisionLine,
    FunderTotal,
    Money,
    StateTotal,
)
from .names import Names

LIMIT = 100


def money_of(family: TownFamily, names: Names) -> Money:
    """Every total by the day, and the latest decisions. One query; three where they are more than
    a list holds."""
    rows = list(decisions_of(family)[: LIMIT + 1])
    if len(rows) > LIMIT:
        shares = amounts_by_state(None, as_of=family.on, town_ids=family.ids)
    else:
        shares = _summed(rows)
    return Money(
        by_state=state_totals(shares),
        by_funder=funder_totals(shares),
        count=sum(share.decisions for share in shares),
        decisions=tuple(decision_line(row, names) for row in rows[:LIMIT]),
    )


def _summed(rows: Iterable[Any]) -> list[AmountInState]:
    """The same totals, from every decision."""
    sums: defaultdict[tuple[int, str, str], list[Any]] = defaultdict(lambda: [Decimal(0), 0])
    for row in rows:
        total = sums[row.funder_id, row.funder.name, row.state_then]
        total[0] += row.amount_then
        total[1] += 1
    return [
        AmountInState(funder, name, MoneyState(state), amount, decisions)
        for (funder, name, state), (amount, decisions) in sums.items()
    ]


def state_totals(shares: Sequence[AmountInState]) -> tuple[StateTotal, ...]:
    """The four states in their order, those without money left out."""
    found = []
    for state in MoneyState:
        of_state = [share for share in shares if share.state == state]
        amount = sum((share.amount for share in of_state), Decimal(0))
        if number := sum(share.decisions for share in of_state):
            found.append(StateTotal(state.value, str(state.label), amount, number))
    return tuple(found)


def funder_totals(shares: Iterable[AmountInState]) -> tuple[FunderTotal, ...]:
    """The funders, the largest first."""
    amounts: defaultdict[str, dict[str, Decimal]] = defaultdict(dict)
    counts: defaultdict[str, int] = defaultdict(int)
    for share in shares:
        amounts[share.funder_name][share.state] = share.amount
        counts[share.funder_name] += share.decisions
    totals = [
        FunderTotal(
            funder,
            tuple(of_funder.get(state.value, Decimal(0)) for state in MoneyState),
            counts[funder],
        )
        for funder, of_funder in amounts.items()
    ]
    return tuple(sorted(totals, key=lambda line: (-line.total, line.funder)))


def decisions_of(family: TownFamily) -> QuerySet[Any]:
    """The decisions by the day, latest first, each in the last state it had reached then."""
    places = (When(state=state, then=Value(rank)) for rank, state in enumerate(STATES))
    steps = MoneyStep.objects.filter(commitment_id=OuterRef("pk"))
    reached = (
        steps.filter(reached_on__lte=family.on)
        .annotate(place=Case(*places, output_field=IntegerField()))
        .order_by("-place")
    )
    return (
        RealisedCommitment.objects.filter(standing(family.on), town_id__in=family.ids)
        .annotate(step=Subquery(reached.values("pk")[:1]))
        .filter(Q(step__isnull=False) | (~Exists(steps) & Q(decided_on__lte=family.on)))
        .annotate(
            state_then=Coalesce(Subquery(reached.values("state")[:1]), F("state")),
            amount_then=Coalesce(Subquery(reached.values("amount")[:1]), F("amount")),
            reached=Coalesce(Subquery(reached.values("reached_on")[:1]), F("decided_on")),
        )
        .select_related("funder")
        .order_by("-reached", "-pk")
    )


def decision_line(row: Any, names: Names) -> DecisionLine:
    """A row of `decisions_of` as the sheet tells it."""
    return DecisionLine(
        pk=row.pk,
        reference=row.decision_reference,
        reached_on=row.reached,
        funder=row.funder.name,
        state=row.state_then,
        state_label=str(MoneyState(row.state_then).label),
        amount=row.amount_then,
        beneficiary=row.beneficiary_name,
        names_a_person=not is_beneficiary_number(row.beneficiary_siren),
        purpose=row.purpose,
        recorded_as=names.recorded_as([row.town_id], row.decided_on),
    )


def without_names(money: Money) -> Money:
    """The same, where a beneficiary that is a person is called so and no more."""
    return replace(
        money,
        decisions=tuple(
            replace(line, beneficiary=A_PERSON, purpose=WITHHELD) if line.names_a_person else line
            for line in money.decisions
        ),
    )
