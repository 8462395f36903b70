"""What to look at before freezing: nothing of it blocks, all of it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.utils import timezone

from beffroi.foundations.imports.models import RefusedRow
from beffroi.foundations.mandates.queries import NATIONAL, Scope, rows_within
from beffroi.foundations.money import format_number
from beffroi.foundations.territories.queries import departments_holding
from beffroi.register.campaigns.queries import campaign_progress, running_campaigns

from ..comparison import Comparison
from ..indicators.tables import PLANS
from ..report import Report
from ..rules import Figure, format_figure

_FRESH_ENOUGH = 50
_MUCH = Decimal("0.1")


def checks_of(report: Report, comparison: Comparison | None) -> list[str]:
    """One French sentence for each thing that deserves a look."""
    return [
        *_without_value(report),
        *_freshness(report),
        *_waiting(report),
        *(_moves(comparison) if comparison else ()),
    ]


def _without_value(report: Report) -> Iterator[str]:
    missing = [figure for figure in report.figures if figure.value is None]
    by_reason: dict[str, list[str]] = {}
    for figure in missing:
        by_reason.setdefault(_why(figure, report), []).append(figure.label)
    for reason, labels in by_reason.items():
        yield f"Sans valeur, {reason}\u00a0: {', '.join(labels)}."


def _why(figure: Figure, report: Report) -> str:
    if figure.denominator == 0:
        return "car rien n’entre au dénominateur sur ce territoire à cette date"
    if report.territory != "national":
        return "car ces chiffres n’existent pas à l’échelle de ce territoire"
    if figure.table == PLANS or "prévisionnel" in figure.label:
        return "car aucun engagement prévisionnel n’est enregistré"
    return "car rien dans le registre ne permet de les calculer"


def _freshness(report: Report) -> Iterator[str]:
    for figure in report.figures:
        known = figure.code == "freshness" and figure.value is not None
        if known and figure.value < _FRESH_ENOUGH:  # type: ignore[operator]
            yield f"Moins de la moitié des fiches sont à jour\u00a0: {format_figure(figure)}."


def _waiting(report: Report) -> Iterator[str]:
    scope = _area(report)
    refused = rows_within(RefusedRow.objects.filter(resolution=""), scope).count()
    if refused:
        rows = "lignes refusées attendent" if refused > 1 else "ligne refusée attend"
        yield f"{format_number(refused)} {rows} encore une correction."
    today = timezone.localdate()
    for campaign in running_campaigns(today):
        total = campaign_progress(campaign, scope, on=today).total
        if total.remaining:
            yield (
                f"«\u00a0{campaign.title}\u00a0»\u00a0: {format_number(total.remaining)} communes "
                f"sur {format_number(total.asked)} restent à confirmer."
            )


def _moves(comparison: Comparison) -> Iterator[str]:
    for change in comparison.changed:
        if change.is_redefined:
            yield (
                f"{change.figure.label}\u00a0: la définition a changé, les deux valeurs ne se "
                "comparent pas."
            )
        elif change.before and change.difference and change.before.value:
            ratio = abs(Decimal(change.difference)) / Decimal(change.before.value)
            if ratio > _MUCH:
                yield (
                    f"{change.figure.label} varie de plus de 10\u202f% depuis le dernier point "
                    "publié."
                )


def _area(report: Report) -> Scope:
    departments = departments_holding(report.territory, on=report.as_of)
    return NATIONAL if departments is None else Scope(department_ids=departments)
