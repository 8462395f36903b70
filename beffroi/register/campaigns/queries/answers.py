"""What a campaign got, town by town and area by area."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from beffroi.foundations.mandates.queries import Scope

from ..models import Campaign, Confirmation, ConfirmationKind
from ..rules import percent_done
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
        return sorted(rows, key=lambda row: row.name)

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
    running = Campaign.objects.filter(
        opens_on__lte=on, closes_on__gte=on, closed_at__isnull=True
    ).order_by("closes_on", "pk")
    campaign = running.first()
    if campaign is None or not scope.has_area:
        return None
    rows = Confirmation.objects.filter(campaign=campaign, withdrawn_at__isnull=True)
    answered = frozenset(rows.values_list("town_id", flat=True))
    return campaign, frozenset(active) - answered
