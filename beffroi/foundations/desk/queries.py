"""The trail of rows, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, Model, Q, QuerySet
from django.utils import timezone
from django.utils.text import capfirst

from beffroi.foundations.audit.models import AuditEntry, Creation
from beffroi.foundations.audit.wording import act_in_words, find_detail
from beffroi.foundations.dates import format_date
from beffroi.foundations.money import format_number
from beffroi.foundations.territories.models import (
    Department,
    DepartmentPeriod,
    Region,
    RegionPeriod,
    Town,
)
from beffroi.foundations.territories.queries import town_labels

NOTHING = "—"
COMMAND_LINE = "import ou tâche du serveur"


@dataclass(frozen=True, slots=True)
class ChangeInWords:
    """One field that an act changed."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ActInWords:
    """One act of the trail, as a person reads it. `target` names the row."""

    pk: int
    at: datetime
    author: str
    what: str
    kind: str
    target: str
    reason: str
    changes: tuple[ChangeInWords, ...]


def trail_of(*rows: Model) -> QuerySet[AuditEntry]:
    """The acts on these rows, latest first."""
    wanted = Q(pk__in=[])
    for row in rows:
        wanted |= Q(target_type=row._meta.label_lower, target_key=str(row.pk))  # noqa: SLF001
    return AuditEntry.objects.filter(wanted).select_related("actor")


def last_act_on(row: Model) -> int:
    """The key of the latest act on a row, 0 when nothing was ever recorded."""
    return trail_of(row).order_by("-pk").values_list("pk", flat=True).first() or 0


def history_of(
    *rows: Model, after: int = 0, limit: int = 200, on: date | None = None
) -> list[ActInWords]:
    """The acts on a row (and on the rows that go with it) in words, latest first.

    `after` keeps the acts recorded later than that one; `on` is the day towns are named at.
    """
    entries = list(trail_of(*rows).filter(pk__gt=after).order_by("-at", "-pk")[:limit])
    told = acts_in_words(entries, on=on)
    if after:
        return told
    known = {(entry.target_type, entry.target_key, entry.at) for entry in entries}
    return told + _creations_in_words(rows, known)


def _creations_in_words(
    rows: Sequence[Model], known: set[tuple[str, str, datetime]]
) -> list[ActInWords]:
    """The runs that created these rows, but for those that a line of their own tells better."""
    wanted = Q(pk__in=[])
    for row in rows:
        label = row._meta.label_lower  # noqa: SLF001
        wanted |= Q(target_type=label, first_key__lte=row.pk, last_key__gte=row.pk)
    runs = list(Creation.objects.filter(wanted).select_related("actor"))
    return [
        ActInWords(
            pk=0,
            at=run.at,
            author=str(run.actor) if run.actor else COMMAND_LINE,
            what=f"{act_in_words(run.verb)} (première saisie)",
            kind=kind_in_words(run.target_type),
            target=str(row),
            reason=run.reason,
            changes=(),
        )
        for row in rows
        for run in runs
        if run.target_type == row._meta.label_lower  # noqa: SLF001
        and run.first_key <= row.pk <= run.last_key
        and (run.target_type, str(row.pk), run.at) not in known
    ]


def acts_in_words(entries: Sequence[AuditEntry], *, on: date | None = None) -> list[ActInWords]:
    """Acts in words: labels for fields, names for keys, French dates; few queries for many acts."""
    names = _names(entries, on or timezone.localdate())
    return [
        ActInWords(
            pk=entry.pk,
            at=entry.at,
            author=str(entry.actor) if entry.actor else COMMAND_LINE,
            what=act_in_words(entry.verb),
            kind=kind_in_words(entry.target_type),
            target=entry.target,
            reason=entry.reason,
            changes=tuple(_changes(entry, names)),
        )
        for entry in entries
    ]


def kind_in_words(target_type: str) -> str:
    """The model's own name, capitalised; the raw type once the model is gone."""
    model = _model(target_type)
    return capfirst(str(model._meta.verbose_name)) if model else target_type  # noqa: SLF001


_Names = dict[type[Model], dict[Any, str]]


def _changes(entry: AuditEntry, names: _Names) -> Iterable[ChangeInWords]:
    for name, pair in entry.changes.items():
        old, new = pair if isinstance(pair, list) and len(pair) == 2 else (None, pair)  # noqa: PLR2004
        label, field, related = _meaning(entry.target_type, name)
        known = names.get(related, {}) if related else {}
        yield ChangeInWords(label, _worded(old, field, known), _worded(new, field, known))


def _meaning(target_type: str, name: str) -> tuple[str, Field[Any, Any] | None, type[Model] | None]:
    """The label of a changed name, its field, and the model whose keys it holds."""
    if told := find_detail(target_type, name):
        return capfirst(told[0]), None, told[1]
    model = _model(target_type)
    for attempt in (name, name.removesuffix("_id"), name.removesuffix("_ids")):
        try:
            field = model._meta.get_field(attempt) if model else None  # noqa: SLF001
        except FieldDoesNotExist:
            continue
        if isinstance(field, Field):
            related = field.related_model if isinstance(field.related_model, type) else None
            return capfirst(str(field.verbose_name)), field, related
    return capfirst(name.replace("_", " ")), None, None


def _model(target_type: str) -> type[Model] | None:
    try:
        return apps.get_model(target_type)
    except (LookupError, ValueError):
        return None


def _names(entries: Sequence[AuditEntry], on: date) -> _Names:
    """The names of every related row that these acts mention by its key."""
    keys: defaultdict[type[Model], set[Any]] = defaultdict(set)
    for entry in entries:
        for name, pair in entry.changes.items():
            related = _meaning(entry.target_type, name)[2]
            if related:
                for value in pair if isinstance(pair, list) else [pair]:
                    keys[related] |= set(value if isinstance(value, list) else [value])
    return {model: _named(model, found - {None}, on) for model, found in keys.items()}


def _named(model: type[Model], keys: set[Any], on: date) -> dict[Any, str]:
    if model is Town:
        labels = town_labels((key for key in keys if isinstance(key, int)), on=on)
        return {pk: f"{label.name} ({label.code})" for pk, label in labels.items()}
    if model is Region:
        return dict(RegionPeriod.objects.as_of(on).values_list("region_id", "name"))
    if model is Department:
        return dict(DepartmentPeriod.objects.as_of(on).values_list("department_id", "name"))
    rows = model._default_manager.in_bulk([key for key in keys if isinstance(key, int)])  # noqa: SLF001
    return {pk: str(row) for pk, row in rows.items()}


def _worded(value: Any, field: Field[Any, Any] | None, names: dict[Any, str]) -> str:
    if value is None or value in ("", []):
        return NOTHING
    if isinstance(value, list):
        return ", ".join(sorted(_worded(item, field, names) for item in value))
    if isinstance(value, bool):
        return "oui" if value else "non"
    if value in names:
        return names[value]
    choices = dict(field.flatchoices) if field is not None else {}
    if value in choices:
        return str(choices[value])
    return _plain(value)


def _plain(value: Any) -> str:
    """A day or an amount as it is read; anything else as it is."""
    text = str(value)
    try:
        if len(text) == len("2026-01-31"):
            return format_date(date.fromisoformat(text))
    except ValueError:
        pass
    return format_number(value) if isinstance(value, int) else text
