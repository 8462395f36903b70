"""Record an organisation, or correct it."""

from __future__ import annotations

from django.db import transaction

from beffroi.foundations.audit.actions import Authorship, record_changes
from beffroi.foundations.directory.models import Organisation
from beffroi.foundations.media.models import CreditedImage

_FIELDS = ("name", "siren", "is_funder", "is_partner", "logo")


@transaction.atomic
def record_organisation(
    *,
    organisation: Organisation,
    name: str,
    siren: str,
    is_funder: bool,
    is_partner: bool = False,
    logo: CreditedImage | None = None,
    by: Authorship,
) -> Organisation:
    """Bring a row, new or known, to what is said. Raises IntegrityError for a name taken."""
    known = Organisation.objects.filter(pk=organisation.pk).first() if organisation.pk else None
    row = known or Organisation()
    wanted = dict(zip(_FIELDS, (name, siren, is_funder, is_partner, logo), strict=True))
    told = {
        field: (_told(getattr(known, field)) if known else None, _told(wanted[field]))
        for field in _FIELDS
        if known is None or getattr(known, field) != wanted[field]
    }
    for field, value in wanted.items():
        setattr(row, field, value)
    row.save()
    record_changes(verb="record_organisation", rows=[(row, told)], by=by)
    return row


def _told(value: object) -> object:
    """A picture by its title; anything else as it is."""
    return value.title if isinstance(value, CreditedImage) else value
