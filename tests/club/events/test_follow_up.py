from __future__ import annotations

from pathlib import Path

import pytest

from beffroi.club.events.models import Meeting
from tests.foundations.imports.country import (
    MEETINGS,
    Country,
    make_country,
    outcomes,
    receive,
    refusals,
)

MEETING = "RR-1;Rencontre régionale;rencontre régionale;2022-07-22;Auvergne-Rhône-Alpes;74"


@pytest.fixture(autouse=True)
def country(db: None) -> Country:  # noqa: ARG001
    return make_country()


def test_records_a_meeting_whole(tmp_path: Path) -> None:
    assert outcomes(receive(tmp_path / "r.csv", MEETINGS, MEETING)) == {"created": 1}
    meeting = Meeting.objects.get()
    assert (meeting.title, meeting.participants) == ("Rencontre régionale", 74)
    assert meeting.region is not None
    assert meeting.region.code == "84"


def test_corrects_the_people_counted(tmp_path: Path) -> None:
    receive(tmp_path / "r.csv", MEETINGS, MEETING)
    assert outcomes(receive(tmp_path / "r.csv", MEETINGS, f"{MEETING}1")) == {"updated": 1}
    assert Meeting.objects.get().participants == 741


def test_keeps_a_meeting_to_come_without_a_count(tmp_path: Path) -> None:
    to_come = "RR-2;Outre-mer;rencontre;2031-02-01;;"
    assert outcomes(receive(tmp_path / "r.csv", MEETINGS, to_come)) == {"created": 1}
    meeting = Meeting.objects.get()
    assert (meeting.region, meeting.participants) == (None, None)


@pytest.mark.parametrize(
    ("before", "after", "column"),
    [
        (";74", ";", "participants"),
        (";74", ";-3", "participants"),
        (";74", ";beaucoup", "participants"),
        ("Auvergne-Rhône-Alpes", "Padanie", "region"),
        ("2022-07-22", "2022-07-32", "date"),
        ("RR-1", "", "id_evenement"),
        ("Rencontre régionale;", ";", "titre"),
    ],
)
def test_refuses_meetings_that_cannot_be(
    tmp_path: Path, before: str, after: str, column: str
) -> None:
    report = receive(tmp_path / "r.csv", MEETINGS, MEETING.replace(before, after, 1))
    assert [fault[:2] for fault in refusals(report)] == [(2, column)]
