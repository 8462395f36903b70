"""Mandates granted and ended on the desk."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from beffroi.foundations.accounts.models import User
from beffroi.foundations.directory.models import Organisation
from beffroi.foundations.mandates.models import Mandate, MandateKind
from beffroi.foundations.territories.models import Region
from tests.foundations.desk.people import department, desk_of, person, sent
from tests.foundations.territories.factories import make_region

pytestmark = pytest.mark.django_db
RIGHTS = ("add_mandate", "change_mandate", "view_mandate")
ADD = reverse("perimetres:add")


@pytest.fixture(autouse=True)
def bretagne(db: None) -> Region:  # noqa: ARG001
    return make_region("53", "Bretagne", {"22": "Côtes-d’Armor", "56": "Morbihan"})


def entry(user: User, place: str) -> dict[str, str]:
    return {"user": str(user.pk), "place": place, "started_on": "01/11/2026", "reason": "arrivée"}


def test_a_national_officer_grants_a_departement() -> None:
    client = desk_of(sent(person("aicha", *RIGHTS), None))
    newcomer = person("karima")
    answer = client.post(ADD, entry(newcomer, f"dep:{department('22').pk}"))
    assert answer.status_code == 302
    mandate = Mandate.objects.get(user=newcomer)
    assert (mandate.department, mandate.started_on) == (department("22"), date(2026, 11, 1))
    told = client.get(reverse("perimetres:history", args=[mandate.pk])).content.decode()
    assert "Périmètre donné" in told
    assert "arrivée" in told


def test_nobody_grants_wider_than_their_own_reach(bretagne: Region) -> None:
    client = desk_of(sent(person("officer", *RIGHTS), department("22")))
    newcomer, anah = person("karima"), Organisation.objects.get(name="Anah")
    wider = [
        MandateKind.NATIONAL,
        f"reg:{bretagne.pk}",
        f"dep:{department('56').pk}",
        f"organisation:{anah.pk}",
    ]
    for place in wider:
        assert client.post(ADD, entry(newcomer, str(place))).status_code == 200
    assert not Mandate.objects.filter(user=newcomer).exists()


def test_whoever_holds_every_departement_may_give_the_region(bretagne: Region) -> None:
    officer = sent(person("officer", *RIGHTS), department("22"), department("56"))
    desk_of(officer).post(ADD, entry(person("yann"), f"reg:{bretagne.pk}"))
    assert Mandate.objects.filter(region=bretagne).exists()


def test_the_permission_is_asked_whatever_the_reach() -> None:
    client = desk_of(sent(person("agent"), None))
    assert client.get(ADD).status_code == 302
    client.post(ADD, entry(person("karima"), "national"))
    assert Mandate.objects.count() == 1


def test_ends_a_mandate_with_a_reason() -> None:
    client = desk_of(sent(person("aicha", *RIGHTS), None))
    gone = sent(person("karima"), department("22"))
    url = reverse("perimetres:edit", args=[gone.mandates.get().pk])
    shown = client.get(url).context["form"]["shown"].value()
    client.post(url, {"ended_on": "01/12/2026", "reason": "mutation", "shown": shown})
    assert gone.mandates.get().ended_on == date(2026, 12, 1)


def test_refuses_an_end_before_the_start() -> None:
    client = desk_of(sent(person("aicha", *RIGHTS), None))
    gone = sent(person("karima"), department("22"))
    url = reverse("perimetres:edit", args=[gone.mandates.get().pk])
    shown = client.get(url).context["form"]["shown"].value()
    page = client.post(url, {"ended_on": "01/12/2019", "reason": "mutation", "shown": shown})
    assert page.context["form"].errors
    assert gone.mandates.get().ended_on is None


def test_nobody_grants_or_prolongs_their_own_mandate() -> None:
    officer = sent(person("officer", *RIGHTS), department("22"))
    client, own = desk_of(officer), officer.mandates.get()
    later = entry(officer, f"dep:{department('22').pk}") | {"started_on": "01/11/2030"}
    assert "par quelqu’un d’autre" in client.post(ADD, later).content.decode()
    url = reverse("perimetres:edit", args=[own.pk])
    shown = client.get(url).context["form"]["shown"].value()
    client.post(url, {"ended_on": "01/12/2040", "reason": "encore", "shown": shown})
    own.refresh_from_db()
    assert own.ended_on is None
    assert officer.mandates.count() == 1
