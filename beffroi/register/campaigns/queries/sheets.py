"""What a sheet says today, in short, and the fingerprint that tells whether it still says so."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model

from beffroi.offers.calls.models import BrownfieldProject
from beffroi.programme.agreements.models import Agreement, AgreementKind
from beffroi.programme.membership.models import Designation, ProjectManagerPost
from beffroi.programme.support.models import ExpertiseMission, RealisedCommitment

# Each table of a sheet: how its rows find their town, then what they say.
_TABLES: tuple[tuple[type[Model], str, tuple[str, ...]], ...] = (
    (Designation, "town_id", ("programme_id", "group_id", "started_on", "ended_on")),
    (
        Agreement,
        "coverages__town_id",
        ("kind", "reference", "signed_on", "counts_as_ort", "intercommunality_id"),
    ),
    (
        ProjectManagerPost,
        "served_towns__town_id",
        (
            "reference",
            "employer_kind",
            "started_on",
            "ended_on",
            "holders__name",
            "holders__started_on",
            "holders__ended_on",
            "vacancies__started_on",
            "vacancies__ended_on",
        ),
    ),
    (
        RealisedCommitment,
        "town_id",
        ("decision_reference", "funder_id", "state", "decided_on", "amount"),
    ),
    (ExpertiseMission, "town_id", ("reference", "funder_id", "theme", "notified_on", "amount")),
    (BrownfieldProject, "town_id", ("reference", "decided_on", "area_m2")),
)
_BATCH = 500


@dataclass(slots=True)
class SheetState:
    """A sheet in a few words. Amounts in euros; `post_until` is set where the post has an end."""

    adhesion_on: date | None = None
    framework_on: date | None = None
    is_ort: bool = False
    posts: int = 0
    missions: int = 0
    decisions: int = 0
    amount: Decimal = field(default_factory=Decimal)
    fingerprint: str = ""


def sheet_states(town_ids: Iterable[int], *, on: date) -> dict[int, SheetState]:
    """The state of each sheet on a day; six queries for up to 500 towns.

    The fingerprint is that of every row of the sheet, whatever its date.
    """
    wanted = sorted(frozenset(town_ids))
    states: dict[int, SheetState] = {}
    for start in range(0, len(wanted), _BATCH):
        some = wanted[start : start + _BATCH]
        rows = _rows_of(some)
        states |= {town: _state(rows[town], on) for town in some}
    return states


Rows = dict[str, list[dict[str, Any]]]


def _rows_of(town_ids: list[int]) -> defaultdict[int, Rows]:
    found: defaultdict[int, Rows] = defaultdict(dict)
    for model, path, fields in _TABLES:
        rows = model._default_manager.filter(**{f"{path}__in": town_ids}).order_by("pk")  # noqa: SLF001
        for row in rows.values("pk", path, *fields):
            town = row.pop(path)
            found[town].setdefault(model.__name__, []).append(row)
    return found


def _state(rows: Rows, on: date) -> SheetState:
    signed = [row for row in rows.get("Agreement", []) if row["signed_on"] <= on]
    frameworks = [row for row in signed if row["kind"] == AgreementKind.FRAMEWORK]
    given = [row for row in rows.get("RealisedCommitment", []) if row["decided_on"] <= on]
    missions = [row for row in rows.get("ExpertiseMission", []) if row["notified_on"] <= on]
    return SheetState(
        adhesion_on=_first([row for row in signed if row["kind"] == AgreementKind.ADHESION]),
        framework_on=_first(frameworks),
        is_ort=any(row["counts_as_ort"] for row in frameworks),
        posts=len({row["pk"] for row in rows.get("ProjectManagerPost", []) if _is_open(row, on)}),
        missions=len(missions),
        decisions=len(given),
        amount=sum((row["amount"] for row in given), Decimal()),
        fingerprint=_fingerprint(rows),
    )


def _first(agreements: list[dict[str, Any]]) -> date | None:
    return min((row["signed_on"] for row in agreements), default=None)


def _is_open(post: dict[str, Any], on: date) -> bool:
    started: date = post["started_on"]
    return started <= on and (post["ended_on"] is None or post["ended_on"] >= on)


def _fingerprint(rows: Rows) -> str:
    text = json.dumps(rows, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
