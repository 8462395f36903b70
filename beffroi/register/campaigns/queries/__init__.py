"""What is asked, what was answered, and how fresh the sheets are."""

from .answers import (
    AreaProgress,
    CampaignProgress,
    campaign_progress,
    find_campaign_asking,
    remaining_of_running,
)
from .areas import Areas, areas_of
from .freshness import AreaFreshness, changed_by, freshness_by_area, freshness_of
from .sheets import SheetState, sheet_states
from .towns import active_town_ids, asked_town_ids

__all__ = [
    "AreaFreshness",
    "AreaProgress",
    "Areas",
    "CampaignProgress",
    "SheetState",
    "active_town_ids",
    "areas_of",
    "asked_town_ids",
    "campaign_progress",
    "changed_by",
    "find_campaign_asking",
    "freshness_by_area",
    "freshness_of",
    "remaining_of_running",
    "sheet_states",
]
