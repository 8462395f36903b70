"""What is asked, what was answered, and how fresh the sheets are."""

from .answers import (
    AreaProgress,
    CampaignProgress,
    SilentKeeper,
    UndoableBatch,
    campaign_progress,
    find_campaign_asking,
    remaining_of_running,
    running_campaigns,
    silent_keepers,
    undoable_batches,
)
from .areas import Areas, areas_of
from .freshness import (
    AreaFreshness,
    changed_by,
    first_vouched_on,
    freshness_and_own_changes,
    freshness_by_area,
    freshness_of,
)
from .sheets import SheetState, sheet_states
from .towns import active_town_ids, asked_town_ids

__all__ = [
    "AreaFreshness",
    "AreaProgress",
    "Areas",
    "CampaignProgress",
    "SheetState",
    "SilentKeeper",
    "UndoableBatch",
    "active_town_ids",
    "areas_of",
    "asked_town_ids",
    "campaign_progress",
    "changed_by",
    "find_campaign_asking",
    "first_vouched_on",
    "freshness_and_own_changes",
    "freshness_by_area",
    "freshness_of",
    "remaining_of_running",
    "running_campaigns",
    "sheet_states",
    "silent_keepers",
    "undoable_batches",
]
