"""Every operation, asked all that its description allows and forbids, answers as it says.

`EXAMPLES=200 pytest tests/api/v1/test_conformance.py` asks more than the suite has time for.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck
from hypothesis import settings as asking
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from beffroi.api.v1.description import describe_for
from beffroi.programme.agreements.models import AgreementKind
from tests.foundations.territories.factories import make_intercommunality, make_region, make_town
from tests.newsletter.issues.factories import every_kind, make_issue
from tests.progress.factories import (
    DAY,
    cover,
    designate,
    make_commitment,
    make_meeting,
    make_mission,
    publish_report,
)

pytestmark = pytest.mark.django_db
EXAMPLES = int(os.environ.get("EXAMPLES", "5"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
described: Any = schemathesis.openapi.from_dict(describe_for("http://localhost", "Essai"))
described.app = get_wsgi_application()


@pytest.fixture
def kept_connection() -> Iterator[None]:
    """No request ends the connection that holds the test's rows: Django's client sees to it too."""
    for ended in (request_started, request_finished):
        ended.disconnect(close_old_connections)
    yield
    for ended in (request_started, request_finished):
        ended.connect(close_old_connections)


@pytest.fixture
def answered(db: None, settings: Any, kept_connection: None) -> Iterator[Counter[int]]:  # noqa: ARG001
    """How often an operation gave each status, over a register with a row of everything.

    One that never had an answer to give was not tried.
    """
    settings.BEFFROI_API_REQUESTS_PER_MINUTE = 10**9
    _fill()
    statuses: Counter[int] = Counter()
    yield statuses
    assert statuses[200], statuses


def _fill() -> None:
    """A row of everything, under the codes that the description gives as examples."""
    town = make_town("22050", name="Dinan")
    make_region("53", "Bretagne", {"22": "Côtes-d’Armor"})
    make_intercommunality("200068989", "Dinan Agglomération", town)
    designate(town)
    cover(town, pk=1)
    cover(town, pk=2, kind=AgreementKind.FRAMEWORK)
    make_commitment(town=town)
    make_mission(town=town)
    make_meeting()
    publish_report(DAY)
    make_issue(17, body=every_kind())


@described.parametrize()
@asking(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize="EXAMPLES" not in os.environ,
    suppress_health_check=list(HealthCheck),
)
def test_an_operation_answers_as_it_says(case: Case[Any], answered: Counter[int]) -> None:
    response = case.call()
    answered[response.status_code] += 1
    case.validate_response(response, checks=CHECKS)
