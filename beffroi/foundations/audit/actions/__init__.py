"""The verbs of the audit trail."""

from .authorship import Authorship, ReasonMissing, require_reason
from .differences import as_gone, as_new, bring
from .record_act import record_act
from .record_changes import Differences, plain, record_changes
from .record_written import record_written

__all__ = [
    "Authorship",
    "Differences",
    "ReasonMissing",
    "as_gone",
    "as_new",
    "bring",
    "plain",
    "record_act",
    "record_changes",
    "record_written",
    "require_reason",
]
