"""The verbs of this room."""

from .change_designations import correct_designation, end_designations, group_towns
from .designate_town import AlreadyDesignated, BeforeLaunch, Designated, designate_town
from .designate_towns import DesignationRecord, designate_towns
from .erase_holders import erase_former_holders, erase_holder
from .fill_posts import PostRecord, WrittenPost, fill_posts
from .fund_post import FundingAboveCeiling, FundingNotPositive, fund_post
from .hold_post import (
    AlreadyVacant,
    HolderRecord,
    LaterChange,
    PostNotOpen,
    correct_holder,
    fill_post,
    vacate_post,
)
from .open_post import (
    PostCorrection,
    PostExists,
    ServesNobody,
    change_served_towns,
    close_posts,
    correct_post,
    open_post,
)

__all__ = [
    "AlreadyDesignated",
    "AlreadyVacant",
    "BeforeLaunch",
    "Designated",
    "DesignationRecord",
    "FundingAboveCeiling",
    "FundingNotPositive",
    "HolderRecord",
    "LaterChange",
    "PostCorrection",
    "PostExists",
    "PostNotOpen",
    "PostRecord",
    "ServesNobody",
    "WrittenPost",
    "change_served_towns",
    "close_posts",
    "correct_designation",
    "correct_holder",
    "correct_post",
    "designate_town",
    "designate_towns",
    "end_designations",
    "erase_former_holders",
    "erase_holder",
    "fill_post",
    "fill_posts",
    "fund_post",
    "group_towns",
    "open_post",
    "vacate_post",
]
