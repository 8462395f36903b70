from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.audit.models import AuditEntry
from beffroi.foundations.territories.models import Town
from beffroi.programme.membership import privacy
from beffroi.programme.membership.actions import (
    AlreadyVacant,
    FundingAboveCeiling,
    HolderRecord,
    LaterChange,
    PostExists,
    PostNotOpen,
    PostRecord,
    ServesNobody,
    change_served_towns,
    close_posts,
    erase_former_holders,
    erase_holder,
    fill_post,
    fund_post,
    open_post,
    vacate_post,
)
from beffroi.programme.membership.models import EmployerKind, PostHolder, ProjectManagerPost
from beffroi.programme.membership.queries import (
    Occupancy,
    funding_by_year,
    occupancy,
    posts_of,
    served_on,
    unrecorded_posts,
    vacant_posts,
)
from beffroi.programme.membership.rules import excess_over, funding_ceiling
from tests.progress import factories
from tests.progress.factories import make_funder, make_programme, new_town

BY = Authorship(at=datetime(2022, 9, 23, 8, tzinfo=UTC))
OPENED = date(2021, 3, 1)
ANNE = HolderRecord("Anne Le Goff", OPENED, "Anne@dinan.example", "02 96 00 00 00")
euros = st.decimals(0, 200_000, places=2)


def new_post(
    *towns: Town, holder: HolderRecord | None = None, reference: str = "P1"
) -> ProjectManagerPost:
    served = towns or (new_town(),)
    record = PostRecord(
        reference=reference,
        employer_kind=EmployerKind.TOWN,
        employer_id=served[0].pk,
        started_on=OPENED,
        ended_on=None,
        town_ids=tuple(town.pk for town in served),
    )
    return open_post(programme=make_programme(), record=record, holder=holder, by=BY)


@given(cost=st.none() | euros, has_anah=st.booleans(), amounts=st.lists(euros, max_size=4))
def test_never_funds_above_the_share_of_cost_nor_the_fixed_cap(
    cost: Decimal | None, has_anah: bool, amounts: list[Decimal]
) -> None:
    ceiling = funding_ceiling(annual_cost=cost, has_anah=has_anah, year=2022)
    fixed = Decimal(55_000) if has_anah else Decimal(45_000)
    assert ceiling.amount <= fixed
    assert cost is None or cost * Decimal("0.75") - ceiling.amount >= 0 or ceiling.amount == fixed
    assert excess_over(ceiling, amounts) == max(sum(amounts) - ceiling.amount, 0)


@pytest.mark.django_db
def test_a_post_opened_without_a_holder_is_vacant_from_its_first_day() -> None:
    post = new_post()
    assert occupancy(post, as_of=OPENED) == Occupancy(None, OPENED)
    assert list(vacant_posts(make_programme(), as_of=OPENED)) == [post]


@pytest.mark.django_db
def test_an_imported_post_is_not_vacant_but_unrecorded() -> None:
    post = factories.open_post(new_town())
    assert not occupancy(post, as_of=OPENED).is_recorded
    assert list(vacant_posts(make_programme(), as_of=OPENED)) == []
    assert list(unrecorded_posts(make_programme(), as_of=OPENED)) == [post]


@pytest.mark.django_db
def test_a_post_passes_from_hand_to_hand() -> None:
    post = new_post(holder=ANNE)
    vacate_post(post=post, vacant_on=date(2022, 1, 1), by=BY)
    fill_post(post=post, holder=HolderRecord("Yann Riou", date(2022, 3, 1)), by=BY)
    fill_post(post=post, holder=HolderRecord("Léa Morin", date(2022, 6, 1)), by=BY)
    days = [date(2021, 12, 31), date(2022, 2, 28), date(2022, 5, 31), date(2022, 6, 1)]
    found = [occupancy(post, as_of=day) for day in days]
    names = [held.holder.name if held.holder else held.vacant_since for held in found]
    assert names == ["Anne Le Goff", date(2022, 1, 1), "Yann Riou", "Léa Morin"]


@pytest.mark.django_db
def test_a_vacancy_filled_on_its_first_day_never_was() -> None:
    post = new_post()
    fill_post(post=post, holder=ANNE, by=BY)
    assert not post.vacancies.exists()
    assert AuditEntry.objects.filter(verb="fill_post").count() == 2


@pytest.mark.django_db
def test_refuses_what_would_overwrite_a_later_change() -> None:
    post = new_post(holder=ANNE)
    vacate_post(post=post, vacant_on=date(2022, 1, 1), by=BY)
    with pytest.raises(AlreadyVacant):
        vacate_post(post=post, vacant_on=date(2022, 2, 1), by=BY)
    with pytest.raises(LaterChange):
        fill_post(post=post, holder=HolderRecord("Yann Riou", date(2021, 6, 1)), by=BY)
    with pytest.raises(PostNotOpen):
        fill_post(post=post, holder=HolderRecord("Yann Riou", date(2020, 6, 1)), by=BY)


