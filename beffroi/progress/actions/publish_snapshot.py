"""Let the public read a frozen report."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.actions import record_act

from ..models import Publication, Snapshot
from ..permissions import may_act
from ..queries import get_snapshot


@transaction.atomic
def publish_snapshot(
    *, reference: str, published_at: datetime, published_by: User | None = None
) -> Snapshot:
    """Publish a report, once: what is public already stays as it was published.

    Raises UnknownSnapshot, and PermissionDenied for a person who may not.
    """
    snapshot = get_snapshot(reference)
    if published_by is not None and not may_act(
        published_by, snapshot.territory, on=snapshot.as_of
    ):
        raise PermissionDenied
    published, is_new = Publication.objects.get_or_create(
        snapshot=snapshot,
        defaults={"published_at": published_at, "published_by": published_by},
    )
    snapshot.publication = published
    if is_new:
        record_act(verb="publish_snapshot", target=snapshot, at=published_at, actor=published_by)
    return snapshot
