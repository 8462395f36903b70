"""The verbs of this room."""

from .designate_towns import DesignationRecord, designate_towns
from .fill_posts import PostRecord, WrittenPost, fill_posts

__all__ = ["DesignationRecord", "PostRecord", "WrittenPost", "designate_towns", "fill_posts"]
