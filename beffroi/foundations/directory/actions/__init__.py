"""The verbs of this room."""

from .record_organisation import record_organisation

__all__ = ["record_organisation"]
