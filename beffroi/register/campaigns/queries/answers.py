"""What a campaign got, town by town and area by area."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Max, QuerySet

from beffroi.foundations.accounts.models import User
from beffroi.foundations.folding import fold
from beffroi.foundations.mandates.queries import Scope, departments_within, scope_of

from ..models import Campaign, CampaignReminder, Confirmation, ConfirmationKind
from ..permissions import recipients
from ..rules import UNDO_TIME, percent_done
from .areas import Areas, areas_of
from .towns import asked_town_ids


@dataclass(frozen=True, slots=True)
class AreaProgress:
    """How far an area is: towns asked, and answers by kind."""

    code: str
    name: str
    region_name: str
    asked: int
    unchanged: int
    corrected: int

    @property
    def answered(self) -> int:
        """Towns with an answer."""
        return self.unchanged + self.corrected

    @property
    def remaining(self) -> int:
        """Towns that still wait for one."""
        return self.asked - self.answered

    @property
    def percent(self) -> int:
        """Whole percent; 100 only when nothing remains."""
        return percent_done(self.answered, self.asked)


@dataclass(frozen=True, slots=True)
class CampaignProgress:
    """A campaign seen from an area: its towns, their answers, where they lie."""

    campaign: Campaign
    asked: frozenset[int]
    answers: dict[int, Confirmation]
    areas: Areas

    @property
    def remaining(self) -> frozenset[int]:
        """The towns that wait for an answer."""
        return self.asked - self.answers.keys()

    @property
    def total(self) -> AreaProgress:
        """The whole area at once."""
        return self._count("", "", "", self.asked)

    def by_department(self) -> list[AreaProgress]:
        """One row per département, in the order of their codes."""
        return [
            self._count(code, *self.areas.names(code), towns)
            for code, towns in sorted(self._departments().items())
        ]

    def by_region(self) -> list[AreaProgress]:
        """One row per région, in the order of their names."""
        grouped: dict[str, list[int]] = {}
        for code, towns in self._departments().items():
            grouped.setdefault(self.areas.region_code(code), []).extend(towns)
        rows = [
            self._count(code, self.areas.regions.get(code, "Région inconnue"), "", towns)
            for code, towns in grouped.items()
        ]
        return sorted(rows, key=lambda row: fold(row.name))

    def _departments(self) -> dict[str, list[int]]:
        grouped: dict[str, list[int]] = {}
        for town in self.asked:
            grouped.setdefault(self.areas.labels[town].department_code, []).append(town)
        return grouped

    def _count(self, code: str, name: str, region: str, towns: Iterable[int]) -> AreaProgress:
        asked = list(towns)
        kinds = Counter(self.answers[town].kind for town in asked if town in self.answers)
        return AreaProgress(
            code,
            name,
            region,
            len(asked),
            kinds[ConfirmationKind.UNCHANGED],
            kinds[ConfirmationKind.CORRECTED],
        )


def campaign_progress(campaign: Campaign, scope: Scope, *, on: date) -> CampaignProgress:
    """How far an area is with a campaign on a day; a handful of queries for the whole country."""
    asked = asked_town_ids(campaign, scope, on=on)
    rows = Confirmation.objects.filter(campaign=campaign, withdrawn_at__isnull=True)
    answers = {row.town_id: row for row in rows.select_related("confirmed_by")}
    return CampaignProgress(
        campaign=campaign,
        asked=asked,
        answers={town: answer for town, answer in answers.items() if town in asked},
        areas=areas_of(asked, on=on),
    )


def find_campaign_asking(town_ids: Iterable[int], *, on: date) -> Campaign | None:
    """The running campaign that asks about these towns, if there is one."""
    running = Campaign.objects.filter(
        opens_on__lte=on,
        closes_on__gte=on,
        closed_at__isnull=True,
        programme__designations__town_id__in=frozenset(town_ids),
    )
    return running.order_by("-opens_on", "-pk").first()


def remaining_of_running(
    scope: Scope, active: Collection[int], *, on: date
) -> tuple[Campaign, frozenset[int]] | None:
    """The running campaign that ends first and which of these active towns still wait for an
    answer; two queries. None where no campaign runs."""
    campaign = running_campaigns(on).first()
    if campaign is None or not scope.has_area:
        return None
    rows = Confirmation.objects.filter(campaign=campaign, withdrawn_at__isnull=True)
    answered = frozenset(rows.values_list("town_id", flat=True))
    return campaign, frozenset(active) - answered


def running_campaigns(on: date) -> QuerySet[Campaign]:
    """The campaigns that take answers on a day, the one that ends first first."""
    return Campaign.objects.filter(
        opens_on__lte=on, closes_on__gte=on, closed_at__isnull=True
    ).order_by("closes_on", "pk")


@dataclass(frozen=True, slots=True)
class UndoableBatch:
    """Answers given at once, a few minutes ago."""

    batch: UUID
    count: int
    confirmed_at: datetime

    @property
    def until(self) -> datetime:
        """The last instant at which they can be taken back."""
        return self.confirmed_at + UNDO_TIME


def undoable_batches(user: User, *, at: datetime) -> list[UndoableBatch]:
    """What a person answered so recently that it can be taken back, latest first."""
    rows = Confirmation.objects.filter(
        confirmed_by=user, withdrawn_at__isnull=True, confirmed_at__gte=at - UNDO_TIME
    )
    counted = rows.order_by("-confirmed_at").values_list("batch", "confirmed_at")
    return [
        UndoableBatch(batch, count, confirmed_at)
        for batch, confirmed_at, count in counted.annotate(count=Count("pk"))[:3]
    ]


@dataclass(frozen=True, slots=True)
class SilentKeeper:
    """Somebody who keeps an area that waits, with the last mail written to them."""

    user: User
    area: str
    remaining: int
    written_on: date | None


def silent_keepers(found: CampaignProgress, *, on: date) -> list[SilentKeeper]:
    """Those who still have towns to answer for, the most towns first."""
    rows = CampaignReminder.objects.filter(campaign=found.campaign).order_by()
    last = dict(rows.values_list("recipient_id").annotate(last=Max("written_on")))
    waiting: dict[str, int] = {row.code: row.remaining for row in found.by_department()}
    silent = []
    for person in recipients(on=on):
        codes = departments_within(scope_of(person, on=on)).values_list("code", flat=True)
        theirs = [code for code in codes if waiting.get(code)]
        if theirs:
            count = sum(waiting[code] for code in theirs)
            silent.append(SilentKeeper(person, ", ".join(theirs), count, last.get(person.pk)))
    return sorted(silent, key=lambda one: (-one.remaining, one.user.pk))
