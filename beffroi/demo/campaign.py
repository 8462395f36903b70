"""A campaign that runs: some départements have answered, others have not."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.mandates.queries import scope_of
from beffroi.programme.membership.queries import followed_programme
from beffroi.register.campaigns.actions import confirm_towns, open_campaign
from beffroi.register.campaigns.models import Campaign, ConfirmationKind
from beffroi.register.campaigns.queries import asked_town_ids

_BEGUN, _LEFT = timedelta(days=16), timedelta(days=12)
_NOTE = "Vérifiez surtout les postes de chef de projet et les conventions-cadres signées cet été."


def run_campaign(today: date, *, national: User, officer: User, region: User) -> None:
    """Open it once, and let two officers answer for part of their towns."""
    if Campaign.objects.exists():
        return
    campaign = open_campaign(
        title="Confirmation des fiches",
        programme=followed_programme(),
        opens_on=today - _BEGUN,
        closes_on=today + _LEFT,
        note=_NOTE,
        by=Authorship(at=_at(today - _BEGUN), actor=national),
    )
    _answer(campaign, officer, on=today - timedelta(days=3), share=(2, 3))
    _answer(campaign, region, on=today - timedelta(days=1), share=(-1, 3))


def _answer(campaign: Campaign, person: User, *, on: date, share: tuple[int, int]) -> None:
    """Confirm part of the person's towns as they stand, and say that one of them was corrected; a
    negative share counts from the last towns, which lie in other départements."""
    kept, parts = share
    towns = sorted(asked_town_ids(campaign, scope_of(person, on=timezone.localdate()), on=on))
    count = len(towns) * kept // parts
    answered = towns[:count] if count > 0 else towns[count:]
    signed = Authorship(at=_at(on), actor=person)
    confirm_towns(town_ids=answered[1:], by=signed, campaign=campaign)
    confirm_towns(
        town_ids=answered[:1],
        by=signed,
        campaign=campaign,
        kind=ConfirmationKind.CORRECTED,
        comment="Le nom du poste a changé au 1er du mois.",
    )


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10)))