@pytest.mark.django_db
def test_closing_a_post_ends_its_holder_the_same_day() -> None:
    town = new_town()
    post = new_post(town, holder=ANNE)
    close_posts(posts=[post], ended_on=date(2022, 6, 30), by=BY)
    assert PostHolder.objects.get().ended_on == date(2022, 6, 30)
    assert list(posts_of([town.pk], as_of=date(2022, 7, 1))) == []


@pytest.mark.django_db
def test_serves_other_towns_from_a_day_on() -> None:
    first, second = new_town(), new_town()
    post = new_post(first)
    day = date(2022, 1, 1)
    change_served_towns(post=post, on=day, added=[second.pk], removed=[first.pk], by=BY)
    assert served_on(post, as_of=day - timedelta(1)) == [first.pk]
    assert served_on(post, as_of=day) == [second.pk]
    with pytest.raises(ServesNobody):
        change_served_towns(post=post, on=date(2022, 2, 1), removed=[second.pk], by=BY)


@pytest.mark.django_db
def test_refuses_a_known_reference() -> None:
    new_post()
    with pytest.raises(PostExists):
        new_post()


@pytest.mark.django_db
def test_refuses_to_fund_above_the_ceiling_and_says_by_how_much() -> None:
    post, state, anah = new_post(), make_funder("État"), make_funder("Anah")
    amounts = {state.pk: Decimal("45000.01")}
    with pytest.raises(FundingAboveCeiling) as refusal:
        fund_post(post=post, year=2022, amounts=amounts, annual_cost=Decimal(70_000), by=BY)
    assert refusal.value.ceiling.amount == 45_000
    assert "0,01" in str(refusal.value)
    shares = {state.pk: Decimal(30_000), anah.pk: Decimal("22500.00")}
    fund_post(post=post, year=2022, amounts=shares, annual_cost=Decimal(70_000), by=BY)
    post.refresh_from_db()
    (year,) = funding_by_year(post)
    assert (year.ceiling.amount, len(year.fundings)) == (Decimal("52500.00"), 2)


@pytest.mark.django_db
def test_a_funder_left_out_of_a_year_gives_nothing_more() -> None:
    post, state, anah = new_post(), make_funder("État"), make_funder("Anah")
    for amounts in ({state.pk: Decimal(10), anah.pk: Decimal(20)}, {anah.pk: Decimal(30)}):
        fund_post(post=post, year=2022, amounts=amounts, annual_cost=None, by=BY)
    assert list(post.fundings.values_list("funder", "amount")) == [(anah.pk, Decimal(30))]


@pytest.mark.django_db
def test_keeps_no_name_in_the_trail() -> None:
    new_post(holder=ANNE)
    told = [f"{entry.target} {entry.changes}" for entry in AuditEntry.objects.all()]
    assert not [text for text in told if "Anne" in text or "dinan" in text]


@pytest.mark.django_db
def test_tells_and_erases_what_is_held_about_a_person() -> None:
    post = new_post(holder=ANNE)
    (held,) = privacy.held_about("anne@dinan.example")["posts"]
    assert (held["post"], held["name"]) == ("P1", "Anne Le Goff")
    assert erase_holder(address="anne@dinan.example", on=date(2022, 9, 1), by=BY) == 0
    vacate_post(post=post, vacant_on=date(2022, 9, 1), by=BY)
    assert erase_holder(address="anne@dinan.example", on=date(2022, 9, 1), by=BY) == 1
    assert privacy.held_about("anne@dinan.example") == {"posts": []}
    assert PostHolder.objects.get().ended_on == date(2022, 8, 31)


@pytest.mark.django_db
def test_forgets_holders_two_years_after_they_left(capsys: pytest.CaptureFixture[str]) -> None:
    vacate_post(post=new_post(holder=ANNE), vacant_on=date(2022, 9, 1), by=BY)
    assert erase_former_holders(on=date(2024, 8, 31), by=BY) == 0
    call_command("forget_holders")
    assert "1 titulaire" in capsys.readouterr().out
    assert PostHolder.objects.get().name == ""


@pytest.mark.django_db
def test_the_database_refuses_two_holders_at_once() -> None:
    post = new_post(holder=ANNE)
    with pytest.raises(IntegrityError), transaction.atomic():
        PostHolder.objects.create(post=post, name="Yann Riou", started_on=date(2022, 1, 1))


@pytest.mark.django_db
def test_reads_whole_posts_in_as_many_queries_for_one_as_for_ten() -> None:
    towns = [new_town() for _ in range(10)]
    for rank, town in enumerate(towns):
        new_post(town, holder=ANNE, reference=f"P{rank}")
    counts = []
    for chosen in (towns[:1], towns):
        with CaptureQueriesContext(connection) as queries:
            for post in posts_of([town.pk for town in chosen], as_of=OPENED):
                assert occupancy(post, as_of=OPENED).holder
                assert served_on(post, as_of=OPENED)
                assert funding_by_year(post) == []
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 6
