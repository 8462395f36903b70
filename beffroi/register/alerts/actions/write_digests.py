"""Write the week's digest to each officer, once."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from beffroi.foundations.accounts.models import User
from beffroi.foundations.mandates.queries import scope_of

from ..models import WeeklyDigest
from ..permissions import digest_readers
from ..queries import alerts_for
from ..rules import is_digest_day
from ..tasks import send_digest

_TAKEN_UP = timedelta(days=2)


def write_digests(*, at: datetime) -> int:
    """Write this week's digests that are not written yet; says how many leave.

    Due on Mondays; a Monday that was missed is made up for until Friday. Who has nothing to read
    gets a row without a mail, and hence nothing later in the week either.
    """
    on = timezone.localdate(at)
    _take_up(at)
    if not is_digest_day(on):
        return 0
    year, week, _ = on.isocalendar()
    done = WeeklyDigest.objects.filter(iso_year=year, iso_week=week)
    people = digest_readers(on=on).exclude(pk__in=done.values("recipient_id"))
    return sum(_write_to(person, at) for person in people)


def _take_up(at: datetime) -> None:
    waiting = WeeklyDigest.objects.filter(
        claimed_at__isnull=True, written_at__gte=at - _TAKEN_UP, written_at__lt=at
    )
    for pk in waiting.values_list("pk", flat=True):
        send_digest.enqueue(pk)


def _write_to(person: User, at: datetime) -> int:
    on = timezone.localdate(at)
    year, week, _ = on.isocalendar()
    count = len(alerts_for(scope_of(person, on=on), on=on))
    digest = WeeklyDigest(
        recipient=person,
        iso_year=year,
        iso_week=week,
        alerts=count,
        written_at=at,
        claimed_at=None if count else at,
    )
    try:
        with transaction.atomic():
            digest.save()
    except IntegrityError:  # another round wrote to this person at the same instant
        return 0
    if count:
        send_digest.enqueue(digest.pk)
    return min(count, 1)
