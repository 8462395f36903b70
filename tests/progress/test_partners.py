"""The partners of the programme: kept in the report with the logo they had that day."""

from __future__ import annotations

import io
from hashlib import sha256
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image, ImageDraw, PngImagePlugin

from beffroi.foundations.directory.models import Organisation
from beffroi.foundations.media.models import CreditedImage
from beffroi.foundations.media.reencoding import NotAPicture, bounded_png
from beffroi.progress.models import FrozenPicture, Snapshot
from beffroi.progress.queries import get_snapshot
from beffroi.progress.written.forms import FORMS, write_report
from tests.progress.factories import designate, new_town, publish_report
from tests.progress.written.reading import tags_of


def drawn(colour: str = "navy", size: tuple[int, int] = (900, 400)) -> bytes:
    """A bar of colour amid wide margins, with a comment of its maker."""
    picture = Image.new("RGB", size, "white")
    ImageDraw.Draw(picture).rectangle((200, 150, 699, 249), fill=colour)
    note = PngImagePlugin.PngInfo()
    note.add_text("Author", "Personne")
    body = io.BytesIO()
    picture.save(body, "PNG", pnginfo=note)
    return body.getvalue()


def make_partner(name: str = "Cerema", body: bytes = b"") -> Organisation:
    logo = None
    if body:
        logo = CreditedImage.objects.create(
            title=name, description=name, file=ContentFile(body, name="logo.png")
        )
    fields = {"is_partner": True, "logo": logo}
    return Organisation.objects.update_or_create(name=name, defaults=fields)[0]


@pytest.fixture
def media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def frozen() -> Snapshot:
    designate(new_town())
    return publish_report()


def test_a_logo_is_kept_small_trimmed_and_without_metadata() -> None:
    kept = bounded_png(drawn(), width=320, height=120)
    with Image.open(io.BytesIO(kept)) as picture:
        assert picture.size == (320, 64)
        assert "Author" not in picture.info
    assert b"Personne" not in kept


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(NotAPicture):
        bounded_png(b"<svg/>", width=320, height=120)


@pytest.mark.django_db
@pytest.mark.usefixtures("media")
def test_a_report_keeps_the_logo_of_its_day(client: Client) -> None:
    make_partner("Écomusée")
    make_partner("Cerema", drawn())
    snapshot = frozen()
    cerema, museum = snapshot.report.partners
    assert (cerema.name, museum.name, museum.logo) == ("Cerema", "Écomusée", "")
    before = {form: write_report(snapshot, form) for form in FORMS}
    CreditedImage.objects.all().delete()
    Organisation.objects.update(is_partner=False)
    again = get_snapshot(snapshot.reference)
    assert {form: write_report(again, form) for form in FORMS} == before
    response = client.get(f"/point-d-avancement/logos/{cerema.logo}.png")
    assert sha256(response.content).hexdigest() == cerema.logo
    assert "immutable" in response["Cache-Control"]
    page = client.get(snapshot.get_absolute_url()).content.decode()
    assert f"/point-d-avancement/logos/{cerema.logo}.png" in page
    pictures = [tag for name, tag in tags_of(before["pdf"]) if name == "/Figure"]
    assert "Cerema" in [str(tag.get("/Alt")) for tag in pictures]


@pytest.mark.django_db
@pytest.mark.usefixtures("media")
def test_the_same_logo_is_kept_once(client: Client) -> None:
    make_partner("Anah", drawn())
    make_partner("Cerema", drawn())
    frozen()
    assert FrozenPicture.objects.count() == 1
    assert client.get(f"/point-d-avancement/logos/{'0' * 64}.png").status_code == 404


def test_a_picture_that_would_fill_the_memory_is_no_logo() -> None:
    body = io.BytesIO()
    Image.new("1", (6000, 6000)).save(body, "PNG")
    assert len(body.getvalue()) < 10_000
    with pytest.raises(NotAPicture):
        bounded_png(body.getvalue(), width=320, height=120)


def test_a_picture_with_a_broken_header_is_no_logo() -> None:
    body = drawn()
    with pytest.raises(NotAPicture):
        bounded_png(body[:8] + bytes(4) + body[12:], width=320, height=120)
