"""The country that follow-up files speak of."""

from __future__ import annotations

import pytest

from tests.foundations.imports.country import Country, make_country


@pytest.fixture
def country(db: None) -> Country:  # noqa: ARG001
    return make_country()
