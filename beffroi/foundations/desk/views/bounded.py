"""What every page about one row does: out of reach, it does not exist."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from beffroi.foundations.audit.actions import Authorship

from ..permissions import reach_of


class Bounded:
    """Mixed into Wagtail's generic views, which give `request`, `kwargs` and the policy."""

    viewset: Any = None
    reach_for = "view"
    request: Any
    kwargs: dict[str, Any]
    permission_policy: Any

    def reached(self, action: str = "") -> QuerySet[Any]:
        """The rows that this person reaches for an action, the page's own by default."""
        rows: QuerySet[Any] = self.permission_policy.instances_user_has_permission_for(
            self.request.user, action or self.reach_for
        )
        return rows

    def get_queryset(self) -> QuerySet[Any]:
        """The rows among which the one asked for is looked up."""
        return self.reached()

    def get_object(self, queryset: QuerySet[Any] | None = None) -> Model:  # noqa: ARG002
        """The row asked for; 404 where it is out of reach, as where it does not exist."""
        row: Model = get_object_or_404(self.reached(), pk=self.kwargs["pk"])
        return row

    def may(self, action: str, row: Model) -> bool:
        """Whether this person may do that to that row."""
        return bool(
            self.permission_policy.user_has_permission_for_instance(self.request.user, action, row)
        )

    def authorship(self, reason: str) -> Authorship:
        """Who acts, now, and why."""
        return Authorship(at=timezone.now(), actor=self.request.user, reason=reason)

    def form_options(self) -> dict[str, Any]:
        """What the register's forms are told of the person."""
        return {"scope": reach_of(self.request.user), "on": timezone.localdate()}
