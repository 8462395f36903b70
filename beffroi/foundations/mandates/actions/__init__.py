"""The verbs of this room."""

from .grant_mandate import BackwardMandate, Place, end_mandate, grant_mandate

__all__ = ["BackwardMandate", "Place", "end_mandate", "grant_mandate"]
