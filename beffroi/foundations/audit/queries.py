"""What the trail says of a row."""

from __future__ import annotations

from django.db.models import Model, QuerySet

from .models import AuditEntry


def acts_on(target: Model, *, verb: str) -> QuerySet[AuditEntry]:
    """The acts of one verb on one row, latest first."""
    return AuditEntry.objects.filter(
        verb=verb,
        target_type=target._meta.label_lower,  # noqa: SLF001
        target_key=str(target.pk),
    )
