"""What deserves an officer's attention on a day, and how it is said. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from beffroi.foundations.dates import add_months, format_date
from beffroi.programme.agreements.rules import Deadline
from beffroi.register.campaigns.rules import STALE_MONTHS, Freshness

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
_KIND_PLURALS = {
    AlertKind.AGREEMENT_LATE: "Conventions-cadres en retard",
    AlertKind.AGREEMENT_DUE: "Conventions-cadres bientôt dues",
    AlertKind.POST_VACANT: "Postes vacants",
    AlertKind.POST_ENDING: "Postes bientôt vacants",
    AlertKind.CAMPAIGN_CLOSING: "Campagnes qui se terminent",
    AlertKind.ROWS_WAITING: "Lignes à corriger",
    AlertKind.TOWN_UNREACHED: "Communes non touchées",
    AlertKind.SHEET_STALE: "Fiches à confirmer",
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


def agreement_alert(place: Place, deadline: Deadline, *, on: date) -> Alert | None:
    """The 18-month clock: a town whose adhesion is signed needs a framework within 18 months.

    None while the deadline is more than three months away, or once a framework covers the town.
    """
    due_on = deadline.due_on
    warned_from = add_months(due_on, -_SOON_MONTHS)
    if deadline.is_met or on < warned_from:
        return None
    late = deadline.is_late
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
    """A project manager's post, with the living towns it serves; `ended_on` is its last day.

    `vacant_since` is set while it is known that nobody holds it; `leaves_on` is the last day of its
    holder, where one is known and nobody is known to follow.
    """

    reference: str
    started_on: date
    ended_on: date | None
    town_ids: tuple[int, ...]
    vacant_since: date | None = None
    leaves_on: date | None = None

    def lasts_beyond(self, day: date) -> bool:
        """Whether it goes on, or starts, after a day."""
        return self.ended_on is None or self.ended_on > day


def post_alerts(posts: Sequence[Post], places: Mapping[int, Place], *, on: date) -> list[Alert]:
    """The posts that nobody holds, or that nobody will hold within two months, and the posts that
    end and leave towns without a successor. `places` are the active towns."""
    serving: dict[int, list[Post]] = {}
    for post in posts:
        for town in post.town_ids:
            serving.setdefault(town, []).append(post)
    alerts = []
    for post in posts:
        left = [places[town] for town in post.town_ids if town in places]
        if post.ended_on is not None and post.ended_on <= add_months(on, _LEAVING_MONTHS):
            alone = [one for one in left if not _is_succeeded(post, serving[one.town_id])]
            alerts.append(_ended(post, post.ended_on, alone, on) if alone else None)
        elif left:
            alerts.append(_held_by_nobody(post, left, on))
    return [alert for alert in alerts if alert is not None]


def _is_succeeded(post: Post, others: Sequence[Post]) -> bool:
    last = post.ended_on or date.max
    return any(other.lasts_beyond(last) for other in others if other is not post)


def _ended(post: Post, ended_on: date, left: list[Place], on: date) -> Alert:
    vacant = ended_on < on
    verb = "reste" if len(left) == 1 else "restent"
    told = (
        f"Le poste {post.reference} a pris fin le {format_date(ended_on)} sans successeur\u00a0: "
        f"{_names(left)} {verb} sans chef de projet."
        if vacant
        else f"Le poste {post.reference} prend fin le {format_date(ended_on)} et aucun successeur "
        f"n’est connu pour {_names(left)}."
    )
    return _post_alert(post, left, told, last_day=ended_on, vacant=vacant, on=on)


def _held_by_nobody(post: Post, left: list[Place], on: date) -> Alert | None:
    if post.vacant_since is not None:
        day = format_date(post.vacant_since)
        told = f"Le poste {post.reference} est vacant depuis le {day}\u00a0: {_names(left)}."
        before = post.vacant_since - timedelta(1)
        return _post_alert(post, left, told, last_day=before, vacant=True, on=on)
    if post.leaves_on is None or post.leaves_on > add_months(on, _LEAVING_MONTHS):
        return None
    day = format_date(post.leaves_on)
    vacant = post.leaves_on < on
    told = (
        f"Le titulaire du poste {post.reference} est parti le {day}, sans suite connue\u00a0: "
        f"{_names(left)}."
        if vacant
        else f"Le titulaire du poste {post.reference} part le {day} et personne n’est annoncé pour "
        f"{_names(left)}."
    )
    return _post_alert(post, left, told, last_day=post.leaves_on, vacant=vacant, on=on)


def _post_alert(
    post: Post, left: list[Place], told: str, *, last_day: date, vacant: bool, on: date
) -> Alert:
    long = add_months(last_day, _LONG_VACANT_MONTHS) < on
    return Alert(
        kind=AlertKind.POST_VACANT if vacant else AlertKind.POST_ENDING,
        severity=Severity.URGENT if long else Severity.IMPORTANT,
        key=f"post:{'vacant' if vacant else 'ending'}:{post.reference}:{last_day}",
        sentence=told,
        town_ids=tuple(place.town_id for place in left),
        department_codes=tuple(sorted({place.department_code for place in left})),
        post=post.reference,
        due_on=last_day,
        since=last_day + timedelta(1) if vacant else add_months(last_day, -_LEAVING_MONTHS),
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
    *,
    campaign_id: int,
    title: str,
    closes_on: date,
    area: str,
    remaining: Sequence[Place],
    on: date,
) -> Alert | None:
    """A campaign that ends within two weeks while towns of the area still wait for an answer.

    `area` tells one area from another: what one decides of its own towns hides nothing elsewhere.
    """
    if not remaining or not on <= closes_on <= on + timedelta(_CLOSING_DAYS):
        return None
    waiting = (
        "une commune attend" if len(remaining) == 1 else f"{len(remaining)} communes attendent"
    )
    return Alert(
        kind=AlertKind.CAMPAIGN_CLOSING,
        severity=Severity.IMPORTANT,
        key=f"campaign:{campaign_id}:{closes_on}:{area}",
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


def is_digest_day(on: date) -> bool:
    """From Monday to Friday: a Monday that was missed is made up for in its week."""
    return on.isoweekday() in range(1, 6)


@dataclass(frozen=True, slots=True)
class AlertGroup:
    """The alerts of one kind: the first of them, and how many others."""

    kind: AlertKind
    alerts: tuple[Alert, ...]
    total: int

    @property
    def label(self) -> str:
        """The kind, in French, in the number of its alerts."""
        return KIND_LABELS[self.kind] if self.total == 1 else _KIND_PLURALS[self.kind]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.total - len(self.alerts)


def grouped(alerts: Collection[Alert], *, shown: int) -> list[AlertGroup]:
    """By kind, in the order of the kinds, `shown` of each at most."""
    kinds: dict[AlertKind, list[Alert]] = {}
    for alert in alerts:
        kinds.setdefault(alert.kind, []).append(alert)
    return [
        AlertGroup(kind, tuple(kinds[kind][:shown]), len(kinds[kind]))
        for kind in AlertKind
        if kind in kinds
    ]
