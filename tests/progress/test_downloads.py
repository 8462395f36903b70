"""The downloads of a report: published, named, and kept by those who have them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from beffroi.progress.actions import freeze_snapshot
from beffroi.progress.models import Snapshot
from beffroi.progress.written.forms import FORMS
from tests.progress.factories import DAY, cover, designate, make_mission, new_town, publish_report

pytestmark = pytest.mark.django_db
HERE = "/point-d-avancement/2022-09-23-national-r1/"


@pytest.fixture
def snapshot() -> Snapshot:
    """One town that signed, and a mission."""
    town = new_town(name="Dinan")
    designate(town)
    cover(town)
    make_mission(town=town)
    return publish_report()


@pytest.mark.usefixtures("snapshot")
@pytest.mark.parametrize("form", FORMS)
def test_each_form_downloads_under_the_name_of_the_report(client: Client, form: str) -> None:
    response = client.get(HERE + FORMS[form].name)
    assert response["Content-Type"] == FORMS[form].content_type
    name = f"{FORMS[form].stem}-2022-09-23-national-r1.{FORMS[form].extension}"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'


@pytest.mark.parametrize("form", FORMS)
def test_who_has_these_bytes_is_told_so(client: Client, snapshot: Snapshot, form: str) -> None:
    first = client.get(HERE + FORMS[form].name)
    assert first.content == FORMS[form].write(snapshot)
    again = client.get(HERE + FORMS[form].name, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("form", FORMS)
def test_what_is_not_published_is_not_there(client: Client, form: str) -> None:
    designate(new_town())
    freeze_snapshot(as_of=DAY, frozen_at=datetime(2022, 9, 26, 9, tzinfo=UTC))
    assert client.get(HERE + FORMS[form].name).status_code == 404
