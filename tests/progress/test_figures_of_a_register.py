"""Figures measured on rows: days, mergers, territories, money."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from beffroi.foundations.territories.queries import UnknownTerritory
from beffroi.programme.agreements.models import AgreementKind
from beffroi.programme.membership.models import Programme
from beffroi.programme.support.models import MoneyState
from beffroi.progress.queries import BeforeLaunch, NoProgramme, measure_progress
from beffroi.progress.rules import Figure
from tests.foundations.territories.factories import (
    make_intercommunality,
    make_region,
    make_succession,
    make_town,
)
from tests.progress.factories import (
    DAY,
    cover,
    designate,
    make_brownfield,
    make_commitment,
    make_meeting,
    make_mission,
    make_plan,
    make_programme,
    new_town,
    open_post,
)

pytestmark = pytest.mark.django_db
EVE, MORROW = DAY - timedelta(days=1), DAY + timedelta(days=1)


def figures(as_of: date = DAY, territory: str | None = None) -> dict[str, Figure]:
    progress = measure_progress(as_of=as_of, territory=territory)
    return {figure.code: figure for figure in progress.figures}


def value(code: str, as_of: date = DAY, territory: str | None = None) -> object:
    return figures(as_of, territory)[code].value


def test_a_town_counts_from_its_first_day_until_the_eve_of_its_exit() -> None:
    designate(new_town(), started_on=EVE, ended_on=MORROW)
    counted = [value("active_towns", day) for day in (EVE - timedelta(1), EVE, DAY, MORROW)]
    assert counted == [0, 1, 1, 0]


def test_a_town_without_a_known_start_counts_since_the_launch() -> None:
    designate(new_town())
    assert value("active_towns", date(2020, 10, 1)) == 1
    with pytest.raises(BeforeLaunch):
        measure_progress(as_of=date(2020, 9, 30))


def test_two_merged_members_count_once_from_the_day_of_the_merger() -> None:
    before = [make_town(code, end=DAY) for code in ("22001", "22002")]
    after = make_town("22003", start=DAY)
    for town in before:
        make_succession(town, after, DAY)
    designate(*before)
    cover(before[0])
    assert value("active_towns", EVE) == 2
    assert figures()["active_towns"].rows == (after.pk,)
    assert figures()["adhesion_share"].value == Decimal("100.0")


def test_adhesion_counts_active_towns_signed_by_the_day() -> None:
    signed, unsigned, gone, late = (new_town() for _ in range(4))
    designate(signed, unsigned, late)
    designate(gone, ended_on=DAY)
    cover(signed, gone, signed_on=DAY)
    cover(late, signed_on=MORROW)
    share = figures()["adhesion_share"]
    assert (share.value, share.numerator, share.denominator) == (Decimal("33.3"), 1, 3)
    assert figures()["adhesion_signed"].rows == (signed.pk,)


def test_a_share_of_no_town_does_not_exist() -> None:
    make_programme()
    assert value("adhesion_share") is None
    assert value("active_towns") == 0


def test_frameworks_count_towns_and_not_documents() -> None:
    first, second, outsider = new_town(), new_town(), new_town()
    designate(first, second)
    cover(first, second, outsider, kind=AgreementKind.FRAMEWORK, counts_as_ort=True)
    cover(first, kind=AgreementKind.FRAMEWORK)
    cover(second, kind=AgreementKind.FRAMEWORK, signed_on=MORROW)
    assert value("framework_towns") == 2
    assert value("ort_towns") == 2


def test_a_framework_without_the_main_town_is_no_ort() -> None:
    town = new_town()
    designate(town)
    cover(town, kind=AgreementKind.FRAMEWORK)
    assert (value("framework_towns"), value("ort_towns")) == (1, 0)


def test_the_two_security_contracts_are_never_summed() -> None:
    both, one = new_town(), new_town()
    cover(both, one, kind=AgreementKind.SECURITY)
    cover(both, kind=AgreementKind.INTEGRATED_SECURITY)
    assert (value("security_towns"), value("csi_towns")) == (2, 1)


def test_money_is_summed_to_the_cent_once_it_is_committed() -> None:
    make_plan("400.00")
    make_commitment("100.01", decided_on=DAY)
    make_commitment("0.02", state=MoneyState.PAID)
    make_commitment("9.00", state=MoneyState.PROGRAMMED)
    make_commitment("9.00", decided_on=MORROW)
    share = figures()["realised_share"]
    assert value("realised_amount") == Decimal("100.03")
    assert (share.value, share.denominator) == (25, Decimal("400.00"))


def test_a_plan_nobody_made_has_no_amount() -> None:
    make_commitment()
    assert value("planned_amount") is None
    assert value("realised_share") is None


def test_missions_and_brownfields_count_when_decided_by_the_day() -> None:
    town = new_town()
    make_mission(notified_on=DAY)
    make_mission(notified_on=MORROW)
    for _ in range(2):
        make_brownfield(town=town, area_m2=Decimal("15000.00"))
    make_brownfield(decided_on=MORROW)
    assert value("expertise_missions") == 1
    assert (value("brownfield_towns"), value("brownfield_area")) == (1, 3)


def test_a_post_counts_to_its_last_day_and_once_for_all_its_towns() -> None:
    open_post(new_town(), new_town(), ended_on=DAY)
    open_post(ended_on=EVE)
    open_post(started_on=MORROW)
    assert value("manager_posts") == 1
    assert value("manager_posts", MORROW) == 1


def test_attendance_leaves_out_meetings_nobody_counted() -> None:
    make_meeting(participants=86, held_on=DAY)
    make_meeting(participants=None)
    make_meeting(participants=500, held_on=MORROW)
    make_programme()
    assert (value("meetings_held"), value("meeting_attendance")) == (2, 86)


def test_population_sums_the_active_towns_that_have_one() -> None:
    designate(new_town(inhabitants=1200), new_town(inhabitants=800), new_town())
    new_town(inhabitants=9000)
    assert value("population") == 2000


def test_a_territory_keeps_its_own_towns_and_projects() -> None:
    make_region("53", "Bretagne", {"22": "Côtes-d’Armor", "29": "Finistère"})
    make_region("28", "Normandie", {"14": "Calvados"})
    here, near, far = new_town("22"), new_town("29"), new_town("14")
    make_intercommunality("200000001", "Agglomération", here, far)
    designate(here, near, far)
    make_commitment("7.00", town=far)
    counted = [value("active_towns", DAY, text) for text in ("dep:22", "reg:53", "epci:200000001")]
    assert counted == [1, 2, 2]
    assert value("realised_amount", DAY, "dep:14") == 7
    assert value("realised_amount", DAY, "reg:53") == 0


def test_meetings_belong_to_their_region_alone() -> None:
    region = make_region("53", "Bretagne", {"22": "Côtes-d’Armor"})
    make_region("28", "Normandie", {"14": "Calvados"})
    make_programme()
    make_meeting(region=region)
    make_meeting()
    held = [value("meetings_held", DAY, text) for text in (None, "reg:53", "reg:28", "dep:22")]
    assert held == [2, 1, 0, None]


def test_refuses_a_territory_that_does_not_exist() -> None:
    make_programme()
    with pytest.raises(UnknownTerritory):
        measure_progress(as_of=DAY, territory="dep:99")


def test_refuses_a_register_without_programme() -> None:
    Programme.objects.all().delete()
    with pytest.raises(NoProgramme):
        measure_progress(as_of=DAY)


@pytest.mark.parametrize("copies", [1, 5])
def test_reads_the_whole_register_in_few_queries(copies: int) -> None:
    make_region("53", "Bretagne", {"22": "Côtes-d’Armor"})
    for number in range(copies):
        town = new_town()
        designate(town)
        cover(town)
        open_post(town)
        make_commitment(town=town)
        make_mission(town=town)
        make_brownfield(town=town)
        make_plan(funder=f"Financeur {number}")
    with CaptureQueriesContext(connection) as queries:
        measure_progress(as_of=DAY, territory="dep:22")
    assert len(queries) <= 20
