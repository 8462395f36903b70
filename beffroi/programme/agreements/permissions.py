"""How far a person reaches in this room: an agreement that covers one town of the area is seen."""

from __future__ import annotations

from django.db.models import QuerySet

from beffroi.foundations.mandates.queries import Scope, rows_within
from beffroi.programme.agreements.models import Agreement, AgreementDocument, Coverage


def visible_agreements(scope: Scope) -> QuerySet[Agreement]:
    """The agreements that cover, or covered, a town of the area."""
    if scope.is_national:
        return Agreement.objects.all()
    covered = rows_within(Coverage.objects.all(), scope)
    return Agreement.objects.filter(pk__in=covered.values("agreement_id"))


def editable_agreements(scope: Scope) -> QuerySet[Agreement]:
    """Those that are seen; towns are let in or out inside the area alone (`check_towns`)."""
    return visible_agreements(scope)


def readable_documents(scope: Scope) -> QuerySet[AgreementDocument]:
    """The files of the agreements that are seen."""
    return AgreementDocument.objects.filter(agreement__in=visible_agreements(scope))
