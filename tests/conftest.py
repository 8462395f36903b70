"""What every test may use."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, connections
from hypothesis import settings
from pytest_django.plugin import blocking_manager_key

# A loaded machine is no reason to fail: what must be fast has its own measure.
settings.register_profile("beffroi", deadline=None)
settings.load_profile("beffroi")

# The browser's driver runs an event loop in the thread of the tests. Django would then open a
# second connection, beside the one that made the database; here a thread has one, always.
vars(connections)["_connections"] = threading.local()

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference data beside the checkout; tests that need it skip without it."""
    if not SHARED.is_dir():
        pytest.skip("le dossier de données de référence ../shared est absent")
    return SHARED


def _writes_for_good(item: pytest.Item) -> bool:
    """Whether a test commits, and hence empties the database at its end."""
    marker = item.get_closest_marker("django_db")
    fixtures = set(getattr(item, "fixturenames", ()))
    committing = marker is not None and bool(marker.kwargs.get("transaction"))
    return committing or bool(fixtures & {"transactional_db", "live_server"})


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep what migrations wrote at hand for the tests that write for good."""
    for item in items:
        if _writes_for_good(item):
            again = pytest.mark.django_db(transaction=True, serialized_rollback=True)
            item.add_marker(again, append=False)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Give back what migrations wrote as soon as a test has emptied the database.

    Django does so before the next such test only, but any test may come next on this worker.
    """
    if nextitem is None or not _writes_for_good(item):
        return (yield)
    from django.contrib.contenttypes.models import ContentType  # models come after Django's set-up

    blocker = item.config.stash[blocking_manager_key]
    with blocker.unblock():
        # Known beforehand, so that the search index, told of each page as it comes back, does not
        # make kinds anew before their own rows come.
        ContentType.objects.get_for_models(*apps.get_models())
    result = yield
    with blocker.unblock():
        written = vars(connections["default"])["_test_serialized_contents"]
        connection.creation.deserialize_db_from_string(written)
    return result
