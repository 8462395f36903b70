"""Reads of the official geography: codes to towns, territories to towns, towns to words."""

from .absent import MergedTown, UnknownTerritory
from .areas import (
    SIZES,
    Territory,
    department_towns,
    find_territory,
    town_groups,
    town_ids_in,
)
from .cards import TownCard, departments_on, describe_family, describe_towns
from .carriers import Carriers, load_carriers, moved_towns
from .centres import intercommunality_points, town_points
from .codes import CodeResolver, Resolution, UnknownCode, living_towns, load_resolver
from .departments import departments_holding
from .family import TownFamily, town_family
from .groupings import intercommunality_names
from .history import TownEvent, town_history
from .labels import TownLabel, town_labels
from .neighbours import centrality_of, population_of, similar_towns
from .parts import Part, kinds_of_parts, parts_of
from .search import TownMatch, search_towns, spell_out
from .splits import ambiguity, parted_towns

__all__ = [
    "SIZES",
    "Carriers",
    "CodeResolver",
    "MergedTown",
    "Part",
    "Resolution",
    "Territory",
    "TownCard",
    "TownEvent",
    "TownFamily",
    "TownLabel",
    "TownMatch",
    "UnknownCode",
    "UnknownTerritory",
    "ambiguity",
    "centrality_of",
    "department_towns",
    "departments_holding",
    "departments_on",
    "describe_family",
    "describe_towns",
    "find_territory",
    "intercommunality_names",
    "intercommunality_points",
    "kinds_of_parts",
    "living_towns",
    "load_carriers",
    "load_resolver",
    "moved_towns",
    "parted_towns",
    "parts_of",
    "population_of",
    "search_towns",
    "similar_towns",
    "spell_out",
    "town_family",
    "town_groups",
    "town_history",
    "town_ids_in",
    "town_labels",
    "town_points",
]
