"""The desk: a report goes from one pair of eyes to another, then to the public."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from beffroi.foundations.accounts.models import User
from beffroi.foundations.territories.models import Centrality, Town
from beffroi.progress.actions import freeze_snapshot, prepare_report
from beffroi.progress.actions.prepare_report import Wanted
from beffroi.progress.models import Preparation, Snapshot
from tests.foundations.desk.people import department, desk_of, person, sent
from tests.foundations.territories.factories import make_region
from tests.progress.factories import (
    DAY,
    FROZEN_AT,
    designate,
    make_mission,
    new_town,
    publish_report,
)

pytestmark = pytest.mark.django_db
LIST = "/bureau/points-d-avancement/"
FORM = {"as_of": "2022-09-23", "territory": "national", "foreword": "", "reason": ""}


@pytest.fixture
def aicha() -> User:
    """Prepares, for the whole country."""
    make_region("53", "Bretagne", {"22": "Côtes-d’Armor", "35": "Ille-et-Vilaine"})
    designate(new_town(name="Dinan"))
    return sent(person("aicha", role="Avancement"), None)


@pytest.fixture
def claire() -> User:
    """Reviews, for the whole country."""
    return sent(person("claire", role="Avancement"), None)


def read(client: Client, path: str = "") -> str:
    answer = client.get(f"{LIST}{path}")
    assert answer.status_code == 200, path
    return answer.content.decode()


def post(client: Client, path: str, **told: str) -> str:
    answer = client.post(f"{LIST}{path}", told, follow=True)
    assert answer.status_code == 200, path
    return answer.content.decode()


def seen(text: str) -> str:
    found = re.search(r'name="fingerprint"\s+value="([0-9a-f]{64})"', text)
    assert found
    return found[1]


def test_takes_a_report_from_one_person_to_the_public(aicha: User, claire: User) -> None:
    first, second = desk_of(aicha), desk_of(claire)
    assert "à relire" not in read(first)
    made = post(first, "preparer/", **FORM | {"foreword": "Un mot d’abord."})
    page = f"preparation/{Preparation.objects.get().pk}/"
    assert "une autre personne doit le relire" in made
    assert "J’ai relu ces chiffres" not in made
    assert "à relire" in read(second)
    shown = read(second, page)
    assert "Un mot d’abord." in shown
    assert "Communes actives" in shown
    assert "peuvent être figés" in post(second, f"{page}relire/", fingerprint=seen(shown))
    assert "Il reste à le publier" in post(first, f"{page}figer/")
    frozen = Snapshot.objects.get()
    address = f"fige/{frozen.reference}/"
    assert frozen.reference in read(second, "?etat=figes")
    assert Client().get(frozen.get_absolute_url()).status_code == 404
    assert "ne se retire pas" in post(second, f"{address}publier/")
    assert Client().get(frozen.get_absolute_url()).status_code == 404
    assert "publié" in post(second, f"{address}publier/", sure="1")
    assert Client().get(frozen.get_absolute_url()).status_code == 200
    assert frozen.reference in read(first, "?etat=publies")


def test_names_the_figures_that_moved_since_the_review(aicha: User, claire: User) -> None:
    pk = _prepared(aicha)
    second = desk_of(claire)
    post(second, f"preparation/{pk}/relire/", fingerprint=seen(read(second, f"preparation/{pk}/")))
    designate(new_town(name="Lamballe"))
    text = post(second, f"preparation/{pk}/figer/")
    assert "ont changé depuis la relecture" in text
    assert "Communes actives" in text
    assert not Snapshot.objects.exists()


def test_measures_again_when_asked_and_before_freezing(aicha: User, claire: User) -> None:
    pk = _prepared(aicha)
    second, page = desk_of(claire), f"preparation/{pk}/"
    shown = seen(read(second, page))
    designate(new_town(name="Lamballe"))  # by hand: the trail knows nothing of it
    assert seen(read(second, page)) == shown
    anew = seen(read(second, f"{page}?mesurer=1"))
    assert anew != shown
    assert seen(read(second, page)) == anew
    designate(new_town(name="Quintin"))
    post(second, f"{page}relire/", fingerprint=anew)
    post(second, f"{page}figer/")
    assert not Snapshot.objects.exists()
    assert seen(read(second, page)) not in (shown, anew)


def test_sends_a_report_back_and_takes_it_up_again(aicha: User, claire: User) -> None:
    pk = _prepared(aicha)
    second = desk_of(claire)
    assert "Dites ce qui est à reprendre" in post(second, f"preparation/{pk}/renvoyer/", remark=" ")
    text = post(second, f"preparation/{pk}/renvoyer/", remark="Ajoutez une phrase.")
    assert "Ajoutez une phrase." in text
    first = desk_of(aicha)
    post(first, f"preparation/{pk}/modifier/", foreword="Une phrase.", reason="")
    assert "Une phrase." in read(first, f"preparation/{pk}/")
    post(first, f"preparation/{pk}/abandonner/")
    assert Preparation.objects.get().given_up_at
    assert "Reprendre" in read(first, f"preparation/{pk}/")
    post(first, f"preparation/{pk}/reprendre/")
    assert Preparation.objects.get().is_open


def test_shows_what_moved_since_the_last_published_report(aicha: User) -> None:
    publish_report()
    designate(new_town(name="Lamballe"))
    pk = _prepared(aicha, reason="une commune manquait")
    text = read(desk_of(aicha), f"preparation/{pk}/")
    assert "Écart avec le dernier point publié" in text
    assert "Lamballe" in text
    assert "Communes actives varie de plus de 10\u202f%" in text


def test_tells_what_deserves_a_look(aicha: User) -> None:
    text = read(desk_of(aicha), f"preparation/{_prepared(aicha)}/")
    assert "Sans valeur, car aucun engagement prévisionnel n’est enregistré" in text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"as_of": "2020-01-01"}, "précède le lancement"),
        ({"territory": "dep:99"}, "Sélectionnez un choix valide"),
        ({"as_of": ""}, "Champ requis"),
    ],
)
def test_words_a_refusal_in_the_form(aicha: User, change: dict[str, str], said: str) -> None:
    assert said in post(desk_of(aicha), "preparer/", **FORM | change)
    assert not Preparation.objects.exists()


def test_revises_a_report_with_a_reason(aicha: User) -> None:
    snapshot = publish_report()
    make_mission()
    client = desk_of(aicha)
    assert "preparer/?reviser=" in read(client, f"fige/{snapshot.reference}/")
    form = read(client, f"preparer/?reviser={snapshot.reference}")
    assert 'value="2022-09-23"' in form
    assert "donnez le motif de la révision" in post(client, "preparer/", **FORM)
    post(client, "preparer/", **FORM | {"reason": "mission oubliée"})
    assert Preparation.objects.get().reason == "mission oubliée"


def test_offers_the_territories_of_the_area_and_no_other(aicha: User) -> None:
    assert aicha
    form = read(desk_of(_officer()), "preparer/")
    assert 'value="dep:22"' in form
    for other in ("national", "dep:35", "reg:53"):
        assert f'value="{other}"' not in form
    assert "Dinan (22001)" in read(desk_of(_officer("autre")), "preparer/?q=Dinan")


def test_offers_groups_of_towns_to_those_who_have_the_whole_country(aicha: User) -> None:
    assert 'value="taille:2000-3499"' in read(desk_of(aicha), "preparer/")
    assert "taille:" not in read(desk_of(_officer()), "preparer/")
    assert "centralite:" not in read(desk_of(aicha), "preparer/")
    town = Town.objects.all()[0]
    Centrality.objects.create(town=town, level=2, valid_from=date(2020, 1, 1))
    assert 'value="centralite:2"' in read(desk_of(aicha), "preparer/")
    made = post(desk_of(aicha), "preparer/", **FORM | {"territory": "taille:2000-3499"})
    assert "Communes de 2\u202f000 à 3\u202f499 habitants" in made


def test_hands_out_a_frozen_report_before_its_publication(aicha: User) -> None:
    snapshot = freeze_snapshot(as_of=DAY, frozen_at=FROZEN_AT)
    client = desk_of(aicha)
    text = read(client, f"fige/{snapshot.reference}/")
    for name in ("point-d-avancement.pdf", "point-d-avancement.html", "donnees.csv"):
        address = f"{snapshot.get_absolute_url()}{name}"
        assert f'href="{address}"' in text
        assert client.get(address).status_code == 200
        assert Client().get(address).status_code == 404


def test_verifies_what_is_kept(aicha: User) -> None:
    snapshot = publish_report()
    text = read(desk_of(aicha), f"fige/{snapshot.reference}/?verifier=1")
    assert "a bien cette empreinte" in text


def test_says_when_what_is_kept_was_tampered_with(aicha: User) -> None:
    snapshot = publish_report()
    snapshot.content["figures"][0]["value"] = 99
    assert not snapshot.holds()
    assert aicha


@pytest.mark.parametrize("path", ["", "modifier/"])
def test_hides_what_is_prepared_elsewhere(aicha: User, path: str) -> None:
    pk = _prepared(aicha)
    client = desk_of(_officer())
    assert client.get(f"{LIST}preparation/{pk}/{path}").status_code == 404
    assert "France entière" not in read(client)


def test_hides_what_is_frozen_elsewhere_until_it_is_published(aicha: User) -> None:
    snapshot = freeze_snapshot(as_of=DAY, frozen_at=FROZEN_AT)
    client = desk_of(_officer())
    path = f"fige/{snapshot.reference}/"
    assert client.get(f"{LIST}{path}").status_code == 404
    assert client.post(f"{LIST}{path}publier/", {"sure": "1"}).status_code == 404
    post(desk_of(aicha), f"{path}publier/", sure="1")
    assert "Réviser" not in read(client, path)


def test_lets_a_reader_see_and_do_nothing_more(aicha: User) -> None:
    pk = _prepared(aicha)
    client = desk_of(sent(person("lectrice", "view_snapshot"), None))
    assert "Préparer un point" not in read(client)
    assert "Abandonner" not in read(client, f"preparation/{pk}/")
    for path in ("preparer/", f"preparation/{pk}/abandonner/", f"preparation/{pk}/figer/"):
        assert client.post(f"{LIST}{path}").status_code in {302, 403}
    assert Preparation.objects.get().is_open


def test_opens_to_nobody_without_the_right(aicha: User) -> None:
    client = desk_of(sent(person("sans"), None))
    assert client.get(LIST).status_code in {302, 403}
    assert "points-d-avancement" not in client.get("/bureau/").content.decode()
    assert "points-d-avancement" in desk_of(aicha).get("/bureau/").content.decode()
    assert Permission.objects.filter(codename="add_snapshot").count() == 1


def _prepared(by: User, **words: str) -> int:
    wanted = Wanted(DAY, **words)
    return prepare_report(wanted=wanted, prepared_by=by, prepared_at=FROZEN_AT).pk


def _officer(name: str = "karima") -> User:
    return sent(person(name, role="Registre"), department("22"))
