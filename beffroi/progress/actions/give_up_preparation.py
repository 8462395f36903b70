"""Leave a preparation, or take it up again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.actions import record_act

from ..models import Preparation
from .preparing import (
    PreparationClosed,
    lock_open_preparation,
    lock_preparation,
    refuse_a_second,
)


@transaction.atomic
def give_up_preparation(
    *, preparation_id: int, given_up_by: User, given_up_at: datetime
) -> Preparation:
    """Close it without a report. Raises UnknownPreparation, PreparationClosed, PermissionDenied."""
    preparation = lock_open_preparation(preparation_id, actor=given_up_by)
    preparation.given_up(at=given_up_at)
    record_act(verb="give_up_preparation", target=preparation, at=given_up_at, actor=given_up_by)
    return preparation


@transaction.atomic
def resume_preparation(
    *, preparation_id: int, resumed_by: User, resumed_at: datetime
) -> Preparation:
    """Open again what was given up, to be reviewed anew.

    Raises UnknownPreparation, PermissionDenied, PreparationClosed for one that was not given up,
    and AlreadyInPreparation where another began meanwhile.
    """
    preparation = lock_preparation(preparation_id, actor=resumed_by)
    if preparation.given_up_at is None:
        raise PreparationClosed(preparation)
    refuse_a_second(preparation.programme_id, preparation.as_of, preparation.territory)
    preparation.resumed()
    record_act(verb="resume_preparation", target=preparation, at=resumed_at, actor=resumed_by)
    return preparation
