"""Whatever is asked under /api/v1/, the answer is the API's, and never a fault."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from beffroi.api.v1 import door, limits
from beffroi.foundations.audit.actions import record_act
from tests.progress.factories import cover, designate, new_town

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/v1/nulle-part", 404),
        ("/api/v1/communes/", 404),
        ("/api/v1/communes/22050/rien?au=2022-09-23", 404),
        ("/api/v1/%0a", 404),
        ("/api/v1/" + "x" * 3000, 404),
        ("/api/v1/%00", 400),
        ("/api/v1/communes/%00", 400),
        ("/api/v1/communes/2205%000?au=2022-09-23", 400),
        ("/api/v1/communes/%ff%fe", 404),
        ("/api/v1/%ed%a0%80", 404),
        ("/api/v1/communes/%f0%9f%8f%b0", 404),
        ("/api/v1/nulle-part?q=%00", 400),
        ("/api/v1/nulle-part?q=%ff", 400),
    ],
)
def test_odd_addresses_are_refused_in_the_words_of_the_api(
    client: Client, address: str, status: int
) -> None:
    designate(new_town())
    answer = client.get(address)
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("address", ["/api/v1/", "/api/v1/openapi.json", "/api/v1/communes"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_writing_is_refused_with_what_may_be_done(
    client: Client, method: str, address: str
) -> None:
    answer = getattr(client, method)(address)
    assert answer.status_code == 405
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("address", ["/api/v1/", "/api/v1/openapi.json", "/api/v1/communes"])
def test_a_page_of_another_site_may_ask_first(client: Client, address: str) -> None:
    answer = client.options(
        address,
        headers={"origin": "https://ailleurs.example", "access-control-request-method": "GET"},
    )
    assert answer.status_code == 204
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "If-None-Match" in answer["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in answer


@pytest.mark.parametrize("address", ["/api/v1/openapi.json", "/api/v1/communes"])
def test_head_says_all_but_the_content(client: Client, address: str) -> None:
    whole, head = client.get(address), client.head(address)
    assert head.status_code == 200
    assert head.content == b""
    for name in ("ETag", "Content-Length", "Content-Type", "Cache-Control"):
        assert head[name] == whole[name], name


@pytest.mark.parametrize(
    ("accepted", "status"),
    [
        ("application/json", 200),
        ("*/*", 200),
        ("application/*", 200),
        ("text/html, */*;q=0.1", 200),
        ("text/html", 406),
        ("application/xml", 406),
    ],
)
def test_what_is_not_json_cannot_be_had(client: Client, accepted: str, status: int) -> None:
    answer = client.get("/api/v1/communes", headers={"accept": accepted})
    assert answer.status_code == status
    if status == 406:
        assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("is_trusted", "told", "address"),
    [
        (False, "198.51.100.7", "192.0.2.1"),
        (True, "198.51.100.7", "198.51.100.7"),
        (True, "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (True, "", "192.0.2.1"),
    ],
)
def test_only_what_the_trusted_proxy_adds_is_believed(
    settings: Any, is_trusted: bool, told: str, address: str
) -> None:
    settings.BEFFROI_TRUSTED_PROXY = is_trusted
    request = RequestFactory().get(
        "/api/v1/communes", headers={"x-forwarded-for": told}, REMOTE_ADDR="192.0.2.1"
    )
    assert limits.address_of(request) == address


def test_a_caller_who_writes_another_address_is_counted_all_the_same(
    client: Client, settings: Any
) -> None:
    settings.BEFFROI_TRUSTED_PROXY = True
    settings.BEFFROI_API_REQUESTS_PER_MINUTE = 2
    answers = [
        client.get(
            "/api/v1/communes", headers={"x-forwarded-for": f"203.0.113.{turn}, 198.51.100.7"}
        )
        for turn in range(3)
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2]["Content-Type"] == "application/problem+json"


def test_an_act_makes_every_kept_answer_old(client: Client) -> None:
    designate(new_town())
    before = client.get("/api/v1/communes")["ETag"]
    agreement = cover(new_town())
    record_act(verb="sign_agreement", target=agreement, at=timezone.now())
    again = client.get("/api/v1/communes", headers={"if-none-match": before})
    assert again.status_code == 200
    assert again["ETag"] != before


def test_another_writing_of_the_api_makes_every_kept_answer_old(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = client.get("/api/v1/communes")["ETag"]
    monkeypatch.setattr(door, "writing", lambda: "another")
    again = client.get("/api/v1/communes", headers={"if-none-match": before})
    assert again.status_code == 200
    assert again["ETag"] != before
