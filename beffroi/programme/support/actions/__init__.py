"""The verbs of this room."""

from .plan_commitments import PlanRecord, plan_commitments
from .record_commitments import CommitmentRecord, record_commitments
from .record_missions import MissionRecord, record_missions

__all__ = [
    "CommitmentRecord",
    "MissionRecord",
    "PlanRecord",
    "plan_commitments",
    "record_commitments",
    "record_missions",
]
