"""What deserves an officer's attention on a day, and how it is said. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from beffroi.foundations.dates import add_months, format_date
from beffroi.register.campaigns.rules import STALE_MONTHS, Freshness

CLOCK_MONTHS = 18
_SOON_MONTHS = 3
_LEAVING_MONTHS = 2
_LONG_VACANT_MONTHS = 6
_CLOSING_DAYS = 14
_FEW_NAMES = 4
_WEEK = timedelta(7)


class AlertKind(StrEnum):
    """What an alert is about."""

    AGREEMENT_LATE = "agreement_late"
    AGREEMENT_DUE = "agreement_due"
    POST_VACANT = "post_vacant"
    POST_ENDING = "post_ending"
    CAMPAIGN_CLOSING = "campaign_closing"
    ROWS_WAITING = "rows_waiting"
    TOWN_UNREACHED = "town_unreached"
    SHEET_STALE = "sheet_stale"


KIND_LABELS = {
    AlertKind.AGREEMENT_LATE: "Convention-cadre en retard",
    AlertKind.AGREEMENT_DUE: "Convention-cadre bientôt due",
    AlertKind.POST_VACANT: "Poste vacant",
    AlertKind.POST_ENDING: "Poste bientôt vacant",
    AlertKind.CAMPAIGN_CLOSING: "Campagne qui se termine",
    AlertKind.ROWS_WAITING: "Lignes à corriger",
    AlertKind.TOWN_UNREACHED: "Commune non touchée",
    AlertKind.SHEET_STALE: "Fiche à confirmer",
}


class Severity(StrEnum):
    """How much it presses."""

    URGENT = "urgent"
    IMPORTANT = "important"
    NOTICE = "notice"


SEVERITY_LABELS = {
    Severity.URGENT: "Urgente",
    Severity.IMPORTANT: "Importante",
    Severity.NOTICE: "À savoir",
}
_RANKS = {severity: rank for rank, severity in enumerate(Severity)}
_KIND_RANKS = {kind: rank for rank, kind in enumerate(AlertKind)}


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to look at. `key` names the very situation: another one has another key.

    `since` is the day it became true, as far as the register tells; `due_on` its deadline.
    """

    kind: AlertKind
    severity: Severity
    key: str
    sentence: str
    town_ids: tuple[int, ...] = ()
    department_codes: tuple[str, ...] = ()
    post: str = ""
    due_on: date | None = None
    since: date | None = None
    url: str = ""

    @property
    def kind_label(self) -> str:
        """The kind, in French."""
        return KIND_LABELS[self.kind]

    @property
    def severity_label(self) -> str:
        """The severity, in French."""
        return SEVERITY_LABELS[self.severity]

    def is_new(self, on: date) -> bool:
        """Whether it became true in the seven days before `on`."""
        return self.since is not None and on - _WEEK < self.since <= on


def in_order(alerts: Collection[Alert]) -> list[Alert]:
    """The most pressing first, then by kind, then by deadline."""
    return sorted(
        alerts,
        key=lambda one: (
            _RANKS[one.severity],
            _KIND_RANKS[one.kind],
            one.due_on or date.max,
            one.department_codes,
            one.sentence,
        ),
    )


@dataclass(frozen=True, slots=True)
class Place:
    """A town as an alert writes it."""

    town_id: int
    name: str
    code: str
    department_code: str

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


def agreement_alert(
    place: Place, *, signed_on: date, framework_on: date | None, on: date
) -> Alert | None:
    """The 18-month clock: a town whose adhesion is signed needs a framework within 18 months.

    None while the deadline is more than three months away, or once a framework covers the town.
    """
    due_on = add_months(signed_on, CLOCK_MONTHS)
    if framework_on is not None and framework_on <= on:
        return None
    late = on > due_on
    warned_from = add_months(due_on, -_SOON_MONTHS)
    if on < warned_from:
        return None
    day = format_date(due_on)
    told = (
        f"{place}\u00a0: la convention-cadre était due le {day} et n’est pas signée."
        if late
        else f"{place}\u00a0: la convention-cadre est due le {day}."
    )
    pressing = late or add_months(on, 1) >= due_on
    return Alert(
        kind=AlertKind.AGREEMENT_LATE if late else AlertKind.AGREEMENT_DUE,
        severity=Severity.URGENT if pressing else Severity.IMPORTANT,
        key=f"framework:{'late' if late else 'due'}:{place.town_id}:{due_on}",
        sentence=told,
        town_ids=(place.town_id,),
        department_codes=(place.department_code,),
        due_on=due_on,
        since=due_on + timedelta(1) if late else warned_from,
    )


@dataclass(frozen=True, slots=True)
class Post:
    """A project manager's post, with the living towns it serves. `ended_on` is its last day."""

    reference: str
    started_on: date
    ended_on: date | None
    town_ids: tuple[int, ...]

    def covers(self, day: date) -> bool:
        """Whether somebody may hold it that day."""
        return self.started_on <= day and (self.ended_on is None or day <= self.ended_on)

    def lasts_beyond(self, other: Post) -> bool:
        """Whether it goes on, or starts, after the last day of another."""
        return self.ended_on is None or (
            other.ended_on is not None and self.ended_on > other.ended_on
        )


