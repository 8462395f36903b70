"""The one verb of the audit trail."""

from .record_act import record_act

__all__ = ["record_act"]
