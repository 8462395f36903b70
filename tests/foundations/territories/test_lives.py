"""Whatever happens to communes, their lives hold together."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from beffroi.foundations.territories.rules import (
    Chronicle,
    Commune,
    Edition,
    Lineage,
    Movement,
    Span,
    fitted,
    joined,
    write_chronicle,
)

START = date(2019, 6, 1)
YEARS = (2020, 2021, 2022)
World = tuple[list[Edition], list[Movement]]


def line(day: date, kind: int, old: tuple[str, str], new: tuple[str, str]) -> Movement:
    return Movement(day, kind, "COM", *old, "COM", *new)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Six communes merge, part, take other names and codes; the editions photograph them."""
    living = {f"0100{number}": f"Bourg {number}" for number in range(6)}
    spare = [f"0110{number}" for number in range(9)]
    movements: list[Movement] = []
    editions: list[Edition] = []
    containers: dict[str, str] = {}
    gaps = draw(st.lists(st.integers(1, 200), min_size=1, max_size=9))
    day, years = START, list(YEARS)
    for number, gap in enumerate(gaps):
        following = day + timedelta(days=gap)
        while years and date(years[0], 1, 1) < following:
            editions.append(photograph(years.pop(0), living))
        day = following
        kind = draw(st.sampled_from([10, 21, 32, 50]))
        code = draw(st.sampled_from(sorted(living)))
        name = f"Nom {number}"
        if kind == 10:
            movements.append(line(day, 10, (code, living[code]), (code, name)))
            living[code] = name
        elif kind == 50:
            new = spare.pop()
            movements.append(line(day, 50, (code, living[code]), (new, living[code])))
            living[new] = living.pop(code)
            containers = {old: new if heir == code else heir for old, heir in containers.items()}
        elif kind == 32 and len(living) > 1:
            other = draw(st.sampled_from(sorted(living.keys() - {code})))
            movements.append(line(day, 32, (other, living.pop(other)), (code, name)))
            movements.append(line(day, 32, (code, living[code]), (code, name)))
            living[code] = name
            containers[other] = code
        elif kind == 21:
            parts = [old for old, heir in containers.items() if heir == code and old not in living]
            part = parts[0] if parts else spare.pop()
            containers.pop(part, None)
            movements.append(line(day, 21, (code, living[code]), (code, name)))
            movements.append(line(day, 21, (code, living[code]), (part, f"Part {number}")))
            living |= {code: name, part: f"Part {number}"}
    editions += [photograph(year, living) for year in years]
    return editions, movements


def photograph(year: int, living: dict[str, str]) -> Edition:
    communes = {code: Commune(name, "01") for code, name in living.items()}
    return Edition(year, {}, {}, communes, {}, {}, {})


def lives(chronicle: Chronicle) -> dict[int, list[Span]]:
    spans: defaultdict[int, list[Span]] = defaultdict(list)
    for identity, _, span in chronicle.periods:
        spans[identity].append(span)
    return dict(spans)


def lineage(chronicle: Chronicle) -> Lineage:
    after: defaultdict[int, list[tuple[int, date]]] = defaultdict(list)
    before: defaultdict[int, list[tuple[int, date]]] = defaultdict(list)
    for old, new, day in chronicle.successions:
        after[old].append((new, day))
        before[new].append((old, day))
    return Lineage(lives(chronicle), dict(after), dict(before))


@given(worlds())
def test_movements_that_tell_all_leave_no_disagreement(world: World) -> None:
    editions, movements = world
    chronicle = write_chronicle(editions, movements)
    assert chronicle.disagreements == []
    for edition in editions:
        borne = {
            row.value.code: row.value.name
            for row in chronicle.periods
            if row.span.holds(edition.day)
        }
        assert borne == {code: commune.name for code, commune in edition.communes.items()}


@given(worlds())
def test_no_town_and_no_code_has_two_periods_on_a_day(world: World) -> None:
    chronicle = write_chronicle(*world)
    for day in [START, *(movement.day for movement in world[1])]:
        for on in (day - timedelta(days=1), day):
            held = [row for row in chronicle.periods if row.span.holds(on)]
            assert len({row.key for row in held}) == len(held)
            assert len({row.value.code for row in held}) == len(held)


@given(worlds())
def test_a_period_ends_the_day_the_next_one_begins(world: World) -> None:
    chronicle = write_chronicle(*world)
    days = {movement.day for movement in world[1]}
    for row in chronicle.periods:
        start, end = row.span
        assert start is None or start in days
        assert end is None or end in days
        assert start is None or end is None or start < end
        if end is not None:
            assert not row.span.holds(end)
            assert row.span.holds(end - timedelta(days=1))


@given(worlds())
def test_every_town_that_ended_reaches_a_living_one(world: World) -> None:
    chronicle = write_chronicle(*world)
    known = lineage(chronicle)
    today = date(2027, 1, 1)
    for identity in known.spans:
        carriers = known.carriers(identity, today)
        assert carriers
        assert all(known.is_living(carrier, today) for carrier in carriers)


DAYS = st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2023, 1, 1)))


@given(st.lists(st.tuples(DAYS, DAYS), max_size=4), st.tuples(DAYS, DAYS))
def test_what_is_fitted_stays_inside_the_lives(
    drawn: list[tuple[date | None, date | None]], seen: tuple[date | None, date | None]
) -> None:
    spans = joined(
        Span(*row) for row in drawn if row[0] is None or row[1] is None or row[0] < row[1]
    )
    days = [date(year, 1, 1) for year in (2020, 2021, 2022)]
    for part in fitted(Span(*seen), spans, days):
        for day in (part.start, part.end and part.end - timedelta(days=1)):
            assert day is None or any(span.holds(day) for span in spans)
