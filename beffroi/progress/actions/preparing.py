"""What every step of a preparation refuses. Private to the actions."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied

from beffroi.foundations.accounts.models import User

from ..models import Preparation
from ..permissions import may_act


class UnknownPreparation(LookupError):
    """No preparation bears this key."""


class PreparationClosed(ValueError):
    """It became a frozen report already, or was given up."""

    def __init__(self, preparation: Preparation) -> None:
        self.preparation = preparation
        super().__init__(str(preparation))


class AlreadyInPreparation(ValueError):
    """The report of that day and territory is being prepared."""

    def __init__(self, preparation: Preparation) -> None:
        self.preparation = preparation
        super().__init__(str(preparation))


def lock_preparation(preparation_id: int, *, actor: User) -> Preparation:
    """The preparation, held until the transaction ends, for a person who may act on its territory.

    Raises UnknownPreparation, PermissionDenied.
    """
    try:
        found = Preparation.objects.select_for_update().get(pk=preparation_id)
    except Preparation.DoesNotExist:
        raise UnknownPreparation(preparation_id) from None
    refuse_out_of_reach(actor, found.territory, on=found.as_of)
    return found


def lock_open_preparation(preparation_id: int, *, actor: User) -> Preparation:
    """The same, still open. Raises PreparationClosed too."""
    found = lock_preparation(preparation_id, actor=actor)
    if not found.is_open:
        raise PreparationClosed(found)
    return found


def refuse_out_of_reach(actor: User, territory: str, *, on: date) -> None:
    """Raises PermissionDenied for a person whose role or mandates do not cover that territory."""
    if not may_act(actor, territory, on=on):
        raise PermissionDenied


def refuse_a_second(programme_id: int, as_of: date, territory: str) -> None:
    """Raises AlreadyInPreparation where that day and territory have an open preparation."""
    other = Preparation.objects.opened().filter(
        programme_id=programme_id, as_of=as_of, territory=territory
    )
    if found := other.first():
        raise AlreadyInPreparation(found)
