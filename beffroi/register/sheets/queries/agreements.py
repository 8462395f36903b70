"""The agreements that cover a town, as signed and as amended by a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, DateField, IntegerField, Value
from django.db.models.functions import Cast

from beffroi.foundations.territories.queries import TownFamily
from beffroi.programme.agreements.models import (
    Agreement,
    AgreementDocument,
    AgreementKind,
    Amendment,
    Capacity,
    Coverage,
    Party,
)

from ..rules import FrameworkClock, framework_clock
from .lines import AgreementLine, AmendmentLine, DocumentLine, PartyLine
from .names import Names


@dataclass(frozen=True, slots=True)
class AgreementFacts:
    """The agreements around a town, with what is attached to each."""

    covered: Mapping[Agreement, list[Coverage]]
    parties: Mapping[int, list[Party]]
    amendments: Mapping[int, list[AmendmentLine]]
    documents: Mapping[int, list[DocumentLine]]


def agreements_around(family: TownFamily) -> AgreementFacts:
    """The agreements signed by the day that cover, or covered, the family. Three queries."""
    own = Coverage.objects.filter(town_id__in=family.ids, agreement__signed_on__lte=family.on)
    rows = Coverage.objects.filter(agreement_id__in=own.values("agreement_id"))
    covered: defaultdict[Agreement, list[Coverage]] = defaultdict(list)
    for row in rows.select_related("agreement__programme", "added_by", "removed_by").order_by(
        "-agreement__signed_on", "-agreement_id", "pk"
    ):
        covered[row.agreement].append(row)
    ids = [agreement.pk for agreement in covered]
    amendments, documents = _attached(ids, family.on) if ids else ({}, {})
    return AgreementFacts(dict(covered), _parties(ids) if ids else {}, amendments, documents)


def agreement_lines(facts: AgreementFacts, names: Names) -> tuple[AgreementLine, ...]:
    """The agreements that cover the town by the day, latest first."""
    lines = (_line(row, covered, facts, names) for row, covered in facts.covered.items())
    return tuple(line for line in lines if line is not None)


def clock_of(lines: Iterable[AgreementLine], on: date) -> FrameworkClock:
    """The 18 months, from the first signature of each kind that covers the town."""
    first: dict[str, date] = {}
    for line in lines:
        if line.left_on is None or line.kind == AgreementKind.ADHESION:
            first[line.kind] = min(line.covered_since, first.get(line.kind, line.covered_since))
    return framework_clock(
        adhesion_on=first.get(AgreementKind.ADHESION),
        framework_on=first.get(AgreementKind.FRAMEWORK),
        on=on,
    )


def since(row: Coverage) -> date:
    """The day a town came under its agreement."""
    return row.added_by.signed_on if row.added_by else row.agreement.signed_on


def _is_in(row: Coverage, on: date) -> bool:
    return since(row) <= on and (row.removed_by is None or row.removed_by.signed_on > on)


def _line(
    agreement: Agreement, covered: list[Coverage], facts: AgreementFacts, names: Names
) -> AgreementLine | None:
    on = names.family.on
    own = [row for row in covered if row.town_id in names.family.ids and since(row) <= on]
    if not own:
        return None
    left = [row.removed_by.signed_on for row in own if row.removed_by and not _is_in(row, on)]
    is_in = any(_is_in(row, on) for row in own)
    first = min(own, key=since)
    return AgreementLine(
        pk=agreement.pk,
        programme_code=agreement.programme.code,
        kind=agreement.kind,
        kind_label=agreement.get_kind_display(),
        reference=agreement.reference,
        signed_on=agreement.signed_on,
        counts_as_ort=agreement.counts_as_ort,
        intercommunality=names.intercommunalities.get(agreement.intercommunality_id or 0, ""),
        towns=names.links(row.town_id for row in covered if _is_in(row, on)),
        covered_since=since(first),
        left_on=None if is_in else max(left, default=None),
        ended_on=agreement.ended_on,
        recorded_as=names.recorded_as([row.town_id for row in own], since(first)),
        parties=tuple(_party(row, names) for row in facts.parties.get(agreement.pk, ())),
        amendments=tuple(facts.amendments.get(agreement.pk, ())),
        documents=tuple(facts.documents.get(agreement.pk, ())),
    )


def _parties(ids: list[int]) -> dict[int, list[Party]]:
    rows = Party.objects.filter(agreement_id__in=ids).select_related("organisation", "department")
    found: defaultdict[int, list[Party]] = defaultdict(list)
    for row in rows.select_related("region").order_by("pk"):
        found[row.agreement_id].append(row)
    return dict(found)


def _party(row: Party, names: Names) -> PartyLine:
    return PartyLine(str(Capacity(row.capacity).label), _who(row, names), row.signed_on)


def _who(row: Party, names: Names) -> str:
    if row.town_id:
        return names.link(row.town_id).name
    if row.intercommunality_id:
        return names.intercommunalities.get(row.intercommunality_id, "")
    if row.department:
        return names.department(row.department.code)
    if row.region:
        return names.region(row.region.code)
    return row.organisation.name if row.organisation else ""


def _attached(
    ids: list[int], on: date
) -> tuple[dict[int, list[AmendmentLine]], dict[int, list[DocumentLine]]]:
    """Amendments and documents, read at once: three columns of one are the other's blanks."""
    text = CharField()
    amendments: Any = (
        Amendment.objects.filter(agreement_id__in=ids, signed_on__lte=on)
        .order_by()
        .annotate(words=Cast("purpose", text))
        .values_list("agreement_id", "pk", "number", "signed_on", "words")
    )
    documents: Any = (
        AgreementDocument.objects.filter(agreement_id__in=ids)
        .order_by()
        .annotate(
            number=Cast(Value(None), IntegerField()),
            signed_on=Cast(Value(None), DateField()),
            words=Cast("title", text),
        )
        .values_list("agreement_id", "pk", "number", "signed_on", "words")
    )
    changes: defaultdict[int, list[AmendmentLine]] = defaultdict(list)
    files: defaultdict[int, list[DocumentLine]] = defaultdict(list)
    rows = sorted(amendments.union(documents, all=True), key=lambda row: (row[2] or 0, row[1]))
    for agreement_id, pk, number, signed_on, words in rows:
        if number is None:
            files[agreement_id].append(DocumentLine(pk, words))
        else:
            changes[agreement_id].append(AmendmentLine(number, signed_on, words))
    return dict(changes), dict(files)
