"""Which day a file is asked for, and whether what the reader has is still what it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256

from django.core.cache import cache
from django.utils import timezone
from django.utils.http import quote_etag

from beffroi.foundations.dates import format_date, parse_date
from beffroi.foundations.money import format_number
from beffroi.programme.membership.queries import FOLLOWED
from beffroi.progress.models import Snapshot
from beffroi.progress.queries import NoProgramme, get_programme
from beffroi.register.state import RegisterState, read_state

from .declaration import Dataset
from .edition import Edition
from .writing import Form, forms_of

_KEPT_SECONDS = 3600


class RefusedVersion(ValueError):
    """A day for which there is no version; the reason is in French."""


@dataclass(frozen=True, slots=True)
class Version:
    """An edition, with the state of the register it is read from."""

    edition: Edition
    state: RegisterState
    is_current: bool

    @property
    def as_of(self) -> date:
        """The day of the version."""
        return self.edition.as_of

    @property
    def modified_at(self) -> datetime | None:
        """The last instant at which the content may have changed: rows dated ahead come in at
        midnight. None for a register that nobody touched."""
        changed_at = self.state.changed_at
        if changed_at is None or not self.is_current:
            return changed_at
        return max(changed_at, timezone.make_aware(datetime.combine(self.as_of, time.min)))

    def etag(self, dataset: Dataset, form: Form) -> str:
        """The name of the content of a file, columns included."""
        columns = sha256(repr(dataset.fields).encode()).hexdigest()
        parts = (dataset.code, form.value, self.as_of.isoformat(), self.state.name, columns)
        return quote_etag(sha256(" ".join(parts).encode()).hexdigest()[:32])

    def forms(self, dataset: Dataset) -> tuple[Form, ...]:
        """The forms that a dataset is offered in that day."""
        return forms_of(dataset, rows=self.count(dataset))

    def count(self, dataset: Dataset) -> int:
        """How many rows a dataset has, counted once for each state of the register."""
        parts = ("opendata", dataset.code, self.as_of.isoformat(), self.state.name)
        key = sha256(" ".join(parts).encode()).hexdigest()
        known: int | None = cache.get(key)
        if known is None:
            known = _count(dataset, self.edition)
            cache.set(key, known, _KEPT_SECONDS)
        return known


def _count(dataset: Dataset, edition: Edition) -> int:
    return dataset.count(edition) if dataset.count else sum(1 for _ in dataset.read(edition))


def placed(dataset: Dataset, edition: Edition) -> str:
    """How many rows have a point in the GeoJSON file, in French; nothing where there is no such
    file."""
    if dataset.points is None:
        return ""
    points, column = dataset.points(edition), dataset.header.index(dataset.located_by)
    known = [str(row[column]) in points for row in dataset.read(edition)]
    return (
        f"En GeoJSON, un point est connu pour {format_number(sum(known))} des "
        f"{format_number(len(known))} lignes, celui d’un fichier de chefs-lieux ou de "
        "centroïdes\u202f; les autres n’ont pas de géométrie (null)."
    )


def open_version(text: str = "", *, today: date) -> Version:
    """The version of the day that `text` writes, today's for none. Raises RefusedVersion."""
    try:
        programme = get_programme()
    except NoProgramme:
        programme = None
    day = _read_day(text, today) if text.strip() else today
    if programme and day < programme.launched_on:
        raise RefusedVersion(
            f"Le programme a été lancé le {format_date(programme.launched_on)}\u00a0: il n’y a "
            f"rien à publier au {format_date(day)}."
        )
    return Version(Edition(day, programme), read_state(), is_current=not text.strip())


def published_days() -> list[date]:
    """The days of the published reports of the followed programme in the whole country, newest
    first."""
    rows = Snapshot.objects.published().filter(programme__code=FOLLOWED, territory="national")
    rows = rows.order_by("-as_of")
    return list(rows.values_list("as_of", flat=True).distinct())


def _read_day(text: str, today: date) -> date:
    try:
        day = parse_date(text)
    except ValueError as unreadable:
        raise RefusedVersion(
            f"La date demandée, «\u00a0{text[:40]}\u00a0», ne se lit pas\u00a0: {unreadable}."
        ) from None
    if day > today:
        raise RefusedVersion(
            f"Le {format_date(day)} n’est pas encore venu\u00a0: le registre ne dit que le passé."
        )
    return day
