"""The sheet of a town."""

from __future__ import annotations

from datetime import date
from itertools import chain

from beffroi.foundations.mandates.queries import Scope, rows_within
from beffroi.foundations.territories.models import Town
from beffroi.foundations.territories.queries import (
    TownFamily,
    describe_towns,
    town_family,
    town_history,
)

from .agreements import agreement_lines, agreements_around, clock_of
from .lines import FormerName, Identity, MembershipLine, Money, TownLink, TownSheet
from .membership import (
    designations_around,
    group_links,
    membership_lines,
    post_lines,
    posts_around,
)
from .names import Names, read_names
from .outreach import meetings_open_to
from .support import (
    brownfields_of,
    decision_lines,
    funder_totals,
    latest_decisions,
    missions_of,
    money_shares,
    state_totals,
)
from .timeline import timeline_of


class TownOutOfReach(Exception):
    """No such town, or none that this person reaches: the two are not told apart."""


def read_sheet(*, town_id: int, as_of: date, scope: Scope) -> TownSheet:
    """Everything the register knows of a town on a day, for a person who reaches it.

    Rows recorded on the towns that it continues are its own. Raises TownOutOfReach.
    """
    reached = rows_within(Town.objects.filter(pk=town_id), scope, town="pk")
    if not reached.exists():
        raise TownOutOfReach(town_id)
    return _sheet(town_family(town_id, on=as_of))


def public_sheet(*, town_id: int, as_of: date) -> TownSheet:
    """The same without what is kept to the desk: people's names and working notes.

    Raises TownOutOfReach when there is no such town.
    """
    family = town_family(town_id, on=as_of)
    if town_id not in family.written:
        raise TownOutOfReach(town_id)
    return _sheet(family)


def _sheet(family: TownFamily) -> TownSheet:
    designations = designations_around(family)
    covered = agreements_around(family)
    served = posts_around(family)
    names = read_names(
        family,
        town_ids=chain(
            (row.town_id for row in designations),
            chain.from_iterable(covered.values()),
            chain.from_iterable(served.values()),
            (post.employer_town_id for post in served if post.employer_town_id),
        ),
        intercommunality_ids=(
            pk
            for pk in chain(
                (row.intercommunality_id for row in covered),
                (post.employer_intercommunality_id for post in served),
            )
            if pk
        ),
    )
    identity = _identity(names)
    memberships = membership_lines(designations, names)
    agreements = agreement_lines(covered, names)
    posts = post_lines(served, names)
    money = _money(names)
    missions = missions_of(family, names)
    brownfields = brownfields_of(family, names)
    meetings = meetings_open_to(
        region_code=identity.region_code, since=_followed_since(memberships, family), on=family.on
    )
    return TownSheet(
        as_of=family.on,
        identity=identity,
        memberships=memberships,
        group=group_links(designations, names),
        clock=clock_of(agreements, family),
        agreements=agreements,
        posts=posts,
        money=money,
        missions=missions,
        brownfields=brownfields,
        meetings=meetings,
        timeline=timeline_of(
            history=town_history(family.town_id, on=family.on),
            memberships=memberships,
            agreements=agreements,
            posts=posts,
            money=money.decisions,
            missions=missions.lines,
            brownfields=brownfields,
            meetings=meetings,
        ),
    )


def _money(names: Names) -> Money:
    shares = money_shares(names.family)
    return Money(
        by_state=state_totals(shares),
        by_funder=funder_totals(shares),
        count=sum(share.number for share in shares),
        decisions=decision_lines(latest_decisions(names.family), names) if shares else (),
    )


def _followed_since(memberships: tuple[MembershipLine, ...], family: TownFamily) -> date:
    """Meetings concern a town from its first day in a programme."""
    return min((line.started_on for line in memberships), default=family.on)


def _identity(names: Names) -> Identity:
    family = names.family
    card = describe_towns([family.town_id], on=family.on)[family.town_id]
    return Identity(
        town_id=family.town_id,
        code=card.code,
        name=card.name,
        department_code=card.department_code,
        department_name=card.department_name,
        region_code=card.region_code,
        region_name=card.region_name,
        epci_siren=card.epci_siren,
        epci_name=card.epci_name,
        population=card.population,
        centrality=card.centrality.label if card.centrality is not None else "",
        is_living=family.is_living,
        ended_on=card.ended_on,
        former_names=_former_names(family, family.town_id),
        former_towns=tuple(
            name for pk in sorted(family.former_ids) for name in _former_names(family, pk)[-1:]
        ),
        heirs=_links(family, family.heir_ids - {family.town_id}),
        parts=_links(family, family.part_ids),
    )


def _links(family: TownFamily, town_ids: frozenset[int]) -> tuple[TownLink, ...]:
    labels = {pk: family.label(pk, on=family.on) for pk in town_ids}
    links = [TownLink(pk, label.code, label.name) for pk, label in labels.items()]
    return tuple(sorted(links, key=lambda town: town.name))


def _former_names(family: TownFamily, town_id: int) -> tuple[FormerName, ...]:
    """What the town bore before the day, oldest first."""
    past = [
        (bearing.span.end, label)
        for bearing, label in family.written.get(town_id, {}).items()
        if bearing.span.is_over(family.on)
    ]
    in_order = sorted(past, key=lambda item: item[0] or date.min)
    return tuple(FormerName(label.code, label.name, end) for end, label in in_order)
