"""The handover in French, section by section: what the page and the PDF both lay out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from beffroi.foundations.dates import format_date
from beffroi.foundations.money import format_amount, format_number
from beffroi.register.sheets.queries import AgreementLine, PartyLine, TownSheet
from beffroi.register.sheets.wording import clock_in_words

from .queries import Handover

Section = dict[str, Any]
_MOST = 20


def document_of(handover: Handover) -> dict[str, Any]:
    """The document as plain values, for a page, for JSON: a title, facts, sections.

    A section has a `title` and `text`, `lines` or a table (`headings` and `rows`).
    """
    towns = ", ".join(sheet.identity.name for sheet in handover.sheets)
    return {
        "title": f"Passation du poste {handover.reference}",
        "subtitle": f"{handover.programme} · {towns or 'aucune commune'}",
        "dated": f"Au {format_date(handover.as_of)}",
        "facts": [list(fact) for fact in _facts(handover)],
        "sections": [section for section in _sections(handover) if section],
    }


def _facts(handover: Handover) -> Iterator[tuple[str, str]]:
    line = handover.line
    if line is not None:
        yield "Employeur", line.employer or "non renseigné"
        end = f", jusqu’au {format_date(line.ended_on)}" if line.ended_on else ""
        yield "Poste ouvert", f"depuis le {format_date(line.started_on)}{end}"
        yield "Titulaire", _holder(handover)
    named = [sheet.identity.label for sheet in handover.sheets]
    named += [f"{town.label}, hors de votre périmètre" for town in handover.other_towns]
    yield "Communes suivies", " ; ".join(named) or "aucune"
    if handover.annual_cost is not None:
        yield "Coût annuel chargé", format_amount(handover.annual_cost)
    yield "Plafond de financement", _ceiling(handover)


def _holder(handover: Handover) -> str:
    line = handover.line
    if line is None:
        return "non renseigné"
    if line.vacant_since:
        return f"poste vacant depuis le {format_date(line.vacant_since)}"
    if line.holder is None:
        return "non renseigné"
    return f"{line.holder.name}, depuis le {format_date(line.holder.since)}"


def _ceiling(handover: Handover) -> str:
    year = handover.as_of.year
    return f"{format_amount(handover.ceiling.amount)} pour {year}"


def _sections(handover: Handover) -> Iterator[Section]:
    yield _list("Les premières semaines", handover.steps, "Rien ne presse\u00a0: tout est à jour.")
    yield _table(
        "Échéances ouvertes",
        ("Date", "Échéance", "État"),
        (
            (format_date(one.day), one.sentence, "passée" if one.is_past else "à venir")
            for one in handover.deadlines
        ),
        "Aucune échéance ouverte.",
    )
    yield _table(
        "Communes",
        ("Commune", "Intercommunalité", "Population", "Convention-cadre", "Fiche vérifiée"),
        (_town(sheet) for sheet in handover.sheets),
        "Aucune commune dans votre périmètre.",
    )
    yield _agreements(handover)
    yield _money(handover)
    yield _missions(handover)
    yield _table(
        "Projets lauréats du Fonds friches",
        ("Projet", "Édition", "Décision", "Surface"),
        (
            (
                one.reference,
                one.edition,
                format_date(one.decided_on),
                f"{format_number(one.hectares, decimals=1)}\u00a0ha",
            )
            for one in handover.laureates
        ),
        "Aucun projet lauréat.",
    )
    yield _table(
        "Financement du poste",
        ("Année", "Financeur", "Montant"),
        (
            (str(one.year), one.funder, format_amount(one.amount))
            for one in (handover.line.fundings if handover.line else ())
        ),
        "Aucun financement inscrit sur le poste.",
    )
    yield _table(
        "Contacts",
        ("Nom", "Qualité", "Pour joindre"),
        ((one.name, one.capacity, one.address or "—") for one in handover.contacts),
        "Aucun contact inscrit.",
    )
    yield _table(
        "Pièces jointes",
        ("Convention", "Pièce"),
        (
            (_titled(line), document.title)
            for line in handover.agreements
            for document in line.documents
        ),
        "Aucune pièce jointe aux conventions.",
    )
    yield _table(
        "Derniers changements au registre",
        ("Date", "Acte", "Objet"),
        (
            (format_date(act.at.date()), act.what, f"{act.kind} {act.target}")
            for act in handover.changes
        ),
        "Aucun changement enregistré.",
    )


def _town(sheet: TownSheet) -> tuple[str, ...]:
    who = sheet.identity
    people = "—" if who.population is None else format_number(who.population)
    return (
        who.label,
        who.epci_name or "—",
        people,
        clock_in_words(sheet.clock).sentence,
        _day(sheet.freshness.last_on) or "jamais",
    )


def _agreements(handover: Handover) -> Section:
    rows = (
        (
            _titled(line),
            format_date(line.signed_on),
            ", ".join(town.name for town in line.towns),
            _state(line),
        )
        for line in handover.agreements
    )
    headings = ("Convention", "Signée le", "Communes couvertes", "À savoir")
    return _table("Conventions", headings, rows, "Aucune convention signée.")


def _state(line: AgreementLine) -> str:
    told = ["vaut ORT"] if line.counts_as_ort else []
    told += [f"avenant {one.number} du {format_date(one.signed_on)}" for one in line.amendments]
    waiting = [_signatory(party) for party in line.parties if party.signed_on is None]
    if waiting:
        told.append(f"signature attendue\u00a0: {', '.join(waiting)}")
    return " ; ".join(told) or "—"


def _signatory(party: PartyLine) -> str:
    return f"{party.capacity} ({party.name})" if party.name else party.capacity


def _titled(line: AgreementLine) -> str:
    number = f" n° {line.number}" if line.number else ""
    return f"{line.kind_label[:1].upper()}{line.kind_label[1:]}{number}"


def _money(handover: Handover) -> Section:
    rows = [
        (
            one.reference,
            format_date(one.reached_on),
            one.funder,
            one.purpose,
            one.state_label,
            format_amount(one.amount),
        )
        for one in handover.to_pay
    ]
    headings = ("Référence", "Date", "Financeur", "Objet", "État", "Montant")
    section = _table("Financements à verser", headings, rows, "Aucune décision n’attend.")
    if rows:
        total = format_amount(handover.to_pay_amount)
        many = f"{handover.to_pay_count} décisions à verser, {total} en tout."
        section["text"] = many if handover.to_pay_count > 1 else f"Une décision à verser, {total}."
        if (left := handover.to_pay_count - len(section["rows"])) > 0:
            section["rest"] = f"Et {left} autres, plus anciennes, sur les fiches des communes."
    return section


def _missions(handover: Handover) -> Section:
    rows = (
        (one.theme, one.funder, format_date(one.notified_on), format_amount(one.amount))
        for one in handover.missions
    )
    headings = ("Thème", "Financeur", "Notifiée le", "Montant")
    return _table("Missions d’expertise", headings, rows, "Aucune mission notifiée.")


def _list(title: str, items: Iterable[str], empty: str) -> Section:
    found = list(items)
    return {"title": title, "lines": found} if found else {"title": title, "text": empty}


def _table(
    title: str, headings: Sequence[str], rows: Iterable[Sequence[str]], empty: str
) -> Section:
    """A table; the rows beyond a limit are counted, not shown."""
    found = [list(row) for row in rows]
    if not found:
        return {"title": title, "text": empty}
    section: Section = {"title": title, "headings": list(headings), "rows": found[:_MOST]}
    if len(found) > _MOST:
        section["rest"] = f"Et {len(found) - _MOST} autres, sur les fiches des communes."
    return section


def _day(day: date | None) -> str:
    return format_date(day) if day else ""
