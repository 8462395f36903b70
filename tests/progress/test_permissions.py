"""Reports are made within one's mandates: each wall, from either side."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from beffroi.foundations.accounts.models import User
from beffroi.foundations.territories.models import (
    Intercommunality,
    IntercommunalityMembership,
    IntercommunalityPeriod,
)
from beffroi.progress.actions import freeze_snapshot, prepare_report, publish_snapshot
from beffroi.progress.actions.prepare_report import Wanted
from beffroi.progress.permissions import makers, may_act, may_preview
from tests.foundations.desk.people import department, person, sent
from tests.foundations.territories.factories import make_region, make_town
from tests.progress.factories import DAY, FROZEN_AT, designate

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _country() -> None:
    """Bretagne of two départements; an EPCI inside one, another across both; the Ain beside."""
    make_region("53", "Bretagne", {"22": "Côtes-d’Armor", "35": "Ille-et-Vilaine"})
    make_region("84", "Auvergne-Rhône-Alpes", {"01": "Ain"})
    dinan, dol = make_town("22050", name="Dinan"), make_town("35095", name="Dol-de-Bretagne")
    make_town("01004", name="Ambérieu-en-Bugey")
    for siren, towns in (("200000022", [dinan]), ("200000035", [dinan, dol])):
        epci = Intercommunality.objects.create(siren=siren)
        IntercommunalityPeriod.objects.create(intercommunality=epci, name=siren, kind="CC")
        for town in towns:
            IntercommunalityMembership.objects.create(intercommunality=epci, town=town)
    designate(dinan)


def officer(*codes: str, role: str = "Registre") -> User:
    return sent(person("agent", role=role), *map(department, codes))


@pytest.mark.parametrize(
    ("mandates", "territory", "is_allowed"),
    [
        (["22"], "dep:22", True),
        (["22"], "epci:200000022", True),
        (["22"], "com:22050", True),
        (["22"], "national", False),
        (["22"], "dep:35", False),
        (["22"], "reg:53", False),
        (["22"], "epci:200000035", False),
        (["22"], "com:35095", False),
        (["22"], "com:22999", False),
        (["22"], "taille:2000-3499", False),
        (["22"], "centralite:2", False),
        (["22", "35"], "reg:53", True),
        (["22", "35"], "epci:200000035", True),
        (["22", "35"], "reg:84", False),
        ([], "dep:22", False),
    ],
)
def test_an_officer_makes_the_reports_of_their_area_alone(
    mandates: list[str], territory: str, is_allowed: bool
) -> None:
    assert may_act(officer(*mandates), territory, on=DAY) == is_allowed


@pytest.mark.parametrize("territory", ["national", "dep:01", "epci:200000035", "taille:2000-3499"])
def test_a_national_officer_makes_every_report(territory: str) -> None:
    assert may_act(sent(person("nationale", role="Avancement"), None), territory, on=DAY)


@pytest.mark.parametrize("role", ["Lecture", "Partenaire", "Approbation", ""])
def test_a_mandate_without_the_right_makes_nothing(role: str) -> None:
    assert not may_act(sent(person("lectrice", role=role), None), "dep:22", on=DAY)


def test_a_mandate_that_ended_makes_nothing() -> None:
    user = officer("22")
    user.mandates.update(ended_on=date(2024, 1, 1))
    assert not may_act(user, "dep:22", on=DAY)


def test_every_step_stops_at_the_wall() -> None:
    user = officer("22")
    with pytest.raises(PermissionDenied):
        prepare_report(wanted=Wanted(DAY), prepared_by=user, prepared_at=FROZEN_AT)
    with pytest.raises(PermissionDenied):
        freeze_snapshot(as_of=DAY, territory="dep:35", frozen_at=FROZEN_AT, frozen_by=user)
    mine = freeze_snapshot(as_of=DAY, territory="dep:22", frozen_at=FROZEN_AT, frozen_by=user)
    national = freeze_snapshot(as_of=DAY, frozen_at=FROZEN_AT)
    assert may_preview(user, mine)
    assert not may_preview(user, national)
    with pytest.raises(PermissionDenied):
        publish_snapshot(reference=national.reference, published_at=FROZEN_AT, published_by=user)
    publish_snapshot(reference=mine.reference, published_at=FROZEN_AT, published_by=user)


def test_knows_who_else_may_make_a_report() -> None:
    user, national = officer("22"), sent(person("nationale", role="Avancement"), None)
    sent(person("ailleurs", role="Registre"), department("01"))
    assert makers("dep:22", on=DAY) == [user, national]
    assert makers("national", on=DAY) == [national]
