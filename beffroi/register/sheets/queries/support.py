"""What a town was given: money, expertise, the brownfield fund."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, F, Sum, Window

from beffroi.foundations.territories.queries import TownFamily
from beffroi.offers.calls.models import BrownfieldProject
from beffroi.programme.support.models import ExpertiseMission, MoneyState, RealisedCommitment

from .lines import BrownfieldLine, DecisionLine, FunderTotal, MissionLine, Missions, StateTotal
from .names import Names

LIMIT = 100


class MoneyShare(NamedTuple):
    """The money of one funder in one state."""

    funder: str
    state: str
    amount: Decimal
    number: int


def money_shares(family: TownFamily) -> list[MoneyShare]:
    """Every decision of the family by the day, summed by funder and state. One query."""
    rows = RealisedCommitment.objects.filter(
        town_id__in=family.ids, decided_on__lte=family.on
    ).values_list("funder__name", "state")
    totals = rows.annotate(amount_total=Sum("amount"), decisions=Count("pk"))
    return [MoneyShare(*row) for row in totals.order_by("funder__name", "state")]


def state_totals(shares: Sequence[MoneyShare]) -> tuple[StateTotal, ...]:
    """The four states in their order, those without money left out."""
    found = []
    for state in MoneyState:
        of_state = [share for share in shares if share.state == state]
        amount = sum((share.amount for share in of_state), Decimal(0))
        number = sum(share.number for share in of_state)
        if number:
            found.append(StateTotal(state.value, str(state.label), amount, number))
    return tuple(found)


def funder_totals(shares: Iterable[MoneyShare]) -> tuple[FunderTotal, ...]:
    """The funders, the largest first."""
    amounts: defaultdict[str, dict[str, Decimal]] = defaultdict(dict)
    counts: defaultdict[str, int] = defaultdict(int)
    for share in shares:
        amounts[share.funder][share.state] = share.amount
        counts[share.funder] += share.number
    totals = [
        FunderTotal(
            funder,
            tuple(of_funder.get(state.value, Decimal(0)) for state in MoneyState),
            counts[funder],
        )
        for funder, of_funder in amounts.items()
    ]
    return tuple(sorted(totals, key=lambda line: (-line.total, line.funder)))


def latest_decisions(family: TownFamily, limit: int = LIMIT) -> list[RealisedCommitment]:
    """The latest decisions of the family by the day. One query."""
    rows = RealisedCommitment.objects.filter(
        town_id__in=family.ids, decided_on__lte=family.on
    ).select_related("funder")
    return list(rows.order_by("-decided_on", "-pk")[:limit])


def decision_lines(rows: Iterable[RealisedCommitment], names: Names) -> tuple[DecisionLine, ...]:
    """Decisions as the sheet tells them."""
    return tuple(
        DecisionLine(
            pk=row.pk,
            reference=row.decision_reference,
            decided_on=row.decided_on,
            funder=row.funder.name,
            state=row.state,
            state_label=row.get_state_display(),
            amount=row.amount,
            beneficiary=row.beneficiary_name,
            purpose=row.purpose,
            recorded_as=names.recorded_as(row.town_id, row.decided_on),
        )
        for row in rows
    )


def missions_of(family: TownFamily, names: Names, limit: int = LIMIT) -> Missions:
    """The latest missions and the totals of all of them. One query."""
    rows = (
        ExpertiseMission.objects.filter(town_id__in=family.ids, notified_on__lte=family.on)
        .select_related("funder")
        .annotate(everything=Window(Count("pk")), spent=Window(Sum(F("amount"))))
        .order_by("-notified_on", "-pk")[:limit]
    )
    lines = [
        MissionLine(
            pk=row.pk,
            reference=row.reference,
            theme=row.theme,
            funder=row.funder.name,
            notified_on=row.notified_on,
            amount=row.amount,
            recorded_as=names.recorded_as(row.town_id, row.notified_on),
        )
        for row in rows
    ]
    return Missions(tuple(lines), rows[0].everything, rows[0].spent) if lines else Missions()


def brownfields_of(family: TownFamily, names: Names) -> tuple[BrownfieldLine, ...]:
    """The laureates decided by the day, latest first. One query."""
    rows = BrownfieldProject.objects.filter(
        town_id__in=family.ids, decided_on__lte=family.on
    ).select_related("edition__call")
    return tuple(
        BrownfieldLine(
            pk=row.pk,
            reference=row.reference,
            edition=str(row.edition),
            decided_on=row.decided_on,
            area_m2=row.area_m2,
            housing_m2=row.housing_m2,
            recorded_as=names.recorded_as(row.town_id, row.decided_on),
        )
        for row in rows.order_by("-decided_on", "-pk")[:LIMIT]
    )
