"""What the page of a town says beyond its sheet."""

from __future__ import annotations

from dataclasses import dataclass

from beffroi.foundations.territories.rules import Profile, most_alike
from beffroi.progress.memory import remember
from beffroi.register.sheets.queries import EventKind, TimelineEvent, TownSheet, public_sheet

from .ground import FollowedTown, Ground

NEIGHBOURS = 5


@dataclass(frozen=True, slots=True)
class TownPage:
    """The sheet of a town, itself as the programme's list has it, and the towns most like it.

    `followed` is None, and `alike` empty, when the programme does not follow it on the day.
    """

    sheet: TownSheet
    followed: FollowedTown | None
    alike: tuple[FollowedTown, ...]

    @property
    def timeline(self) -> tuple[TimelineEvent, ...]:
        """The dated facts, without the comings and goings at a post: they tell of one person."""
        events = self.sheet.timeline
        return tuple(event for event in events if event.kind is not EventKind.POST)


def town_page(town_id: int, ground: Ground) -> TownPage:
    """Everything a town's page says, on the day of the ground."""
    return remember(
        f"town {town_id}", on=ground.as_of, state=ground.state, read=lambda: _read(town_id, ground)
    )


def _read(town_id: int, ground: Ground) -> TownPage:
    sheet = public_sheet(town_id=town_id, as_of=ground.as_of)
    by_id = ground.by_id
    followed = by_id.pop(town_id, None)
    if followed is None:
        return TownPage(sheet, None, ())
    profiles = {pk: _profile(town) for pk, town in by_id.items()}
    alike = most_alike(_profile(followed), profiles, limit=NEIGHBOURS)
    return TownPage(sheet, followed, tuple(by_id[pk] for pk in alike))


def _profile(town: FollowedTown) -> Profile:
    return Profile(town.population, town.centrality)
