"""Who holds a post: fill it, vacate it, correct its holder.

The trail says that a holder came and when, never who: names and addresses are erased one day, the
trail is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from beffroi.foundations.audit.actions import (
    Authorship,
    as_gone,
    as_new,
    bring,
    record_changes,
)
from beffroi.foundations.dates import format_date
from beffroi.programme.membership.models import PostHolder, PostVacancy, ProjectManagerPost
from beffroi.programme.membership.rules import check_order, covers

_DAY = timedelta(days=1)


class PostNotOpen(ValueError):
    """The post is not open on that day."""

    def __init__(self, post: ProjectManagerPost, day: date) -> None:
        self.post = post
        self.day = day
        super().__init__(f"Le poste n’est pas ouvert le {format_date(day)}.")


class LaterChange(ValueError):
    """The post changed hands on that day or after: what came since would be overwritten."""

    def __init__(self, day: date) -> None:
        self.day = day
        super().__init__(
            f"Le poste a déjà changé de main le {format_date(day)}\u202f; "
            "indiquez une date postérieure ou corrigez ce changement."
        )


class AlreadyVacant(ValueError):
    """The post is vacant already."""

    def __init__(self, since: date) -> None:
        self.since = since
        super().__init__(f"Le poste est déjà vacant depuis le {format_date(since)}.")


@dataclass(frozen=True, slots=True)
class HolderRecord:
    """A person who holds a post from a day on, and how to reach them at work."""

    name: str
    started_on: date
    email: str = ""
    phone: str = ""


@transaction.atomic
def fill_post(*, post: ProjectManagerPost, holder: HolderRecord, by: Authorship) -> PostHolder:
    """Give a post its holder from a day on: the one before, or the vacancy, ends the day before.

    Raises PostNotOpen, LaterChange.
    """
    row = ProjectManagerPost.objects.select_for_update().get(pk=post.pk)
    return hold(row, holder, by=by, verb="fill_post")


@transaction.atomic
def vacate_post(*, post: ProjectManagerPost, vacant_on: date, by: Authorship) -> PostVacancy:
    """Say that nobody holds a post from a day on: its holder ends the day before.

    Raises PostNotOpen, LaterChange, AlreadyVacant.
    """
    row = ProjectManagerPost.objects.select_for_update().get(pk=post.pk)
    vacancy = row.vacancies.filter(ended_on__isnull=True).first()
    if vacancy:
        raise AlreadyVacant(vacancy.started_on)
    return leave_vacant(row, vacant_on, by=by, verb="vacate_post")


@transaction.atomic
def correct_holder(
    *, holder: PostHolder, name: str, email: str, phone: str, by: Authorship
) -> PostHolder:
    """Bring a holder's name and addresses to what is true; the trail says which, not what."""
    row = PostHolder.objects.select_for_update().get(pk=holder.pk)
    told = bring(row, name=name, email=email, phone=phone)
    hidden = dict.fromkeys(told, ("•", "•"))
    record_changes(verb="correct_holder", rows=[(row, hidden)], by=by)
    return row


def hold(
    post: ProjectManagerPost, holder: HolderRecord, *, by: Authorship, verb: str
) -> PostHolder:
    """Write a holder, inside the action that `verb` names."""
    _end_what_was(post, holder.started_on, by=by, verb=verb)
    row = PostHolder.objects.create(
        post=post,
        name=holder.name.strip(),
        email=holder.email.strip().lower(),
        phone=holder.phone.strip(),
        started_on=holder.started_on,
    )
    record_changes(verb=verb, rows=[(row, as_new(row, "started_on"))], by=by)
    return row


def leave_vacant(
    post: ProjectManagerPost, vacant_on: date, *, by: Authorship, verb: str
) -> PostVacancy:
    """Write a vacancy, inside the action that `verb` names."""
    _end_what_was(post, vacant_on, by=by, verb=verb)
    row = PostVacancy.objects.create(post=post, started_on=vacant_on)
    record_changes(verb=verb, rows=[(row, as_new(row, "started_on"))], by=by)
    return row


def _end_what_was(post: ProjectManagerPost, day: date, *, by: Authorship, verb: str) -> None:
    """End the holder and the vacancy the day before; one that began that very day as a vacancy
    never was."""
    if not covers(post.started_on, post.ended_on, day):
        raise PostNotOpen(post, day)
    holders: list[PostHolder | PostVacancy] = list(post.holders.all())
    vacancies: list[PostHolder | PostVacancy] = list(post.vacancies.all())
    periods = holders + vacancies
    later = [row.started_on for row in holders if row.started_on >= day]
    later += [row.started_on for row in vacancies if row.started_on > day]
    later += [row.ended_on + _DAY for row in periods if row.ended_on and row.ended_on >= day]
    if later:
        raise LaterChange(min(later))
    for row in periods:
        if row.ended_on is None and row.started_on == day:
            record_changes(verb=verb, rows=[(row, as_gone(row, "started_on"))], by=by)
            row.delete()
        elif row.ended_on is None:
            check_order(row.started_on, day - _DAY)
            record_changes(verb=verb, rows=[(row, bring(row, ended_on=day - _DAY))], by=by)
