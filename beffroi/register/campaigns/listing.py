"""The towns of a campaign as its page lists them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from beffroi.foundations.accounts.models import User
from beffroi.foundations.folding import fold

from .models import Campaign, Confirmation, ConfirmationKind
from .queries import CampaignProgress, SheetState, freshness_and_own_changes, sheet_states
from .rules import Freshness, FreshnessClass

PER_PAGE = 50
FRESHNESS_LABELS = {
    FreshnessClass.FRESH: "à jour",
    FreshnessClass.TO_CONFIRM: "à confirmer",
    FreshnessClass.STALE: "périmée",
    FreshnessClass.NEVER: "jamais confirmée",
}
_STATES = {
    "": "Toutes",
    "a-confirmer": "À confirmer",
    "inchangees": "Rien n’a changé",
    "corrigees": "Corrigées",
}


class TownFilter(forms.Form):
    """State, part of a name, and the département where there are several."""

    etat = forms.ChoiceField(label="Réponse", required=False, choices=list(_STATES.items()))
    q = forms.CharField(label="Commune", required=False, max_length=100)

    def __init__(self, *args: Any, departments: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if departments[1:]:
            choices = [("", "Tous"), *departments]
            self.fields["departement"] = forms.ChoiceField(
                label="Département", required=False, choices=choices
            )

    def chosen(self, name: str) -> str:
        """What was chosen; nothing where it cannot be read."""
        return str(self.cleaned_data.get(name, "")) if self.is_valid() else ""


@dataclass(frozen=True, slots=True)
class TownRow:
    """One town of the page: what its sheet says, how fresh it is, what was answered."""

    town_id: int
    name: str
    code: str
    sheet_url: str
    sheet: SheetState
    freshness: Freshness
    answer: Confirmation | None
    corrected_on: date | None

    @property
    def freshness_label(self) -> str:
        """The class, in French."""
        return FRESHNESS_LABELS[self.freshness.state]

    @property
    def seen(self) -> str:
        """The start of the fingerprint, as the form carries it back."""
        return self.sheet.fingerprint[:16]


def matching_towns(found: CampaignProgress, form: TownFilter) -> list[int]:
    """The towns that the filter keeps, by département and name."""
    state, department, text = (form.chosen(name) for name in ("etat", "departement", "q"))
    wanted = fold(text)
    labels = found.areas.labels

    def kept(town: int) -> bool:
        answer, label = found.answers.get(town), labels[town]
        return (
            _in_state(answer, state)
            and department in {"", label.department_code}
            and (wanted in fold(label.name) or label.code.startswith(text.strip().upper()))
        )

    return sorted(
        (town for town in found.asked if kept(town)),
        key=lambda town: (labels[town].department_code, fold(labels[town].name), town),
    )


def _in_state(answer: Confirmation | None, state: str) -> bool:
    kinds = {"inchangees": ConfirmationKind.UNCHANGED, "corrigees": ConfirmationKind.CORRECTED}
    if state == "a-confirmer":
        return answer is None
    return state == "" or (answer is not None and answer.kind == kinds[state])


def page_of(
    towns: list[int], number: str | None, found: CampaignProgress, *, user: User, on: date
) -> tuple[Page[int], list[TownRow]]:
    """One page of towns, and its rows."""
    page = Paginator(towns, PER_PAGE).get_page(number)
    return page, rows_of(page.object_list, found, user=user, on=on)


def rows_of(
    town_ids: Iterable[int], found: CampaignProgress, *, user: User, on: date
) -> list[TownRow]:
    """What the page says of these towns, in their order."""
    shown = list(town_ids)
    sheets = sheet_states(shown, on=on)
    since = _opening(found.campaign)
    fresh, corrected = freshness_and_own_changes(shown, on=on, user=user, since=since)
    labels = found.areas.labels
    return [
        TownRow(
            town_id=town,
            name=labels[town].name,
            code=labels[town].code,
            sheet_url=sheet_url(town),
            sheet=sheets[town],
            freshness=fresh[town],
            answer=found.answers.get(town),
            corrected_on=corrected.get(town),
        )
        for town in shown
    ]


def sheet_url(town_id: int) -> str:
    """The sheet of a town, in a room above: its address is asked by name."""
    try:
        return reverse("sheets:town", args=[town_id])
    except NoReverseMatch:
        return ""


def _opening(campaign: Campaign) -> datetime:
    return timezone.make_aware(datetime.combine(campaign.opens_on, time.min))
