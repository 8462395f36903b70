"""What was frozen is handed out the same to the byte, whatever becomes of the register."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client

from beffroi.foundations.directory.models import Organisation
from beffroi.foundations.territories.models import DepartmentPeriod, RegionPeriod, TownPeriod
from beffroi.programme.membership.models import Designation
from beffroi.programme.support.models import ExpertiseMission, RealisedCommitment
from beffroi.progress import frozen
from beffroi.progress.models import Publication, Snapshot
from beffroi.progress.queries import get_snapshot, measure_progress
from beffroi.progress.written.files import write_rows
from beffroi.progress.written.forms import FORMS
from tests.foundations.territories.factories import make_region
from tests.progress.factories import (
    DAY,
    FROZEN_AT,
    cover,
    designate,
    make_commitment,
    make_meeting,
    make_mission,
    make_plan,
    make_programme,
    new_town,
    open_post,
    publish_report,
)
from tests.progress.written.reading import plain, text_of

pytestmark = pytest.mark.django_db
KEPT_THEN = ("as_of", "territory", "territory_name", "figures")


@pytest.fixture(autouse=True)
def register() -> None:
    """Four towns in two départements, and a row of most kinds."""
    make_region("53", "Bretagne", {"22": "Côtes-d’Armor", "35": "Ille-et-Vilaine"})
    here = [new_town("22", "Dinan", 1200), new_town("22", "Lamballe", 1300)]
    there = [new_town("35", "Vitré", 2300), new_town("35", "Redon", 2400)]
    designate(*here, *there)
    cover(*here, there[0])
    make_plan("1000000.00")
    make_commitment("123456.78", town=here[0])
    make_commitment("21667.50", town=there[0])
    make_mission(town=here[1])
    make_mission(town=there[1])
    open_post(*here)
    make_meeting()


def written(snapshot: Snapshot) -> dict[str, bytes]:
    """Every form and table of a report, and the rows behind each of its figures."""
    rows = {
        figure.code: write_rows(snapshot.rows_behind(figure.code)).encode()
        for figure in snapshot.figures
    }
    return {form: FORMS[form].write(snapshot) for form in FORMS} | rows


def overturn_the_register() -> None:
    """Rows added, corrected and deleted; a town, a funder and whole areas renamed."""
    designate(new_town("22", "Ajoutée"))
    make_commitment("9.99")
    RealisedCommitment.objects.update(amount=Decimal("1.00"), purpose="corrigé")
    ExpertiseMission.objects.all()[0].delete()
    Designation.objects.all()[0].delete()
    Organisation.objects.filter(name="Anah").update(name="Autre financeur")
    for named in (TownPeriod, DepartmentPeriod, RegionPeriod):
        named.objects.update(name="Autre nom")


def kept_as_before(territory: str) -> Snapshot:
    """A report as it was kept before reports held breakdowns, parts and courses."""
    fresh = publish_report(DAY, territory=territory)
    content = {name: fresh.content[name] for name in KEPT_THEN}
    old = Snapshot.record(
        programme=make_programme(),
        report=frozen.Frozen(content, fresh.rows),
        revision=2,
        reason="tel qu’on le gardait",
        frozen_at=FROZEN_AT,
        frozen_by=None,
    )
    Publication.objects.create(snapshot=old, published_at=FROZEN_AT)
    return old


@pytest.mark.parametrize("territory", ["national", "dep:22"])
def test_every_form_stays_the_same_after_the_register_changed(territory: str) -> None:
    snapshot = publish_report(DAY, territory=territory)
    before = written(snapshot)
    overturn_the_register()
    assert measure_progress(as_of=DAY, territory=territory).figures != snapshot.figures
    again = get_snapshot(snapshot.reference)
    assert again.holds()
    assert written(again) == before


@pytest.mark.parametrize("territory", ["national", "dep:22"])
def test_an_old_report_is_whole_in_every_form_and_stays_so(client: Client, territory: str) -> None:
    old = kept_as_before(territory)
    before = written(old)
    overturn_the_register()
    again = get_snapshot(old.reference)
    assert again.holds()
    assert written(again) == before
    pdf, page = text_of(before["pdf"]), client.get(old.get_absolute_url()).content.decode()
    for figure in old.figures:
        for text in (page, before["html"].decode(), before["json"].decode()):
            assert figure.label in text
        assert plain(figure.label) in pdf
        assert f"{figure.code};" in before["csv"].decode()
