"""Places that outlive their codes: each identity stands apart from its dated descriptions."""

from .centrality import Centrality, CentralityLevel
from .centres import IntercommunalityCentre, TownCentre
from .communes import FormerCode, Population, Succession, Town, TownPeriod
from .groupings import Intercommunality, IntercommunalityMembership, IntercommunalityPeriod
from .movements import Movement
from .periods import Dated, DatedQuerySet
from .vintages import Vintage
from .wider import Department, DepartmentPeriod, Region, RegionPeriod

__all__ = [
    "Centrality",
    "CentralityLevel",
    "Dated",
    "DatedQuerySet",
    "Department",
    "DepartmentPeriod",
    "FormerCode",
    "Intercommunality",
    "IntercommunalityCentre",
    "IntercommunalityMembership",
    "IntercommunalityPeriod",
    "Movement",
    "Population",
    "Region",
    "RegionPeriod",
    "Succession",
    "Town",
    "TownCentre",
    "TownPeriod",
    "Vintage",
]
