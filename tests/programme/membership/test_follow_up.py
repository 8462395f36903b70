from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from beffroi.programme.membership.models import ProjectManagerPost
from tests.foundations.imports.country import (
    EPCI,
    POSTS,
    Country,
    make_country,
    outcomes,
    receive,
    refusals,
)

SHARED_POST = (
    f"P1;epci;{EPCI};01004;12/03/2022;",
    f"P1;epci;{EPCI};1053;12/03/2022;",
)
OWN_POST = "P2;commune;1004;01004;06/04/2021;31/12/2022"


@pytest.fixture(autouse=True)
def country(db: None) -> Country:  # noqa: ARG001
    return make_country()


def test_one_post_serves_several_towns(tmp_path: Path) -> None:
    assert outcomes(receive(tmp_path / "p.csv", POSTS, *SHARED_POST)) == {"created": 2}
    post = ProjectManagerPost.objects.get()
    assert post.served_towns.count() == 2
    assert post.employer_intercommunality is not None
    assert post.employer_intercommunality.siren == EPCI


def test_a_town_employs_its_own_project_manager(tmp_path: Path, country: Country) -> None:
    report = receive(tmp_path / "p.csv", POSTS, OWN_POST)
    post = ProjectManagerPost.objects.get()
    assert (post.employer_town, post.ended_on) == (country.amberieu, date(2022, 12, 31))
    assert [note.column for note in report.notes] == ["code_employeur"]


def test_a_post_that_ends_is_updated_for_each_town(tmp_path: Path) -> None:
    receive(tmp_path / "p.csv", POSTS, *SHARED_POST)
    ended = [f"{row}01/09/2023" for row in SHARED_POST]
    assert outcomes(receive(tmp_path / "p.csv", POSTS, *ended)) == {"updated": 2}
    assert outcomes(receive(tmp_path / "p.csv", POSTS, *ended)) == {"unchanged": 2}


def test_refuses_two_rows_of_a_post_that_contradict(tmp_path: Path) -> None:
    other = SHARED_POST[1].replace("12/03/2022", "13/03/2022")
    report = receive(tmp_path / "p.csv", POSTS, SHARED_POST[0], other)
    assert refusals(report) == [(3, "date_debut", "13/03/2022")]


@pytest.mark.parametrize(
    ("before", "after", "column"),
    [
        ("commune", "région", "type_employeur"),
        ("commune;1004", "epci;123456789", "code_employeur"),
        ("commune;1004", "commune;99999", "code_employeur"),
        ("31/12/2022", "01/01/2021", "date_fin"),
        ("06/04/2021", "", "date_debut"),
        ("P2", "", "id_poste"),
    ],
)
def test_refuses_posts_that_cannot_be(tmp_path: Path, before: str, after: str, column: str) -> None:
    report = receive(tmp_path / "p.csv", POSTS, OWN_POST.replace(before, after))
    assert [fault[:2] for fault in refusals(report)] == [(2, column)]
