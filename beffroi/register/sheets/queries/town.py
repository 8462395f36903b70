"""The sheet of a town."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import chain

from beffroi.foundations.mandates.queries import NATIONAL, Scope, rows_within
from beffroi.foundations.territories.models import Town
from beffroi.foundations.territories.queries import (
    TownCard,
    TownFamily,
    describe_family,
    town_family,
    town_history,
)

from .agreements import AgreementFacts, agreement_lines, agreements_around, clock_of
from .attention import alerts_of
from .given import given_to
from .lines import FormerName, TownLink
from .membership import designations_around, group_links, membership_lines
from .money import money_of, without_names
from .names import read_names
from .posts import PostFacts, post_lines, posts_around
from .sheet import Identity, TownSheet
from .timeline import timeline_of
from .vouching import freshness_around


class TownOutOfReach(Exception):
    """No such town, or none that this person reaches: the two are not told apart."""


def read_sheet(*, town_id: int, as_of: date, scope: Scope) -> TownSheet:
    """Everything the register knows of a town on a day, for a person who reaches it.

    Rows recorded on the towns that it continues are its own. Raises TownOutOfReach.
    """
    family = town_family(town_id, on=as_of)
    reached = rows_within(Town.objects.filter(pk=town_id), scope, town="pk")
    card = describe_family(family, among=reached)
    if card is None:
        raise TownOutOfReach(town_id)
    return _sheet(family, card)


def public_sheet(*, town_id: int, as_of: date) -> TownSheet:
    """The same without what is kept to the desk: who holds a post, the files, the alerts, the
    names of people who were helped.

    Raises TownOutOfReach when there is no such town.
    """
    return without_internal_facts(read_sheet(town_id=town_id, as_of=as_of, scope=NATIONAL))


def without_internal_facts(sheet: TownSheet) -> TownSheet:
    """A sheet that may be published."""
    return replace(
        sheet,
        posts=tuple(replace(post, holder=None) for post in sheet.posts),
        agreements=tuple(replace(line, documents=()) for line in sheet.agreements),
        money=without_names(sheet.money),
        alerts=(),
    )


def _sheet(family: TownFamily, card: TownCard) -> TownSheet:
    designations = designations_around(family)
    signed = agreements_around(family)
    posted = posts_around(family)
    names = read_names(
        family,
        town_ids=chain((row.town_id for row in designations), _towns_named(signed, posted)),
        intercommunality_ids=_intercommunalities_named(signed, posted),
        has_areas=any(
            party.department_id or party.region_id
            for parties in signed.parties.values()
            for party in parties
        ),
    )
    agreements = agreement_lines(signed, names)
    given = given_to(family, names)
    sheet = TownSheet(
        as_of=family.on,
        identity=_identity(family, card),
        memberships=membership_lines(designations, names),
        group=group_links(designations, names),
        clock=clock_of(agreements, family.on),
        agreements=agreements,
        posts=post_lines(posted, names),
        money=money_of(family, names),
        missions=given.missions,
        brownfields=given.brownfields,
        meetings=given.meetings,
        freshness=freshness_around(family),
    )
    history = town_history(family.town_id, on=family.on, family=family)
    return replace(sheet, timeline=timeline_of(sheet, history), alerts=alerts_of(sheet))


def _towns_named(signed: AgreementFacts, posted: PostFacts) -> Iterator[int]:
    for rows in signed.covered.values():
        yield from (row.town_id for row in rows)
    for parties in signed.parties.values():
        yield from (party.town_id for party in parties if party.town_id)
    for post, served in posted.served.items():
        yield from (row.town_id for row in served)
        if post.employer_town_id:
            yield post.employer_town_id


def _intercommunalities_named(signed: AgreementFacts, posted: PostFacts) -> Iterator[int]:
    named = chain(
        (agreement.intercommunality_id for agreement in signed.covered),
        (party.intercommunality_id for rows in signed.parties.values() for party in rows),
        (post.employer_intercommunality_id for post in posted.served),
    )
    return (pk for pk in named if pk)


def _identity(family: TownFamily, card: TownCard) -> Identity:
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
