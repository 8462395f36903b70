"""Record an organisation, or correct it."""

from __future__ import annotations

from django.db import transaction

from beffroi.foundations.audit.actions import Authorship, record_changes
from beffroi.foundations.directory.models import Organisation

_FIELDS = ("name", "siren", "is_funder")


@transaction.atomic
def record_organisation(
    *, organisation: Organisation, name: str, siren: str, is_funder: bool, by: Authorship
) -> Organisation:
    """Bring a row, new or known, to what is said. Raises IntegrityError for a name taken."""
    known = Organisation.objects.filter(pk=organisation.pk).first() if organisation.pk else None
    row = known or Organisation()
    wanted = {"name": name, "siren": siren, "is_funder": is_funder}
    told = {
        field: (getattr(known, field) if known else None, wanted[field])
        for field in _FIELDS
        if known is None or getattr(known, field) != wanted[field]
    }
    for field, value in wanted.items():
        setattr(row, field, value)
    row.save()
    record_changes(verb="record_organisation", rows=[(row, told)], by=by)
    return row