def post_alerts(posts: Sequence[Post], places: Mapping[int, Place], *, on: date) -> list[Alert]:
    """The posts that ended, or end within two months, and leave towns without a successor.

    `places` are the active towns; the others need nobody.
    """
    serving: dict[int, list[Post]] = {}
    for post in posts:
        for town in post.town_ids:
            serving.setdefault(town, []).append(post)
    alerts = []
    for post in posts:
        if post.ended_on is None or post.ended_on > add_months(on, _LEAVING_MONTHS):
            continue
        left = [
            places[town]
            for town in post.town_ids
            if town in places and not _is_succeeded(post, serving[town])
        ]
        if left:
            alerts.append(_post_alert(post, post.ended_on, left, on))
    return alerts


def _is_succeeded(post: Post, others: Sequence[Post]) -> bool:
    return any(other.lasts_beyond(post) for other in others if other is not post)


def _post_alert(post: Post, ended_on: date, left: list[Place], on: date) -> Alert:
    vacant = ended_on < on
    towns = _names(left)
    verb = "reste" if len(left) == 1 else "restent"
    told = (
        f"Le poste {post.reference} a pris fin le {format_date(ended_on)} sans successeur\u00a0: "
        f"{towns} {verb} sans chef de projet."
        if vacant
        else f"Le poste {post.reference} prend fin le {format_date(ended_on)} et aucun successeur "
        f"n’est connu pour {towns}."
    )
    long = add_months(ended_on, _LONG_VACANT_MONTHS) < on
    return Alert(
        kind=AlertKind.POST_VACANT if vacant else AlertKind.POST_ENDING,
        severity=Severity.URGENT if long else Severity.IMPORTANT,
        key=f"post:{'vacant' if vacant else 'ending'}:{post.reference}:{ended_on}",
        sentence=told,
        town_ids=tuple(place.town_id for place in left),
        department_codes=tuple(sorted({place.department_code for place in left})),
        post=post.reference,
        due_on=ended_on,
        since=ended_on + timedelta(1) if vacant else add_months(ended_on, -_LEAVING_MONTHS),
    )


def stale_alert(place: Place, known: Freshness) -> Alert | None:
    """A sheet that nobody vouched for within twelve months."""
    if known.is_up_to_date:
        return None
    last = known.last_on
    told = (
        f"{place}\u00a0: personne n’a encore confirmé la fiche."
        if last is None
        else f"{place}\u00a0: la fiche n’a été ni confirmée ni modifiée depuis le "
        f"{format_date(last)}."
    )
    return Alert(
        kind=AlertKind.SHEET_STALE,
        severity=Severity.NOTICE,
        key=f"stale:{place.town_id}:{last or 'never'}",
        sentence=told,
        town_ids=(place.town_id,),
        department_codes=(place.department_code,),
        since=None if last is None else add_months(last, STALE_MONTHS) + timedelta(1),
    )


def unreached_alert(
    place: Place, *, has_mission: bool, has_money: bool, has_met: bool | None
) -> Alert | None:
    """A town that the programme gave nothing yet. `has_met` is None where nobody keeps who came to
    meetings; it then tells nothing either way, and the sentence says so."""
    if has_mission or has_money or has_met:
        return None
    told = (
        f"{place}\u00a0: ni mission d’expertise ni financement\u202f; "
        "la présence aux rencontres n’est pas relevée par commune."
        if has_met is None
        else f"{place}\u00a0: ni mission d’expertise, ni financement, ni présence à une rencontre."
    )
    return Alert(
        kind=AlertKind.TOWN_UNREACHED,
        severity=Severity.NOTICE,
        key=f"unreached:{place.town_id}",
        sentence=told,
        town_ids=(place.town_id,),
        department_codes=(place.department_code,),
    )


def rows_alert(count: int, *, last_on: date | None) -> Alert | None:
    """Rows of follow-up files that wait for a correction; `last_on` is when the last one came."""
    if not count:
        return None
    told = (
        "Une ligne de fichier de suivi attend une correction."
        if count == 1
        else f"{count} lignes de fichiers de suivi attendent une correction."
    )
    return Alert(
        kind=AlertKind.ROWS_WAITING,
        severity=Severity.IMPORTANT,
        key=f"rows:{last_on}",
        sentence=told,
        since=last_on,
    )


def campaign_alert(
    *, campaign_id: int, title: str, closes_on: date, remaining: Sequence[Place], on: date
) -> Alert | None:
    """A campaign that ends within two weeks while towns of the area still wait for an answer."""
    if not remaining or not on <= closes_on <= on + timedelta(_CLOSING_DAYS):
        return None
    waiting = (
        "une commune attend" if len(remaining) == 1 else f"{len(remaining)} communes attendent"
    )
    return Alert(
        kind=AlertKind.CAMPAIGN_CLOSING,
        severity=Severity.IMPORTANT,
        key=f"campaign:{campaign_id}:{closes_on}",
        sentence=(
            f"«\u00a0{title}\u00a0» se termine le {format_date(closes_on)}\u00a0: "
            f"{waiting} encore votre réponse."
        ),
        town_ids=tuple(place.town_id for place in remaining),
        department_codes=tuple(sorted({place.department_code for place in remaining})),
        due_on=closes_on,
        since=closes_on - timedelta(_CLOSING_DAYS),
    )


def _names(places: Sequence[Place]) -> str:
    """`Dinan (22050) et Lamballe (22093)`, or a few names and how many others."""
    names = [str(place) for place in places]
    if len(names) > _FEW_NAMES:
        return f"{', '.join(names[:_FEW_NAMES])} et {len(names) - _FEW_NAMES} autres communes"
    return " et ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
