"""Record a call and its editions."""

from __future__ import annotations

from django.db import transaction

from beffroi.foundations.audit.actions import Authorship, record_changes
from beffroi.offers.calls.models import Call, Edition


@transaction.atomic
def record_call(*, code: str, name: str, by: Authorship) -> Call:
    """Record a call, known by its code, or bring its name to what is said."""
    call = Call.objects.filter(code=code).first()
    if call is None:
        call = Call.objects.create(code=code, name=name)
        told: dict[str, tuple[str | None, str]] = {"code": (None, code), "name": (None, name)}
    else:
        told = {"name": (call.name, name)} if call.name != name else {}
        call.name = name
        call.save(update_fields=["name"])
    record_changes(verb="record_call", rows=[(call, told)], by=by)
    return call


@transaction.atomic
def open_edition(*, call: Call, number: int, by: Authorship) -> Edition:
    """Open an edition of a call; one that is open already is given back as it is."""
    edition, is_new = Edition.objects.get_or_create(call=call, number=number)
    told = {"call_id": (None, call.pk), "number": (None, number)} if is_new else {}
    record_changes(verb="open_edition", rows=[(edition, told)], by=by)
    return edition
