"""The agreements that cover a town."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from beffroi.foundations.territories.queries import TownFamily
from beffroi.programme.agreements.models import Agreement, AgreementKind, Coverage

from ..rules import FrameworkClock, framework_clock
from .lines import AgreementLine
from .names import Names


def agreements_around(family: TownFamily) -> dict[Agreement, list[int]]:
    """The agreements signed by the day that cover the family, each with every town it covers.

    One query.
    """
    own = Coverage.objects.filter(
        town_id__in=family.ids, agreement__signed_on__lte=family.on
    ).values("agreement_id")
    rows = Coverage.objects.filter(agreement_id__in=own)
    covered: defaultdict[Agreement, list[int]] = defaultdict(list)
    for row in rows.select_related("agreement__programme").order_by(
        "-agreement__signed_on", "-agreement_id"
    ):
        covered[row.agreement].append(row.town_id)
    return dict(covered)


def agreement_lines(covered: dict[Agreement, list[int]], names: Names) -> tuple[AgreementLine, ...]:
    """The agreements, latest first."""
    return tuple(_line(row, town_ids, names) for row, town_ids in covered.items())


def clock_of(lines: Iterable[AgreementLine], family: TownFamily) -> FrameworkClock:
    """The 18 months, from the first signature of each kind."""
    first = {line.kind: line.signed_on for line in sorted(lines, key=lambda x: x.signed_on)[::-1]}
    return framework_clock(
        adhesion_on=first.get(AgreementKind.ADHESION),
        framework_on=first.get(AgreementKind.FRAMEWORK),
        on=family.on,
    )


def _line(row: Agreement, town_ids: list[int], names: Names) -> AgreementLine:
    own = [town_id for town_id in town_ids if town_id in names.family.ids]
    return AgreementLine(
        pk=row.pk,
        programme_code=row.programme.code,
        kind=row.kind,
        kind_label=row.get_kind_display(),
        reference=row.reference,
        signed_on=row.signed_on,
        counts_as_ort=row.counts_as_ort,
        intercommunality=names.intercommunalities.get(row.intercommunality_id or 0, ""),
        towns=names.links(town_ids),
        recorded_as=min(
            (names.recorded_as(town_id, row.signed_on) for town_id in own),
            key=lambda origin: origin is not None,
        ),
    )
