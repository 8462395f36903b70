"""Put an alert off to a day, or file it; bring it back."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.actions import Authorship, record_changes
from beffroi.foundations.mandates.queries import Scope, scope_of

from ..models import AlertDecision
from ..permissions import can_decide
from ..queries import every_alert


class NoSuchAlert(LookupError):
    """No alert of the person's area has this key today: the register says something else now."""


class AlreadyDecided(ValueError):
    """Somebody decided about this alert meanwhile."""


class DayGoneBy(ValueError):
    """An alert is put off to a day to come."""


@transaction.atomic
def decide_alert(*, key: str, until: date | None, by: Authorship) -> AlertDecision:
    """Put the alert of this key off to a day, or file it where no day is given; `by.reason` says
    why. A decision whose day has come makes room for another.

    Raises PermissionDenied, NoSuchAlert, AlreadyDecided, DayGoneBy.
    """
    on = timezone.localdate(by.at)
    actor, scope = _decider(by, on)
    if until is not None and until <= on:
        raise DayGoneBy
    alert = next((one for one in every_alert(scope, on=on) if one.key == key), None)
    if alert is None:
        raise NoSuchAlert
    standing = AlertDecision.objects.select_for_update().filter(key=key, undone_at__isnull=True)
    for decision in standing:
        if decision.hides_on(on):
            raise AlreadyDecided
        standing.update(undone_at=by.at)
    decision = AlertDecision(
        key=key,
        sentence=alert.sentence,
        until=until,
        reason=by.reason,
        decided_at=by.at,
        decided_by=actor,
    )
    try:
        with transaction.atomic():
            decision.save()
    except IntegrityError as taken:
        raise AlreadyDecided from taken
    told = {"until": (None, until), "reason": (None, by.reason)}
    verb = "file_alert" if until is None else "put_off_alert"
    record_changes(verb=verb, rows=[(decision, told)], by=by)
    return decision


@transaction.atomic
def undo_decision(*, decision: AlertDecision, by: Authorship) -> None:
    """Bring an alert of one's area back; a second time does nothing. Raises PermissionDenied,
    NoSuchAlert."""
    on = timezone.localdate(by.at)
    _, scope = _decider(by, on)
    if all(one.key != decision.key for one in every_alert(scope, on=on)):
        raise NoSuchAlert
    rows = AlertDecision.objects.filter(pk=decision.pk, undone_at__isnull=True)
    if rows.update(undone_at=by.at):
        told = {"undone_at": (None, by.at)}
        record_changes(verb="undo_alert_decision", rows=[(decision, told)], by=by)


def _decider(by: Authorship, on: date) -> tuple[User, Scope]:
    if by.actor is None:
        raise PermissionDenied
    scope = scope_of(by.actor, on=on)
    if not can_decide(by.actor, scope):
        raise PermissionDenied
    return by.actor, scope
