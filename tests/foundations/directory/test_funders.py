from __future__ import annotations

import pytest

from beffroi.foundations.directory.models import Organisation
from beffroi.foundations.directory.queries import OtherFunder, UnknownFunder, load_funders

pytestmark = pytest.mark.django_db

KNOWN = {
    "État": "110014016",
    "ANCT": "130026032",
    "Anah": "180067027",
    "Banque des Territoires": "180020026",
    "Ademe": "385290309",
    "Cerema": "130018310",
    "Action Logement": "",
    "Agences de l'eau": "",
}


def test_the_known_funders_come_with_the_migrations() -> None:
    rows = Organisation.objects.filter(is_funder=True).values_list("name", "siren")
    assert dict(rows) == KNOWN


def test_two_names_that_read_alike_are_told_apart_by_their_letters() -> None:
    Organisation.objects.create(name="anah", is_funder=True)
    assert load_funders().named("Anah").siren == "180067027"
    with pytest.raises(UnknownFunder, match="plusieurs"):
        load_funders().named("ANAH")


def test_a_number_of_another_than_the_name_says_is_told() -> None:
    with pytest.raises(OtherFunder, match="« ANCT »"):
        load_funders().identified(siren="130026032", name="Anah")
