"""A sink for each test that asks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .sink import Sink, running_sink


@pytest.fixture
def sink() -> Iterator[Sink]:
    """A well-behaved SMTP server, until the test tells it otherwise."""
    with running_sink() as running:
        yield running
