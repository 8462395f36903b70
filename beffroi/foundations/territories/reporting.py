"""The report of an import of the official geography, in French or as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

from beffroi.foundations.dates import format_date
from beffroi.foundations.money import format_number

from .actions import CogReport, Difference

_KINDS = {
    "merged": "fusions",
    "absorbed": "communes qui en absorbent d’autres",
    "split": "scissions",
    "created": "communes créées",
    "ended": "communes supprimées",
    "renamed": "changements de nom",
    "recoded": "changements de code",
    "department": "changements de département",
    "epci": "changements d’EPCI",
    "epci_created": "EPCI créés",
    "epci_renamed": "EPCI qui changent de nom",
    "epci_ended": "EPCI disparus",
}
_STATUSES = {"new": "à ajouter", "redated": "à redater", "withdrawn": "à retirer"}
_DONE = {"new": "ajoutés", "redated": "redatés", "withdrawn": "retirés"}
_SENTENCES = {
    "merged": "{before} devient {after}",
    "absorbed": "{after} absorbe {before}",
    "split": "{before} donne naissance à {after}",
    "created": "{after} est créée",
    "ended": "{before} cesse d’exister",
    "renamed": "{before} devient {after}",
    "recoded": "{before} devient {after}",
    "department": "{subject} passe du département {before} au département {after}",
    "epci": "{subject} passe de {before} à {after}",
    "epci_created": "création de {after}",
    "epci_renamed": "{before} devient {after}",
    "epci_ended": "fin de {before}",
}
_LISTED_DISAGREEMENTS = 50


def report_as_json(report: CogReport) -> dict[str, Any]:
    """Every change, none summed up; days are ISO dates."""
    first_day = f"{report.years[0]}-01-01"
    differences = [_difference_as_json(row) for row in report.differences]
    return {
        "dry_run": report.is_dry_run,
        "years": list(report.years),
        "new_years": list(report.new_years),
        "has_changed": report.has_changed,
        "towns": report.town_count,
        "intercommunalities": report.intercommunality_count,
        "tables": {name: asdict(tally) for name, tally in report.tallies.items()},
        "changes": differences,
        "followed": [row for row in differences if row["follows"] and str(row["day"]) > first_day],
        "disagreements": [
            {"day": str(row.day), "code": row.code, "reason": row.sentence}
            for row in report.disagreements
        ],
    }


def report_as_text(report: CogReport) -> list[str]:
    """The report in French: one line per table, the changes counted, the followed towns listed."""
    years = ", ".join(map(str, report.years))
    kind = "essai sans écriture, millésimes" if report.is_dry_run else "millésimes chargés"
    towns, groups = map(format_number, (report.town_count, report.intercommunality_count))
    return [
        f"Géographie officielle, {kind}\u00a0: {years}.",
        *_tables(report),
        f"{report.years[-1]}\u00a0: {towns} communes, {groups} EPCI.",
        *_changes(report),
        *_disagreements(report),
        *([] if report.has_changed else ["Rien n’a changé."]),
    ]


def _difference_as_json(row: Difference) -> dict[str, Any]:
    return asdict(row) | {"day": str(row.day), "follows": dict(row.follows)}


def _tables(report: CogReport) -> Iterator[str]:
    for name, tally in report.tallies.items():
        counts = [
            f"{format_number(tally.created)} créées",
            f"{format_number(tally.closed)} closes",
            f"{format_number(tally.redated)} redatées",
            f"{format_number(tally.removed)} retirées",
            f"{format_number(tally.unchanged)} inchangées",
        ]
        yield f"  {name} (lignes)\u00a0: {', '.join(counts)}"


def _changes(report: CogReport) -> Iterator[str]:
    if not report.differences:
        return
    since = f"{report.years[0]}-01-01"
    recent = [row for row in report.differences if str(row.day) > since]
    older = [row for row in report.differences if str(row.day) <= since]
    statuses = _STATUSES if report.is_dry_run else _DONE
    yield "Ce qui change\u00a0:" if report.is_dry_run else "Ce qui a changé\u00a0:"
    yield from _counts(recent, statuses)
    if older:
        yield f"  jusqu’au {format_date(date(report.years[0], 1, 1))}\u00a0:"
        yield from ("  " + line for line in _counts(older, statuses))
    yield from _followed(recent)


def _counts(rows: Iterable[Difference], statuses: dict[str, str]) -> Iterator[str]:
    counts = Counter((row.kind, row.status) for row in rows)
    for kind, words in _KINDS.items():
        said = [
            f"{format_number(counts[kind, status])} {word}"  # type: ignore[index]
            for status, word in statuses.items()
            if counts[kind, status]  # type: ignore[index]
        ]
        if said:
            yield f"  {words}\u00a0: {', '.join(said)}"


def _followed(rows: list[Difference]) -> Iterator[str]:
    touched = [row for row in rows if row.follows]
    if not touched:
        yield "Aucune commune ni aucun EPCI suivi par le registre n’est touché."
        return
    yield f"Communes et EPCI suivis par le registre, {len(touched)} changements\u00a0:"
    for row in touched:
        kept = ", ".join(f"{name}\u00a0: {count}" for name, count in row.follows.items())
        status = "" if row.status == "new" else f" ({_STATUSES[row.status]})"
        yield f"  {format_date(row.day)}{status}, {_sentence(row)} [{kept}]"
    others = len(rows) - len(touched)
    if others:
        yield (
            f"  et {format_number(others)} changements ailleurs, "
            "en entier avec «\u00a0--format json\u00a0»."
        )


def _sentence(row: Difference) -> str:
    return _SENTENCES[row.kind].format(subject=row.subject, before=row.before, after=row.after)


def _disagreements(report: CogReport) -> Iterator[str]:
    if not report.disagreements:
        return
    yield (
        f"Désaccords entre les mouvements et les millésimes\u00a0: {len(report.disagreements)}. "
        "Le millésime fait foi au 1er janvier."
    )
    for row in report.disagreements[:_LISTED_DISAGREEMENTS]:
        yield f"  {format_date(row.day)}, {row.sentence}"
    if len(report.disagreements) > _LISTED_DISAGREEMENTS:
        yield "  la suite avec «\u00a0--format json\u00a0»."
