"""What people decided about alerts, and the ledger of the weekly digest."""

from .decisions import AlertDecision
from .digests import DigestRefusal, WeeklyDigest

__all__ = ["AlertDecision", "DigestRefusal", "WeeklyDigest"]
