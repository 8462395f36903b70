"""Reads of the money and expertise given to towns. Amounts are euros.

`town_ids` are taken as they are kept: whoever follows towns through mergers passes every identity.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Lower, Replace

from beffroi.foundations.mandates.queries import NATIONAL, Scope, rows_within
from beffroi.programme.membership.models import Programme
from beffroi.programme.support.models import (
    ExpertiseMission,
    MoneyState,
    MoneyStep,
    RealisedCommitment,
)
from beffroi.programme.support.rules import STATES, reference_key

GIVEN = (MoneyState.COMMITTED, MoneyState.PAID)

# The columns of the « subventions » scheme that the register keeps, and where.
SUBVENTION_COLUMNS = {
    "nomAttribuant": "funder__name",
    "idAttribuant": "funder__siren",
    "dateConvention": "decided_on",
    "referenceDecision": "decision_reference",
    "nomBeneficiaire": "beneficiary_name",
    "idBeneficiaire": "beneficiary_siren",
    "objet": "purpose",
    "montant": "amount",
    "nature": "form",
}


@dataclass(frozen=True, slots=True)
class AmountInState:
    """How much money of a funder stands in a state, in euros, and in how many decisions."""

    funder_id: int
    funder_name: str
    state: MoneyState
    amount: Decimal
    decisions: int


def standing(as_of: date) -> Q:
    """The condition on commitments that are not cancelled by a day."""
    return Q(cancelled_on__isnull=True) | Q(cancelled_on__gt=as_of)


def given_commitments(programme: Programme, *, as_of: date) -> QuerySet[RealisedCommitment]:
    """The decisions committed or paid by a day, and not cancelled: what `realised_amount` adds."""
    return RealisedCommitment.objects.filter(
        standing(as_of), programme=programme, decided_on__lte=as_of, state__in=GIVEN
    )


def commitments_of(
    town_ids: Collection[int], *, as_of: date | None = None
) -> QuerySet[RealisedCommitment]:
    """The decisions for projects in towns, newest first, with funder and steps; those decided by a
    day and not cancelled then where one is given. Two queries."""
    rows = RealisedCommitment.objects.filter(town_id__in=town_ids)
    if as_of is not None:
        rows = rows.filter(standing(as_of), decided_on__lte=as_of)
    steps = Prefetch("steps", MoneyStep.objects.order_by("reached_on", "pk"))
    found = rows.select_related("programme", "funder").prefetch_related(steps)
    return found.order_by("-decided_on", "decision_reference")


def missions_of(
    town_ids: Collection[int], *, as_of: date | None = None
) -> QuerySet[ExpertiseMission]:
    """The experts' missions for towns, newest first, with their funder; those notified by a day
    where one is given. One query."""
    rows = ExpertiseMission.objects.filter(town_id__in=town_ids)
    if as_of is not None:
        rows = rows.filter(notified_on__lte=as_of)
    return rows.select_related("programme", "funder").order_by("-notified_on", "reference")


def amounts_by_state(
    programme: Programme | None,
    *,
    as_of: date,
    scope: Scope = NATIONAL,
    town_ids: Collection[int] | None = None,
    funder_id: int | None = None,
) -> list[AmountInState]:
    """Where the money stands on a day, by funder and state, each decision in the last state it had
    reached by then. Only funders and states that hold something; every programme where none is
    given. Two queries."""
    rows = rows_within(
        RealisedCommitment.objects.filter(standing(as_of)), scope, organisation="funder"
    )
    if programme is not None:
        rows = rows.filter(programme=programme)
    if town_ids is not None:
        rows = rows.filter(town_id__in=town_ids)
    if funder_id is not None:
        rows = rows.filter(funder_id=funder_id)
    sums: defaultdict[tuple[str, int, str], list[Any]] = defaultdict(lambda: [Decimal(0), 0])
    for funder, name, state, amount, decisions in (
        *_without_steps(rows, as_of),
        *_by_last_step(rows, as_of),
    ):
        total = sums[name, funder, state]
        total[0] += amount
        total[1] += decisions
    ordered = sorted(sums.items(), key=lambda item: (item[0][0], STATES.index(item[0][2])))
    return [
        AmountInState(funder, name, MoneyState(state), amount, decisions)
        for (name, funder, state), (amount, decisions) in ordered
    ]


def look_alikes(
    programme: Programme, *, reference: str, but: int | None = None
) -> QuerySet[RealisedCommitment]:
    """The decisions whose reference is the same but for case and spaces: counted twice, perhaps."""
    bare = Lower(Replace("decision_reference", Value(" "), Value("")))
    rows = RealisedCommitment.objects.filter(programme=programme).annotate(bare=bare)
    found = rows.filter(bare=reference_key(reference))
    return found if but is None else found.exclude(pk=but)


def _without_steps(rows: QuerySet[RealisedCommitment], as_of: date) -> QuerySet[Any, Any]:
    """Imported decisions that nobody moved on: in their state since they were decided."""
    bare = rows.filter(~Exists(MoneyStep.objects.filter(commitment_id=OuterRef("pk"))))
    groups = bare.filter(decided_on__lte=as_of).values("funder_id", "funder__name", "state")
    return groups.order_by().values_list(
        "funder_id", "funder__name", "state", Sum("amount"), Count("pk")
    )


def _by_last_step(rows: QuerySet[RealisedCommitment], as_of: date) -> QuerySet[Any, Any]:
    place = Case(
        *(When(state=state, then=Value(rank)) for rank, state in enumerate(STATES)),
        output_field=IntegerField(),
    )
    reached = MoneyStep.objects.filter(reached_on__lte=as_of).annotate(place=place)
    later = reached.filter(commitment_id=OuterRef("commitment_id"), place__gt=OuterRef("place"))
    last = reached.filter(~Exists(later), commitment__in=rows)
    groups = last.values("commitment__funder_id", "commitment__funder__name", "state")
    return groups.order_by().values_list(
        "commitment__funder_id", "commitment__funder__name", "state", Sum("amount"), Count("pk")
    )
