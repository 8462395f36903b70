"""The dated facts of a sheet, in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from beffroi.foundations.money import format_amount
from beffroi.foundations.territories.queries import TownEvent

from .lines import (
    AgreementLine,
    BrownfieldLine,
    DecisionLine,
    MembershipLine,
    MissionLine,
    PostLine,
    RecordedAs,
)
from .sheet import EventKind, TimelineEvent, TownSheet


def timeline_of(sheet: TownSheet, history: Iterable[TownEvent]) -> tuple[TimelineEvent, ...]:
    """Every dated fact of a sheet, the latest first; nothing after its day."""
    events = [
        *(TimelineEvent(event.day, EventKind.TERRITORY, event.sentence) for event in history),
        *(event for line in sheet.memberships for event in _membership(line)),
        *(event for line in sheet.agreements for event in _agreement(line)),
        *(event for line in sheet.posts for event in _post(line)),
        *(_decision(line) for line in sheet.money.decisions),
        *(_mission(line) for line in sheet.missions.lines),
        *(_brownfield(line) for line in sheet.brownfields),
        *(TimelineEvent(line.held_on, EventKind.MEETING, line.title) for line in sheet.meetings),
        *_confirmation(sheet),
    ]
    past = [event for event in events if event.day <= sheet.as_of]
    return tuple(sorted(past, key=lambda event: event.day, reverse=True))


def _confirmation(sheet: TownSheet) -> Iterator[TimelineEvent]:
    if day := sheet.freshness.confirmed_on:
        yield TimelineEvent(day, EventKind.CONFIRMATION, "Fiche confirmée par un agent")


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


def _agreement(line: AgreementLine) -> Iterator[TimelineEvent]:
    article = "la" if line.kind_label.startswith("convention") else "le"
    ort = ", valant ORT" if line.counts_as_ort else ""
    if line.covered_since == line.signed_on:
        signed = f"Signe {article} {line.kind_label}{ort}"
    else:
        signed = f"Rejoint {article} {line.kind_label} par avenant{ort}"
    yield TimelineEvent(
        line.covered_since, EventKind.AGREEMENT, f"{signed}{_under(line.recorded_as)}"
    )
    for amendment in line.amendments:
        changed = f"Avenant {amendment.number} à {article} {line.kind_label}"
        changed = changed.replace("à le ", "au ")
        sentence = f"{changed}\u00a0: {amendment.purpose}"
        yield TimelineEvent(amendment.signed_on, EventKind.AGREEMENT, sentence)


def _post(line: PostLine) -> Iterator[TimelineEvent]:
    employed = f", employé par {line.employer}" if line.employer else ""
    opened = f"Ouverture du poste de chef de projet {line.reference}{employed}"
    yield TimelineEvent(line.started_on, EventKind.POST, f"{opened}{_under(line.recorded_as)}")
    for tenure in line.tenures:
        begins = "Vacance du poste" if tenure.is_vacancy else "Prise de fonctions au poste"
        yield TimelineEvent(tenure.started_on, EventKind.POST, f"{begins} {line.reference}")
        if tenure.ended_on and not tenure.is_vacancy:
            left = f"Départ du titulaire du poste {line.reference}"
            yield TimelineEvent(tenure.ended_on, EventKind.POST, left)
    if line.ended_on:
        yield TimelineEvent(line.ended_on, EventKind.POST, f"Fin du poste {line.reference}")


def _decision(line: DecisionLine) -> TimelineEvent:
    sentence = (
        f"{line.funder}\u00a0: {format_amount(line.amount)} ({line.state_label}), {line.purpose}"
    )
    return TimelineEvent(line.reached_on, EventKind.MONEY, f"{sentence}{_under(line.recorded_as)}")


def _mission(line: MissionLine) -> TimelineEvent:
    sentence = f"Mission d’expertise notifiée par {line.funder}\u00a0: {line.theme}"
    return TimelineEvent(
        line.notified_on, EventKind.MISSION, f"{sentence}{_under(line.recorded_as)}"
    )


def _brownfield(line: BrownfieldLine) -> TimelineEvent:
    sentence = f"Lauréate\u00a0: {line.edition}{_under(line.recorded_as)}"
    return TimelineEvent(line.decided_on, EventKind.LAUREATE, sentence)
