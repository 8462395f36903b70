"""Answer for sheets: nothing changed, or I corrected them."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.actions import Authorship, record_changes
from beffroi.foundations.mandates.queries import scope_of

from ..models import Campaign, Confirmation, ConfirmationKind
from ..permissions import can_confirm, towns_in_reach
from ..queries import asked_town_ids, changed_by, find_campaign_asking, sheet_states


class _AboutTowns(ValueError):
    """A refusal that names its towns."""

    def __init__(self, town_ids: Collection[int]) -> None:
        self.town_ids = frozenset(town_ids)
        super().__init__(", ".join(map(str, sorted(self.town_ids))))


class OutOfReach(_AboutTowns):
    """These towns are not in the person's area, or the campaign does not ask about them."""


class SheetsChanged(_AboutTowns):
    """These sheets no longer say what the person saw."""


class NothingCorrected(_AboutTowns):
    """The trail shows no change by this person to these sheets, and no comment says what was."""


class CampaignNotRunning(ValueError):
    """The campaign takes no answer that day."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What became of each town. `batch` takes the new answers back; None when there is none."""

    batch: uuid.UUID | None
    confirmed: frozenset[int]
    already: frozenset[int]


@transaction.atomic
def confirm_towns(
    *,
    town_ids: Iterable[int],
    by: Authorship,
    campaign: Campaign | None = None,
    kind: ConfirmationKind = ConfirmationKind.UNCHANGED,
    comment: str = "",
    seen: Mapping[int, str] | None = None,
) -> Confirmed:
    """Record one dated answer per town, signed by `by.actor`.

    Without a campaign, the answer counts for the running one that asks about the towns, if any.
    `seen` gives the start of the fingerprint of each sheet as the person saw it. The same answer
    twice counts once; another answer in the same campaign replaces the first.

    Raises PermissionDenied, OutOfReach, SheetsChanged, NothingCorrected, CampaignNotRunning.
    """
    towns, on = frozenset(town_ids), timezone.localdate(by.at)
    actor = _confirmer(by)
    campaign = _lock(campaign or find_campaign_asking(towns, on=on), on)
    _refuse_out_of_reach(towns, actor, campaign, on)
    prints = {town: state.fingerprint for town, state in sheet_states(towns, on=on).items()}
    _refuse_changed(prints, seen or {})
    if kind == ConfirmationKind.CORRECTED and not comment.strip():
        _refuse_uncorrected(towns, actor, campaign, on)
    standing = _standing(towns, campaign)
    already = frozenset(town for town, answer in standing.items() if answer.kind == kind)
    _withdraw([answer for answer in standing.values() if answer.kind != kind], by)
    draft = Confirmation(
        campaign=campaign,
        kind=kind,
        comment=comment.strip(),
        confirmed_at=by.at,
        confirmed_by=actor,
        batch=uuid.uuid4(),
    )
    _write(draft, {town: prints[town] for town in towns - already}, by)
    return Confirmed(draft.batch if towns - already else None, towns - already, already)


def _confirmer(by: Authorship) -> User:
    if by.actor is None or not can_confirm(by.actor):
        raise PermissionDenied
    return by.actor


def _lock(campaign: Campaign | None, on: date) -> Campaign | None:
    """Two people who answer for one campaign wait for each other here."""
    if campaign is None:
        return None
    locked = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if not locked.is_running(on):
        raise CampaignNotRunning
    return locked


def _refuse_out_of_reach(
    towns: frozenset[int], actor: User, campaign: Campaign | None, on: date
) -> None:
    scope = scope_of(actor, on=on)
    reached = towns_in_reach(scope, towns)
    if campaign is not None:
        reached &= asked_town_ids(campaign, scope, on=on)
    if towns - reached:
        raise OutOfReach(towns - reached)


def _refuse_changed(prints: Mapping[int, str], seen: Mapping[int, str]) -> None:
    changed = [town for town, start in seen.items() if not prints.get(town, "").startswith(start)]
    if changed:
        raise SheetsChanged(changed)


def _refuse_uncorrected(
    towns: frozenset[int], actor: User, campaign: Campaign | None, on: date
) -> None:
    """Without a comment, the trail must show what was corrected, since the campaign opened."""
    first = campaign.opens_on if campaign else on
    since = timezone.make_aware(datetime.combine(first, time.min))
    corrected = changed_by(actor, towns, since=since)
    if towns - corrected.keys():
        raise NothingCorrected(towns - corrected.keys())


def _standing(towns: frozenset[int], campaign: Campaign | None) -> dict[int, Confirmation]:
    if campaign is None:
        return {}
    rows = Confirmation.objects.filter(campaign=campaign, withdrawn_at__isnull=True)
    return {row.town_id: row for row in rows if row.town_id in towns}


def _withdraw(answers: list[Confirmation], by: Authorship) -> None:
    rows = [(answer, {"withdrawn_at": (None, by.at)}) for answer in answers]
    Confirmation.objects.filter(pk__in=[answer.pk for answer in answers]).update(withdrawn_at=by.at)
    record_changes(verb="replace_confirmation", rows=rows, by=by)


def _write(draft: Confirmation, prints: Mapping[int, str], by: Authorship) -> None:
    """One row per town, after the draft that says what they share."""
    shared = {
        name: getattr(draft, name)
        for name in ("campaign", "kind", "comment", "confirmed_at", "confirmed_by", "batch")
    }
    rows = [
        Confirmation(town_id=town, fingerprint=seen, **shared)
        for town, seen in sorted(prints.items())
    ]
    Confirmation.objects.bulk_create(rows, batch_size=500)
    told = [(row, {"kind": (None, str(row.kind))}) for row in rows]
    record_changes(verb="confirm_towns", rows=told, by=by)
