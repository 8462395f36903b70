"""The drawings of published reports have addresses of their own; no other report shows any."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from beffroi.foundations.accounts.models import User
from beffroi.progress.drawings.kept import address_of, drawing_of

from .recorded import record_report

pytestmark = pytest.mark.django_db
NAME = "evolution-framework_towns"
BASE = "/point-d-avancement/2022-09-23-national-r1/dessins/"


def test_a_drawing_is_a_file_that_browsers_keep_for_ever(client: Client) -> None:
    snapshot = record_report()
    drawing = drawing_of(snapshot, NAME, width=720)
    address = address_of(snapshot, drawing)
    assert address == f"{BASE}{NAME}-720.svg?v={drawing.digest}"
    response = client.get(address)
    assert response.content.decode() == drawing.svg
    assert response["Content-Type"] == "image/svg+xml"
    assert "immutable" in response["Cache-Control"]
    assert "Vary" not in response
    again = client.get(address, headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304


def test_an_address_without_digest_is_asked_again(client: Client) -> None:
    record_report()
    response = client.get(f"{BASE}{NAME}-340.svg")
    assert response.status_code == 200
    assert response["Cache-Control"] == "public, max-age=3600"


def test_a_picture_for_mail_is_white_behind_and_light(client: Client) -> None:
    snapshot = record_report()
    drawing = drawing_of(snapshot, "carte-adhesion_share", width=340)
    response = client.get(address_of(snapshot, drawing, "png"))
    assert response["Content-Type"] == "image/png"
    assert len(response.content) < 80_000
    with Image.open(io.BytesIO(response.content)) as picture:
        assert picture.size == (680, 2 * drawing.height)
        assert picture.convert("RGBA").getpixel((1, 1)) == (255, 255, 255, 255)


@pytest.mark.parametrize(
    "name",
    [
        f"{NAME}-721.svg",
        f"{NAME}-0720.svg",
        f"{NAME}.svg",
        f"{NAME}-720.gif",
        "carte-planned_amount-720.svg",
        "autre-720.svg",
    ],
)
def test_nothing_else_is_drawn(client: Client, name: str) -> None:
    record_report()
    assert client.get(BASE + name).status_code == 404


def test_the_drawings_of_a_report_not_yet_published_are_for_the_desk(client: Client) -> None:
    record_report(published=False)
    assert client.get(f"{BASE}{NAME}-720.svg").status_code == 404
    client.force_login(User.objects.create_superuser("figeuse@beffroi.example"))
    response = client.get(f"{BASE}{NAME}-720.svg")
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


def test_a_drawing_once_made_is_served_without_reading_the_report(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    record_report()
    client.get(f"{BASE}{NAME}-720.svg")
    with django_assert_num_queries(1):
        client.get(f"{BASE}{NAME}-720.svg")
