"""What a town was given: money, expertise, the brownfield fund, its place at the Club."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
    Window,
)
from django.db.models.functions import Coalesce

from beffroi.club.events.queries import attendance_of
from beffroi.foundations.territories.queries import TownFamily
from beffroi.offers.calls.models import BrownfieldProject
from beffroi.programme.support.models import (
    ExpertiseMission,
    MoneyState,
    MoneyStep,
    RealisedCommitment,
)
from beffroi.programme.support.queries import AmountInState, amounts_by_state, standing
from beffroi.programme.support.rules import STATES, is_beneficiary_number

from .lines import (
    BrownfieldLine,
    DecisionLine,
    FunderTotal,
    MeetingLine,
    MissionLine,
    Missions,
    Money,
    StateTotal,
)
from .names import Names

LIMIT = 100
A_PERSON = "personne physique"


def money_of(family: TownFamily, names: Names) -> Money:
    """Every total by the day, and the latest decisions. Three queries."""
    shares = amounts_by_state(None, as_of=family.on, town_ids=family.ids)
    return Money(
        by_state=state_totals(shares),
        by_funder=funder_totals(shares),
        count=sum(share.decisions for share in shares),
        decisions=_latest_decisions(family, names) if shares else (),
    )


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


def _latest_decisions(family: TownFamily, names: Names) -> tuple[DecisionLine, ...]:
    return tuple(decision_line(row, names) for row in decisions_of(family)[:LIMIT])


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
            replace(line, beneficiary=A_PERSON) if line.names_a_person else line
            for line in money.decisions
        ),
    )


def missions_of(family: TownFamily, names: Names) -> Missions:
    """The latest missions and the totals of all of them. One query."""
    rows = (
        ExpertiseMission.objects.filter(town_id__in=family.ids, notified_on__lte=family.on)
        .select_related("funder")
        .annotate(everything=Window(Count("pk")), spent=Window(Sum(F("amount"))))
        .order_by("-notified_on", "-pk")[:LIMIT]
    )
    lines = [
        MissionLine(
            pk=row.pk,
            reference=row.reference,
            theme=row.theme,
            funder=row.funder.name,
            notified_on=row.notified_on,
            amount=row.amount,
            recorded_as=names.recorded_as([row.town_id], row.notified_on),
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
            recorded_as=names.recorded_as([row.town_id], row.decided_on),
        )
        for row in rows.order_by("-decided_on", "-pk")[:LIMIT]
    )


def meetings_of(family: TownFamily) -> tuple[MeetingLine, ...]:
    """The meetings of the Club that the town came to by the day, latest first. One query."""
    came = attendance_of(family.ids)
    rows = {row.meeting_id: row for town_id in came for row in came[town_id]}
    held = [row for row in rows.values() if row.held_on <= family.on]
    return tuple(
        MeetingLine(row.meeting_id, row.title, row.kind, row.held_on, row.people)
        for row in sorted(held, key=lambda row: row.held_on, reverse=True)
    )
