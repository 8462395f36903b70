"""Every operation of the read API, over a large register, once each answer was asked before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from http import HTTPStatus
from importlib import import_module
from math import ceil
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from beffroi.api.v1.description import describe_api, operations_of
from beffroi.club.events.models import Meeting
from beffroi.foundations.territories.models import TownPeriod
from beffroi.programme.agreements.models import Agreement
from beffroi.progress.actions import freeze_snapshot, publish_snapshot
from bench.big_register import fill_register
from bench.letter import make_issue
from bench.measure import Measure, seconds

DAY = date(2026, 6, 1)
COMMITMENTS = 100_000
REQUESTS = 40
MOST_MILLISECONDS = 150
_Addresses = dict[str, list[str]]


def api() -> list[Measure]:
    """The slowest operation: the 95th centile of its times, in milliseconds."""
    towns = fill_register(commitments=COMMITMENTS)
    settings.BEFFROI_API_REQUESTS_PER_MINUTE = 10**9
    import_module("config.wsgi")  # the process is made ready as the server makes it
    measured = sorted(_measured(_addresses(towns)), reverse=True)
    for p95, queries, kilobytes, name in measured:
        print(f"  {name:<18}{queries:4} requêtes {kilobytes:8.1f} ko {p95:7.0f} ms")
    slowest, _, _, name = measured[0]
    against = f"limite, {name}, {COMMITMENTS} engagements, {connection.vendor}"
    return [Measure("api", slowest, "ms", MOST_MILLISECONDS, against)]


def _addresses(towns: list[int]) -> _Addresses:
    """What each operation is asked. Raises KeyError for an operation that is asked nothing."""
    asked = {
        **_of_towns(towns),
        **_of_figures(),
        **_of_reports(),
        "list_letters": ["/lettres"],
        "read_letter": [f"/lettres/{make_issue(DAY).number}"],
        "list_meetings": ["/rencontres", "/rencontres?depuis=2024-01-01&taille=500"],
    }
    if not Meeting.objects.exists():
        raise RuntimeError("the register has no meeting")
    return {one["operationId"]: asked[one["operationId"]] for one in operations_of(describe_api())}


def _of_towns(towns: list[int]) -> _Addresses:
    followed = TownPeriod.objects.filter(town_id__in=towns[:8], valid_to__isnull=True)
    agreements = Agreement.objects.order_by("pk").values_list("pk", flat=True)[:8]
    queries = ("", "?page=20", "?taille=500", "?departement=22", "?q=saint", f"?au={DAY}")
    return {
        "list_towns": [f"/communes{query}" for query in queries],
        "read_town": [f"/communes/{code}" for code in followed.values_list("code", flat=True)],
        "list_agreements": [
            f"/conventions{query}"
            for query in ("", "?page=20", "?taille=500", "?departement=22", "?type=framework")
        ],
        "read_agreement": [f"/conventions/{pk}" for pk in agreements],
    }


def _of_figures() -> _Addresses:
    rows = "/indicateurs/{}/lignes?au=" + DAY.isoformat()
    return {
        "list_indicators": ["/indicateurs", "/indicateurs?taille=500"],
        "read_values": [
            f"/indicateurs/valeurs?au={DAY}{place}"
            for place in ("", "&territoire=reg:53", "&territoire=dep:22")
        ],
        "read_departments": [f"/indicateurs/departements?au={DAY}"],
        "list_rows": [
            rows.format("active_towns"),
            rows.format("realised_amount"),
            rows.format("realised_amount") + "&page=3&taille=500",
        ],
    }


def _of_reports() -> _Addresses:
    at = timezone.now()
    references = []
    for territory in ("national", "dep:22"):
        reference = freeze_snapshot(as_of=DAY, territory=territory, frozen_at=at).reference
        publish_snapshot(reference=reference, published_at=at)
        references.append(reference)
    whole = [f"/points-d-avancement/{reference}" for reference in references]
    return {
        "list_reports": ["/points-d-avancement"],
        "read_report": whole,
        "list_frozen_rows": [
            f"{one}/{code}/lignes" for one in whole for code in ("active_towns", "realised_amount")
        ],
    }


def _measured(addresses: _Addresses) -> Iterator[tuple[float, int, float, str]]:
    """The 95th centile in ms, the most queries, the longest answer in kB, and the operation."""
    client = Client(headers={"host": "127.0.0.1"})
    for name, paths in addresses.items():
        queries, kilobytes = 0, 0.0
        for path in paths:
            with CaptureQueriesContext(connection) as captured:
                answer = _ask(client, path)
            queries = max(queries, len(captured))
            kilobytes = max(kilobytes, len(answer.content) / 1000)
        turns = [paths[turn % len(paths)] for turn in range(REQUESTS)]
        times = sorted(seconds(lambda path=path: _ask(client, path)) for path in turns)  # type: ignore[misc]
        yield times[ceil(len(times) * 0.95) - 1] * 1000, queries, kilobytes, name


def _ask(client: Client, path: str) -> Any:
    answer = client.get(f"/api/v1{path}")
    if answer.status_code != HTTPStatus.OK:
        raise RuntimeError(f"{path}: {answer.status_code} {answer.content.decode()[:200]}")
    return answer
