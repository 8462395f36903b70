"""Reads of programmes."""

from __future__ import annotations

from beffroi.programme.membership.models import Programme

FOLLOWED = "pvd"


def followed_programme() -> Programme:
    """The programme that follow-up files describe; they do not name it. Raises DoesNotExist."""
    return Programme.objects.get(code=FOLLOWED)
