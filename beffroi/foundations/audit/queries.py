"""What the trail says of a row."""

from __future__ import annotations

from django.db.models import Model, QuerySet

from .models import AuditEntry, Creation


def acts_on(target: Model, *, verb: str) -> QuerySet[AuditEntry]:
    """The acts of one verb on one row, latest first."""
    return AuditEntry.objects.filter(
        verb=verb,
        target_type=target._meta.label_lower,  # noqa: SLF001
        target_key=str(target.pk),
    )


def creation_of(target: Model) -> Creation | None:
    """The act that created a row: who, when, and the file it came from as `reason`.

    None for rows older than this trace, or created by an act that leaves its own line.
    """
    runs = Creation.objects.filter(
        target_type=target._meta.label_lower,  # noqa: SLF001
        first_key__lte=target.pk,
        last_key__gte=target.pk,
    )
    return runs.select_related("actor").first()
