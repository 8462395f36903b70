"""The verbs of this room."""

from .change_commitment import (
    Cancelled,
    advance_commitment,
    cancel_commitment,
    correct_commitment,
)
from .change_mission import (
    MissionExists,
    PlanExists,
    correct_mission,
    correct_plan,
    plan_commitment,
    record_mission,
)
from .plan_commitments import PlanRecord, plan_commitments
from .record_commitment import (
    DecisionExists,
    EvidenceMissing,
    FaultyStep,
    Recorded,
    StepRecord,
    record_commitment,
)
from .record_commitments import CommitmentRecord, record_commitments
from .record_missions import MissionRecord, record_missions

__all__ = [
    "Cancelled",
    "CommitmentRecord",
    "DecisionExists",
    "EvidenceMissing",
    "FaultyStep",
    "MissionExists",
    "MissionRecord",
    "PlanExists",
    "PlanRecord",
    "Recorded",
    "StepRecord",
    "advance_commitment",
    "cancel_commitment",
    "correct_commitment",
    "correct_mission",
    "correct_plan",
    "plan_commitment",
    "plan_commitments",
    "record_commitment",
    "record_commitments",
    "record_mission",
    "record_missions",
]
