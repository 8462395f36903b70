"""The mailing, its ledger, and the workers that fill it."""

from .ledger import Attempt, LedgerRow
from .mailing import Mailing
from .worker import Worker

__all__ = ["Attempt", "LedgerRow", "Mailing", "Worker"]
