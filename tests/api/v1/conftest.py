"""What the tests of the API share: caches as empty as on a machine just started."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import caches


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    for name in ("default", "limits"):
        caches[name].clear()
    yield
    for name in ("default", "limits"):
        caches[name].clear()
