"""No answer of the API names a person, an e-mail address or a telephone number of the register."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from beffroi.api.v1.interface import api
from beffroi.programme.agreements.models import Agreement
from beffroi.progress.indicators import INDICATORS
from tests.api.v1.conftest import ADDRESS, GIVEN_TO, HOLDER, PHONE, PUBLISHER, REFERENCE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register")]
_PERSONAL = (HOLDER, ADDRESS, PHONE, GIVEN_TO, PUBLISHER)


def _paths() -> list[str]:
    described: dict[str, Any] = api.get_openapi_schema(path_prefix="/api/v1/")["paths"]
    return [path for path, methods in described.items() if "get" in methods]


def _addresses(letter: int) -> Iterator[str]:
    """Every path of the API, with every value that the register has for what it names."""
    agreements = [str(pk) for pk in Agreement.objects.values_list("pk", flat=True)]
    codes = [indicator.code for indicator in INDICATORS]
    for path in _paths():
        here = path.replace("{reference}", REFERENCE).replace("{number}", str(letter))
        name = "{code}"
        values = ["22050"] if "/communes/" in here else codes
        if "{id}" in here:
            name, values = "{id}", agreements
        yield from {here.replace(name, value) for value in values}


def test_no_answer_names_a_person(client: Client, letter: int) -> None:
    asked = sorted(_addresses(letter))
    assert len(asked) > 2 * len(INDICATORS)
    for address in asked:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.content)
        told = answer.content.decode()
        if answer["Content-Type"].startswith("application/json"):
            told = json.dumps(answer.json(), ensure_ascii=False)
        assert [one for one in _PERSONAL if one in told] == [], address
