"""The points d'avancement: the published ones, whole, with the rows frozen behind each figure."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import P, PathEx, Query, Router

from beffroi.progress.frozen import OpenedTable
from beffroi.progress.models import Snapshot, UnknownFigure
from beffroi.progress.queries import (
    UnknownSnapshot,
    get_published,
    list_snapshots,
    revised_by,
)
from beffroi.progress.rules import Figure
from beffroi.progress.wording import word_refusal

from ..asked import bound_asked, day_field, territory_asked, territory_field
from ..door import FROZEN_SECONDS, tag
from ..paging import Asked, Listed, paginated
from ..problems import missing
from ..schemas import ReportDetail, RowsPage, SnapshotInList
from ..written import api_address, opened_json, report_json, rows_json, site_address

router = Router(tags=["Points d’avancement"])
_PATH = "points-d-avancement"
# Frozen rows are heavy: enough for callers who turn their pages.
_OPENED_AT_ONCE = 8
_Reference = PathEx[
    str,
    P(
        description="Référence du point d’avancement, donnée par la liste.",
        examples=["2022-09-23-national-r1"],
    ),
]
_Code = PathEx[str, P(description="Code de l’indicateur.", examples=["active_towns"])]


class ReportsAsked(Asked):
    """What the list of reports may be asked."""

    territoire: str = territory_field("Territoire du point d’avancement\u00a0:")
    depuis: str = day_field("Arrêté ce jour-là ou après.")
    jusqu_au: str = day_field("Arrêté ce jour-là ou avant.")


@router.get(
    "/points-d-avancement",
    response=Listed[SnapshotInList],
    url_name="list_reports",
    operation_id="list_reports",
    summary="Les points d’avancement publiés",
)
def list_reports(request: HttpRequest, response: HttpResponse, asked: Query[ReportsAsked]) -> Any:
    """Les points d’avancement publiés et leurs révisions, du plus récent au plus ancien, la France
    entière avant ses territoires."""
    territory = territory_asked(asked.territoire)
    since, until = bound_asked(asked.depuis), bound_asked(asked.jusqu_au)
    found = list_snapshots()
    if territory:
        found = found.filter(territory=territory)
    if since:
        found = found.filter(as_of__gte=since)
    if until:
        found = found.filter(as_of__lte=until)
    snapshots, around = paginated(request, response, found, asked)
    return {**around, "results": [_listed(snapshot) for snapshot in snapshots]}


@router.get(
    "/points-d-avancement/{reference}",
    response=ReportDetail,
    url_name="read_report",
    operation_id="read_report",
    summary="Un point d’avancement",
)
def read_report(request: HttpRequest, response: HttpResponse, reference: _Reference) -> Any:
    """Tous les chiffres figés, avec leurs définitions, leurs ventilations, leurs territoires et
    leur évolution\u00a0: les mêmes que dans la page, le PDF et les fichiers. Une révision n’efface
    pas ce qu’elle révise\u00a0: `revised_by` la nomme."""
    snapshot = _published(reference)
    later = revised_by(snapshot)
    revision = later.reference if later else None
    _keep(request, response, snapshot, revision)
    return report_json(
        snapshot.report,
        rows=lambda code: api_address(_PATH, snapshot.reference, code, "lignes"),
        revised_by=revision,
    )


@router.get(
    "/points-d-avancement/{reference}/{code}/lignes",
    response=RowsPage,
    url_name="list_frozen_rows",
    operation_id="list_frozen_rows",
    summary="Les lignes figées derrière un chiffre",
)
def list_frozen_rows(
    request: HttpRequest,
    response: HttpResponse,
    reference: _Reference,
    code: _Code,
    asked: Query[Asked],
) -> Any:
    """Les lignes que le chiffre compte, telles qu’elles ont été figées."""
    snapshot = _published(reference)
    _keep(request, response, snapshot)
    try:
        figure, table = _opened(snapshot.reference, snapshot.fingerprint, code)
    except UnknownFigure as unknown:
        raise missing(
            f"Le point d’avancement {snapshot.reference} n’a pas de chiffre de code "
            f"«\u00a0{code[:40]}\u00a0»."
        ) from unknown
    rows, around = paginated(request, response, table.rows, asked)
    about = opened_json(snapshot.report, figure, table)
    return {**about, **around, "results": rows_json(rows)}


@lru_cache(_OPENED_AT_ONCE)
def _opened(
    reference: str,
    fingerprint: str,  # noqa: ARG001  # names what is kept
    code: str,
) -> tuple[Figure, OpenedTable]:
    """A frozen figure and its rows, all of which one page would read. Raises UnknownFigure."""
    snapshot = get_published(reference)
    return snapshot.figure(code), snapshot.rows_behind(code)


def _keep(request: HttpRequest, response: HttpResponse, snapshot: Snapshot, *more: object) -> None:
    tag(request, response, snapshot.fingerprint, *more)
    response["Cache-Control"] = f"public, max-age={FROZEN_SECONDS}"


def _published(reference: str) -> Snapshot:
    try:
        return get_published(reference)
    except UnknownSnapshot as unknown:
        raise missing(word_refusal(UnknownSnapshot(reference[:80]))) from unknown


def _listed(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "reference": snapshot.reference,
        "as_of": snapshot.as_of,
        "territory": snapshot.territory,
        "territory_name": snapshot.territory_name,
        "revision": snapshot.revision,
        "reason": snapshot.reason,
        "frozen_at": snapshot.frozen_at,
        "fingerprint": snapshot.fingerprint,
        "page": site_address(snapshot.get_absolute_url()),
        "api": api_address(_PATH, snapshot.reference),
    }
