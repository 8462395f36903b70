"""Change the words of a report that is being prepared."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.actions import record_changes
from beffroi.foundations.audit.actions.authorship import Authorship
from beffroi.foundations.audit.actions.differences import bring

from ..models import Preparation
from .preparing import lock_open_preparation


@transaction.atomic
def amend_preparation(
    *, preparation_id: int, foreword: str, reason: str, amended_by: User, amended_at: datetime
) -> Preparation:
    """Give it another foreword or reason; whoever amends it has prepared it, and a review falls.

    The same words change nothing. Raises UnknownPreparation, PreparationClosed, PermissionDenied.
    """
    preparation = lock_open_preparation(preparation_id, actor=amended_by)
    differences = bring(preparation, foreword=foreword.strip(), reason=reason.strip())
    if differences:
        preparation.amended(by=amended_by, at=amended_at)
        record_changes(
            verb="amend_preparation",
            rows=[(preparation, differences)],
            by=Authorship(at=amended_at, actor=amended_by),
        )
    return preparation
