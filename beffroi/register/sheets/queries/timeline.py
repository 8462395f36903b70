"""The dated facts of a sheet, in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from beffroi.foundations.money import format_amount
from beffroi.foundations.territories.queries import TownEvent

from .lines import (
    AgreementLine,
    BrownfieldLine,
    DecisionLine,
    EventKind,
    MeetingLine,
    MembershipLine,
    MissionLine,
    PostLine,
    RecordedAs,
    TimelineEvent,
)


def timeline_of(
    *,
    history: Iterable[TownEvent],
    memberships: Iterable[MembershipLine],
    agreements: Iterable[AgreementLine],
    posts: Iterable[PostLine],
    money: Iterable[DecisionLine],
    missions: Iterable[MissionLine],
    brownfields: Iterable[BrownfieldLine],
    meetings: Iterable[MeetingLine],
) -> tuple[TimelineEvent, ...]:
    """Every dated fact, the latest first."""
    events = [
        *(TimelineEvent(event.day, EventKind.TERRITORY, event.sentence) for event in history),
        *(event for line in memberships for event in _membership(line)),
        *(_agreement(line) for line in agreements),
        *(event for line in posts for event in _post(line)),
        *(_decision(line) for line in money),
        *(_mission(line) for line in missions),
        *(_brownfield(line) for line in brownfields),
        *(TimelineEvent(line.held_on, EventKind.MEETING, line.title) for line in meetings),
    ]
    return tuple(sorted(events, key=lambda event: event.day, reverse=True))


def _under(origin: RecordedAs | None) -> str:
    """Under which name a row was signed, when it was another one."""
    if origin is None:
        return ""
    if origin.is_former_town:
        return f" (ancienne commune {origin.label})"
    return f" (sous le nom {origin.label})"


def _membership(line: MembershipLine) -> Iterator[TimelineEvent]:
    entry = f"Entre dans le programme {line.programme}{_under(line.recorded_as)}"
    yield TimelineEvent(line.started_on, EventKind.MEMBERSHIP, entry)
    if line.ended_on:
        left = f"Quitte le programme {line.programme}"
        yield TimelineEvent(line.ended_on, EventKind.MEMBERSHIP, left)


def _agreement(line: AgreementLine) -> TimelineEvent:
    ort = ", valant ORT" if line.counts_as_ort else ""
    sentence = (
        f"Signe la {line.kind_label}"
        if line.kind_label.startswith("convention")
        else (f"Signe le {line.kind_label}")
    )
    return TimelineEvent(
        line.signed_on, EventKind.AGREEMENT, f"{sentence}{ort}{_under(line.recorded_as)}"
    )


def _post(line: PostLine) -> Iterator[TimelineEvent]:
    opened = f"Ouverture du poste de chef de projet {line.reference}, employé par {line.employer}"
    yield TimelineEvent(line.started_on, EventKind.POST, f"{opened}{_under(line.recorded_as)}")
    if line.ended_on:
        yield TimelineEvent(line.ended_on, EventKind.POST, f"Fin du poste {line.reference}")


def _decision(line: DecisionLine) -> TimelineEvent:
    sentence = f"{line.funder} : {format_amount(line.amount)} ({line.state_label}), {line.purpose}"
    return TimelineEvent(line.decided_on, EventKind.MONEY, f"{sentence}{_under(line.recorded_as)}")


def _mission(line: MissionLine) -> TimelineEvent:
    sentence = f"Mission d’expertise notifiée par {line.funder} : {line.theme}"
    return TimelineEvent(
        line.notified_on, EventKind.MISSION, f"{sentence}{_under(line.recorded_as)}"
    )


def _brownfield(line: BrownfieldLine) -> TimelineEvent:
    return TimelineEvent(
        line.decided_on, EventKind.LAUREATE, f"Lauréate : {line.edition}{_under(line.recorded_as)}"
    )
