"""Every list and sheet of the desk over a large register, on SQLite then on PostgreSQL.

`python -m bench.desk` measures the database of the environment and prints it as JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from http import HTTPStatus
from importlib import import_module
from math import ceil
from time import perf_counter
from typing import Any

from bench.measure import Measure

REQUESTS = 32
MOST_QUERIES, MOST_MILLISECONDS = 25, 300


@dataclass(frozen=True)
class Page:
    """What one page took: the most SQL queries of a request, and its 95th centile in ms."""

    name: str
    queries: int
    p95: float


def desk() -> list[Measure]:
    """The worst page of each database, against the two limits."""
    measures = _worst("SQLite", measure_pages())
    with _postgresql() as address:
        if address is None:
            print("PostgreSQL introuvable : le bureau n’y est pas mesuré")
            return measures
        told = subprocess.run(
            [sys.executable, "-m", "bench.desk"],
            env=os.environ | {"BEFFROI_DATABASE_URL": address},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    return measures + _worst("PostgreSQL", [Page(**page) for page in json.loads(told)])


def _worst(database: str, pages: list[Page]) -> list[Measure]:
    for page in sorted(pages, key=lambda page: -page.p95):
        print(f"  {database:<11}{page.name:<44}{page.queries:4} requêtes {page.p95:7.0f} ms")
    queries = max(pages, key=lambda page: page.queries)
    slowest = max(pages, key=lambda page: page.p95)
    return [
        Measure(
            "desk", queries.queries, "requêtes", MOST_QUERIES, f"limite, {database}, {queries.name}"
        ),
        Measure(
            "desk", slowest.p95, "ms", MOST_MILLISECONDS, f"limite, {database}, {slowest.name}"
        ),
    ]


def measure_pages() -> list[Page]:
    """Fill the database, then open each page as two people: the country, and one département."""
    from bench.big_register import fill_register

    towns = fill_register()
    import_module("config.wsgi")  # the process is made ready as the server makes it
    return [
        page
        for who, client in _people()
        for name, addresses in _pages(towns)
        if (page := _measure(f"{who} {name}", client, addresses))
    ]


def _people() -> Iterator[tuple[str, Any]]:
    from django.contrib.auth.models import Group
    from django.test import Client
    from django.utils import timezone

    from beffroi.foundations.accounts.models import User
    from beffroi.foundations.audit.actions import Authorship
    from beffroi.foundations.mandates.actions import grant_mandate
    from beffroi.foundations.territories.models import Department

    by = Authorship(at=timezone.now())
    for who, place in (("national", None), ("dép. 22", Department.objects.get(code="22"))):
        user = User.objects.create_user(f"mesure-{'dep' if place else 'nat'}@mesure.example")
        user.groups.set(Group.objects.filter(name__in=("Registre", "Périmètres")))
        grant_mandate(user=user, place=place, started_on=timezone.localdate(), by=by)
        client = Client(headers={"host": "127.0.0.1"})
        client.force_login(user)
        yield who, client


def _pages(towns: list[int]) -> Iterator[tuple[str, list[str]]]:
    from django.urls import reverse

    from beffroi.foundations.desk.registration import viewsets_on_desk
    from beffroi.foundations.mandates.queries import Scope

    for viewset in viewsets_on_desk():
        index = reverse(viewset.get_url_name("index"))
        queries = ["", "?p=2", "?p=20", "?p=9999", "?q=saint", "?q=zzz", "?departement=22"]
        order = next((c.sort_key for c in _columns(viewset) if getattr(c, "sort_key", "")), "")
        queries += [f"?ordering={order}", f"?ordering=-{order}"] if order else []
        yield f"liste {viewset.name}", [index + query for query in queries]
        if viewset.inspect_view_enabled:
            policy: Any = viewset.permission_policy
            reached = policy.visible(Scope(department_ids=frozenset(_departments("22"))))
            keys = list(reached.values_list("pk", flat=True)[:8])
            sheets = [reverse(viewset.get_url_name("inspect"), args=[pk]) for pk in keys]
            if sheets:
                yield f"fiche {viewset.name}", sheets
    yield from _town_pages(towns)


def _columns(viewset: Any) -> list[Any]:
    return [column for column in viewset.list_display if not isinstance(column, str)]


def _town_pages(towns: list[int]) -> Iterator[tuple[str, list[str]]]:
    """The pages of the register that are no list of rows: towns, areas, campaigns, alerts."""
    from django.urls import reverse

    from beffroi.foundations.territories.queries import department_towns
    from tests.foundations.desk.addresses import desk_routes

    within = department_towns(_departments("22")).filter(town_id__in=towns)
    keys = list(within.values_list("town_id", flat=True)[:8])
    yield "fiche de commune", [reverse("sheets:town", args=[pk]) for pk in keys]
    yield "historique de commune", [reverse("sheets:history", args=[pk]) for pk in keys]
    yield "financements de commune", [reverse("sheets:money", args=[pk]) for pk in keys]
    yield "fiche de département", [reverse("sheets:department", args=["22"])]
    yield "fiche de région", [reverse("sheets:region", args=["53"])]
    towns_list = reverse("sheets:towns")
    yield "liste communes", [towns_list, f"{towns_list}?p=2", f"{towns_list}?q=saint"]
    for route in desk_routes():
        if "<" not in route and route.startswith(_OTHER_PAGES):
            yield f"page {route.removeprefix('/bureau/')}", [route]


_OTHER_PAGES = ("/bureau/campagnes/", "/bureau/alertes/", "/bureau/passations/")


def _departments(code: str) -> list[int]:
    from beffroi.foundations.territories.models import Department

    return list(Department.objects.filter(code=code).values_list("pk", flat=True))


def _measure(name: str, client: Any, addresses: list[str]) -> Page | None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    most = 0
    opened = []
    for address in addresses:
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(address)
        if answer.status_code == HTTPStatus.OK:
            opened.append(address)
            most = max(most, len(captured))
    if not opened:
        return None
    times = sorted(_milliseconds(client, opened[turn % len(opened)]) for turn in range(REQUESTS))
    return Page(name, most, times[ceil(len(times) * 0.95) - 1])


def _milliseconds(client: Any, address: str) -> float:
    started = perf_counter()
    answer = client.get(address)
    _ = answer.content
    return (perf_counter() - started) * 1000


class _postgresql:  # noqa: N801
    """A throw-away server, or None where the machine has none."""

    def __enter__(self) -> str | None:
        from tests.plugins.database import Cluster

        try:
            self.cluster: Any = Cluster()
        except BaseException:
            self.cluster = None
            return None
        return str(self.cluster.start())

    def __exit__(self, *_: object) -> None:
        if self.cluster is not None:
            self.cluster.stop()


def _alone() -> None:
    import django
    from django.core.management import call_command

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    django.setup()
    call_command("migrate", verbosity=0)
    print(json.dumps([asdict(page) for page in measure_pages()]))


if __name__ == "__main__":
    _alone()
