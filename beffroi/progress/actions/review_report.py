"""Read over the figures of a report before they are frozen."""

from __future__ import annotations

from datetime import datetime

from django.core.cache import cache
from django.db import transaction

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.actions import record_act

from ..models import Preparation
from ..queries import Draft, kept_draft
from ..reviewed import seen_figures
from .preparing import lock_open_preparation

_A_DAY = 24 * 60 * 60


class OwnPreparation(PermissionError):
    """Who prepared a report does not review it: four eyes."""


class FiguresMoved(Exception):
    """The figures are no longer those that the reviewer was shown."""


class RemarkMissing(ValueError):
    """What is sent back is sent back with a remark."""


@transaction.atomic
def review_report(
    *, preparation_id: int, seen_fingerprint: str, reviewed_by: User, reviewed_at: datetime
) -> Preparation:
    """Vouch for the figures that one has seen; they alone may then be frozen.

    `seen_fingerprint` is that of the page shown, which `draft_of` measured. Where nobody remembers
    it, the figures are measured again, and must be the same; freezing measures in any case.

    Raises UnknownPreparation, PreparationClosed, PermissionDenied, OwnPreparation, FiguresMoved,
    and what measuring raises.
    """
    preparation = _held(preparation_id, reviewed_by)
    figures = cache.get(_key(preparation, seen_fingerprint))
    if figures is None:
        draft = draft_of(preparation)
        if draft.frozen.fingerprint != seen_fingerprint:
            raise FiguresMoved
        figures = seen_figures(draft.frozen)
    preparation.reviewed(
        by=reviewed_by, at=reviewed_at, fingerprint=seen_fingerprint, figures=figures
    )
    record_act(
        verb="review_report",
        target=preparation,
        at=reviewed_at,
        actor=reviewed_by,
        changes={"reviewed_fingerprint": [None, seen_fingerprint]},
    )
    return preparation


@transaction.atomic
def send_back_preparation(
    *, preparation_id: int, remark: str, reviewed_by: User, reviewed_at: datetime
) -> Preparation:
    """Give it back to whoever prepared it, saying what is to be put right.

    Raises UnknownPreparation, PreparationClosed, PermissionDenied, OwnPreparation, RemarkMissing.
    """
    preparation = _held(preparation_id, reviewed_by)
    if not remark.strip():
        raise RemarkMissing
    preparation.sent_back(by=reviewed_by, at=reviewed_at, remark=remark.strip())
    record_act(
        verb="send_back_preparation",
        target=preparation,
        at=reviewed_at,
        actor=reviewed_by,
        reason=preparation.remark,
    )
    return preparation


def draft_of(preparation: Preparation, *, anew: bool = True) -> Draft:
    """What freezing this preparation now would keep, measured now; if not `anew`, as it was last
    measured in this state of the register. Its figures are remembered a day long."""
    draft = kept_draft(
        as_of=preparation.as_of,
        territory=preparation.territory,
        foreword=preparation.foreword,
        anew=anew,
    )
    key = _key(preparation, draft.frozen.fingerprint)
    cache.set(key, seen_figures(draft.frozen), timeout=_A_DAY)
    return draft


def _key(preparation: Preparation, fingerprint: str) -> str:
    return f"progress-seen-{preparation.pk}-{fingerprint[:64]}"


def _held(preparation_id: int, reviewer: User) -> Preparation:
    preparation = lock_open_preparation(preparation_id, actor=reviewer)
    if preparation.prepared_by_id == reviewer.pk:
        raise OwnPreparation
    return preparation
