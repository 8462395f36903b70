"""Every dataset that is published. Adding one is one declaration here, and its test."""

from __future__ import annotations

from ..declaration import Dataset
from .agreements import AGREEMENTS
from .club import MEETINGS
from .figures import DEFINITIONS, FIGURES, TERRITORIES
from .given import BROWNFIELDS, MISSIONS
from .money import COMMITMENTS
from .posts import POSTS
from .towns import GROUPS, TOWNS

DATASETS: tuple[Dataset, ...] = (
    TOWNS,
    GROUPS,
    AGREEMENTS,
    COMMITMENTS,
    MISSIONS,
    BROWNFIELDS,
    POSTS,
    MEETINGS,
    FIGURES,
    TERRITORIES,
    DEFINITIONS,
)
BY_CODE = {dataset.code: dataset for dataset in DATASETS}

__all__ = ["BY_CODE", "DATASETS"]
