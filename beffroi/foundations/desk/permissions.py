"""Who may do what on the desk, and to which rows: the role says what, the mandate says where."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet
from django.utils import timezone
from wagtail.permission_policies import ModelPermissionPolicy

from beffroi.foundations.accounts.models import User
from beffroi.foundations.mandates.queries import Scope, scope_of

Bounded = Callable[[Scope], QuerySet[Any]]
# Those who may change a row may read it.
_GRANTING = {"view": ("view", "change"), "add": ("add",), "change": ("change",), "delete": ("add",)}
_REACH, _ASKED = "_reach_of_the_day", "_rows_reached"


def reach_of(user: User | AnonymousUser) -> Scope:
    """The reach of a person today, read once for each request."""
    today = timezone.localdate()
    known = vars(user).get(_REACH)
    if known is None or known[0] != today:
        known = (today, scope_of(user, on=today))
        vars(user)[_REACH] = known
    scope: Scope = known[1]
    return scope


def has_area(scope: Scope) -> bool:
    """Whether somebody with this reach looks after towns."""
    return scope.has_area


class BoundedPolicy(ModelPermissionPolicy):
    """A person acts on the rows that both their role and their mandates reach; else on none."""

    def __init__(
        self,
        model: type[Model],
        *,
        visible: Bounded,
        editable: Bounded,
        may_add: Callable[[Scope], bool] = has_area,
        may_remove: bool = False,
    ) -> None:
        super().__init__(model)
        self.visible = visible
        self.editable = editable
        self.may_add = may_add
        self.may_remove = may_remove

    def user_has_permission(self, user: User | AnonymousUser, action: str) -> bool:
        """Whether some rows at least may be reached for this action."""
        granting = _GRANTING.get(action, ())
        if not user.is_active or (action == "delete" and not self.may_remove):
            return False
        if not any(super(BoundedPolicy, self).user_has_permission(user, verb) for verb in granting):
            return False
        scope = reach_of(user)
        return self.may_add(scope) if action == "add" else not scope.is_empty

    def instances_user_has_any_permission_for(
        self, user: User | AnonymousUser, actions: Collection[str]
    ) -> QuerySet[Any]:
        """The rows reached for one of these actions, no other."""
        held = {action for action in actions if self.user_has_permission(user, action)}
        if "view" in held:
            return self.visible(reach_of(user))
        if held & {"change", "delete"}:
            return self.editable(reach_of(user))
        return self.model._default_manager.none()  # type: ignore[no-any-return]  # noqa: SLF001

    def user_has_permission_for_instance(
        self, user: User | AnonymousUser, action: str, instance: Model
    ) -> bool:
        """Whether this very row is reached, asked once for each request."""
        asked: dict[tuple[str, Any, str], bool] = vars(user).setdefault(_ASKED, {})
        question = (instance._meta.label_lower, instance.pk, action)  # noqa: SLF001
        if question not in asked:
            rows = self.instances_user_has_permission_for(user, action)
            asked[question] = rows.filter(pk=instance.pk).exists()
        return asked[question]

    def user_has_any_permission_for_instance(
        self, user: User | AnonymousUser, actions: Collection[str], instance: Model
    ) -> bool:
        """Whether this very row is reached for one of these actions."""
        return any(
            self.user_has_permission_for_instance(user, action, instance) for action in actions
        )
