"""Every page of the desk, with people who must not see: a new page is covered as it comes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from beffroi.foundations.accounts.models import User
from beffroi.foundations.desk.permissions import BoundedPolicy, reach_of
from beffroi.foundations.desk.registration import viewsets_on_desk
from beffroi.foundations.desk.viewsets import RegisterViewSet
from beffroi.foundations.directory.models import Organisation
from beffroi.foundations.territories.models import Town
from beffroi.website.migrations._register_rights import REGISTER
from tests.foundations.desk.addresses import desk_routes
from tests.foundations.desk.people import department, desk_of, person, sent
from tests.foundations.desk.samples import Sample, register_models
from tests.foundations.territories.factories import make_region, make_town

pytestmark = pytest.mark.django_db
WORD = "Secretville"
SHUT = {302, 403, 404, 405}
# Pages that everybody who signs in may open: they show nothing of the register.
OPEN = {"/bureau/"}
ROLES = ("Registre", "Partenaire", "Lecture", "Périmètres")
REGISTER_APPS = {"membership", "agreements", "support", "calls", "events"}


@dataclass(frozen=True)
class Desk:
    """A town of the Côtes-d’Armor with a row of every kind, and the people around."""

    sample: Sample
    keys: tuple[int, ...]

    def client(self, place: Any = None, *, role: str = "Registre", is_sent: bool = True) -> Client:
        user = person("quelqu-un", role=role)
        return desk_of(sent(user, place) if is_sent else user)


@pytest.fixture
def desk(db: None) -> Desk:  # noqa: ARG001
    make_region("53", "Bretagne", {"22": "Côtes-d’Armor"})
    make_region("84", "Auvergne-Rhône-Alpes", {"01": "Ain"})
    make_town("01004", name="Ambérieu-en-Bugey")
    sample = Sample(town=make_town("22999", name=WORD), word=WORD, number=7)
    keys = tuple({row.pk for row in sample.rows.values()})
    return Desk(sample, keys)


def test_no_page_opens_to_somebody_with_the_role_and_no_mandate(desk: Desk) -> None:
    client = desk.client(is_sent=False)
    opened = [
        viewset.name
        for viewset in viewsets_on_desk()
        if client.get(reverse(viewset.get_url_name("index"))).status_code not in SHUT
    ]
    assert opened == []


@pytest.mark.parametrize(
    "who", ["sans rôle", "sans mandat", "autre département", "autre partenaire"]
)
def test_no_address_of_the_desk_tells_anything_out_of_reach(desk: Desk, who: str) -> None:
    client = {
        "sans rôle": lambda: desk_of(person("sans")),
        "sans mandat": lambda: desk.client(is_sent=False),
        "autre département": lambda: desk.client(department("01")),
        "autre partenaire": lambda: desk.client(
            Organisation.objects.get(name="Cerema"), role="Partenaire"
        ),
    }[who]()
    assert [url for url in _addresses(desk.keys) if WORD in _read(client, url)] == []


def test_the_right_officer_reads_and_corrects_the_rows_of_their_area(desk: Desk) -> None:
    client = desk.client(department("22"))
    user = User.objects.get(email__startswith="quelqu-un")
    for viewset in viewsets_on_desk():
        row = desk.sample.rows.get(viewset.model)
        if row is not None and viewset.inspect_view_enabled:
            assert _statuses(client, viewset, row.pk) == _expected(viewset, user, row.pk)


def test_every_row_that_names_a_town_is_reached_by_its_officer(desk: Desk) -> None:
    user = sent(person("agent", role="Registre"), department("22"))
    unreached = [
        viewset.name
        for viewset in viewsets_on_desk()
        if viewset.town_path
        and not _visible(viewset, user).filter(pk=desk.sample.rows[viewset.model].pk).exists()
    ]
    assert unreached == []


@pytest.mark.parametrize("role", ["Lecture"])
def test_a_reader_corrects_nothing(desk: Desk, role: str) -> None:
    client = desk.client(None, role=role)
    writing = {"add", "edit", "delete"}
    opened = [
        f"{viewset.name}:{pattern.name}"
        for viewset in viewsets_on_desk()
        for pattern in viewset.get_urlpatterns()
        if pattern.name in writing
        and client.get(_url(viewset, str(pattern.name), _key(desk, viewset))).status_code
        not in SHUT
    ]
    assert opened == []


def test_every_model_of_the_register_is_in_its_role() -> None:
    own = {
        (model._meta.app_label, model._meta.model_name)
        for model in apps.get_models()
        if model._meta.app_label in REGISTER_APPS
    }
    assert own == {(app, name) for app, names in REGISTER.items() for name in names}
    held = set(
        Group.objects.get(name="Registre").permissions.values_list(
            "content_type__app_label", "codename"
        )
    )
    wanted = {(app, f"{verb}_{name}") for app, name in own for verb in ("add", "change", "view")}
    assert wanted <= held


def test_every_page_of_rows_of_the_register_is_bounded() -> None:
    from wagtail.permissions import policy_registry

    bounded = {viewset.model for viewset in viewsets_on_desk()}
    loose = [
        model._meta.label
        for model in register_models()
        if model not in bounded
        and isinstance(policy_registry.get_by_type(model, fallback=False), BoundedPolicy)
    ]
    assert loose == []


def _visible(viewset: RegisterViewSet, user: User) -> Any:
    policy: Any = viewset.permission_policy
    return policy.instances_user_has_permission_for(user, "view")


def _key(desk: Desk, viewset: RegisterViewSet) -> int:
    row = desk.sample.rows.get(viewset.model)
    return int(row.pk) if row is not None else 1


def _url(viewset: RegisterViewSet, name: str, pk: int) -> str:
    return reverse(viewset.get_url_name(name), args=[] if name == "add" else [pk])


def _statuses(client: Client, viewset: RegisterViewSet, pk: int) -> dict[str, int]:
    names = {str(pattern.name) for pattern in viewset.get_urlpatterns()}
    wanted = sorted(names & {"inspect", "history", "edit"})
    return {name: client.get(_url(viewset, name, pk)).status_code for name in wanted}


def _expected(viewset: RegisterViewSet, user: User, pk: int) -> dict[str, int]:
    scope = reach_of(user)
    names = {str(pattern.name) for pattern in viewset.get_urlpatterns()}
    policy: Any = viewset.permission_policy
    may = {
        action: policy.user_has_permission(user, action) and rows(scope).filter(pk=pk).exists()
        for action, rows in (("view", policy.visible), ("change", policy.editable))
    }
    found = {"inspect": may["view"], "history": may["view"], "edit": may["change"]}
    shut = {
        name: 404 if policy.user_has_permission(user, "view") or name == "inspect" else 302
        for name in found
    }
    return {name: 200 if found[name] else shut[name] for name in sorted(names & set(found))}


def _read(client: Client, url: str) -> str:
    answer = client.get(url)
    if url in OPEN or answer.status_code in SHUT:
        return ""
    return b"".join(answer).decode("utf-8", "replace") if answer.streaming else _text(answer)  # type: ignore[arg-type]


def _text(answer: Any) -> str:
    return str(answer.content.decode("utf-8", "replace"))


def _addresses(keys: tuple[int, ...]) -> Iterator[str]:
    """Every address of the desk that a view of the house answers, with these keys where it asks
    for one; lists are asked as files too."""
    for path in desk_routes():
        if "<" not in path:
            yield path
            yield f"{path}?export=csv"
            yield f"{path}?q={WORD.lower()}"
        else:
            yield from (_filled(path, key) for key in keys)


def _filled(path: str, key: int) -> str:
    return re.sub(r"<[^>]+>", str(key), path)


def test_walks_over_the_lists_the_sheets_and_the_town_pages() -> None:
    walked = set(_addresses((1,)))
    assert {"/bureau/presences/", "/bureau/presences/edit/1/", "/bureau/presences/?export=csv"} <= (
        walked
    )
    assert Town.objects.count() == 0
