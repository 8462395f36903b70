"""Reads behind the public pages of places."""

from .areas import AreaPage, Members, UnknownArea, area_page, count_towns, find_area, towns_in
from .codes import UnknownTown, find_towns, split_towns
from .ground import Area, FollowedTown, Ground, read_ground
from .lists import SORTS, Wanted, matching_towns, towns_outside
from .town import TownPage, town_page

__all__ = [
    "SORTS",
    "Area",
    "AreaPage",
    "FollowedTown",
    "Ground",
    "Members",
    "TownPage",
    "UnknownArea",
    "UnknownTown",
    "Wanted",
    "area_page",
    "count_towns",
    "find_area",
    "find_towns",
    "matching_towns",
    "read_ground",
    "split_towns",
    "town_page",
    "towns_in",
    "towns_outside",
]
