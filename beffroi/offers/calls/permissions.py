"""Which laureates and which calls a person sees and corrects."""

from __future__ import annotations

from django.db.models import QuerySet

from beffroi.foundations.mandates.queries import Scope, rows_within
from beffroi.offers.calls.models import BrownfieldProject, Call, Edition


def visible_brownfields(scope: Scope) -> QuerySet[BrownfieldProject]:
    """The laureates of the towns of an area."""
    return rows_within(BrownfieldProject.objects.all(), scope)


def editable_brownfields(scope: Scope) -> QuerySet[BrownfieldProject]:
    """Those that are seen."""
    return visible_brownfields(scope)


def visible_editions(scope: Scope) -> QuerySet[Edition]:
    """All, for whoever looks after towns: an edition names none."""
    rows = Edition.objects.all()
    return rows if scope.has_area else rows.none()


def editable_editions(scope: Scope) -> QuerySet[Edition]:
    """At the national level alone."""
    rows = Edition.objects.all()
    return rows if scope.is_national else rows.none()


def visible_calls(scope: Scope) -> QuerySet[Call]:
    """All, for whoever looks after towns."""
    rows = Call.objects.all()
    return rows if scope.has_area else rows.none()


def editable_calls(scope: Scope) -> QuerySet[Call]:
    """At the national level alone."""
    rows = Call.objects.all()
    return rows if scope.is_national else rows.none()
