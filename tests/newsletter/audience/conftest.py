"""What the tests of this room share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Run what waits for a commit at once: the test's own transaction never commits."""

    def run(function, using=None, robust=False):  # type: ignore[no-untyped-def]  # noqa: ARG001
        function()

    with monkeypatch.context() as patched:
        patched.setattr(transaction, "on_commit", run)
        yield
