"""The verbs of the audit trail."""

from .authorship import Authorship
from .record_act import record_act
from .record_changes import Differences, plain, record_changes
from .record_written import record_written

__all__ = ["Authorship", "Differences", "plain", "record_act", "record_changes", "record_written"]
