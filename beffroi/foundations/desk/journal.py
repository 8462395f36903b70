"""« Journal » : every act on rows that a person may read, in words."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import django_filters
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from wagtail.admin.filters import DateRangePickerWidget
from wagtail.admin.ui.tables import Column

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.models import AuditEntry
from beffroi.foundations.audit.wording import named_acts
from beffroi.foundations.mandates.queries import Scope

from .columns import PlainColumn
from .filters import Choices, RegisterFilterSet
from .permissions import BoundedPolicy, reach_of
from .queries import acts_in_words, kind_in_words
from .viewsets import RegisterViewSet


def readable_kinds(user: User | AnonymousUser) -> list[str]:
    """The kinds of rows that a person's roles let them read: the journal shows no other."""
    return [
        model._meta.label_lower  # noqa: SLF001
        for model in apps.get_models()
        if model.__module__.startswith("beffroi.")
        and user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}")  # noqa: SLF001
    ]


class JournalPolicy(BoundedPolicy):
    """All acts at the national level; one's own elsewhere. Nobody changes any."""

    def instances_user_has_any_permission_for(
        self, user: User | AnonymousUser, actions: Collection[str]
    ) -> QuerySet[Any]:
        """The acts on kinds of rows that the person reads."""
        if "view" not in actions or not self.user_has_permission(user, "view"):
            return AuditEntry.objects.none()
        rows = AuditEntry.objects.filter(target_type__in=readable_kinds(user))
        return rows if reach_of(user).is_national else rows.filter(actor_id=user.pk)


def _all(scope: Scope) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.all() if scope.is_national else AuditEntry.objects.none()


def _none(scope: Scope) -> QuerySet[AuditEntry]:  # noqa: ARG001
    return AuditEntry.objects.none()


def sorted_acts() -> Choices:
    """Verbs and their words, in the order of the words."""
    return sorted(named_acts().items(), key=lambda act: act[1])


class JournalFilters(RegisterFilterSet):
    """By day, verb, kind of row, and person at the national level."""

    at = django_filters.DateFromToRangeFilter(label="Date", widget=DateRangePickerWidget)
    verb = django_filters.ChoiceFilter(label="Acte", choices=sorted_acts)

    class Meta:
        model = AuditEntry
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user = self.request.user
        kinds = sorted((kind, kind_in_words(kind)) for kind in readable_kinds(user))
        self._add("genre", "Genre de ligne", kinds, self.of_kind)
        if reach_of(user).is_national:
            self._add("auteur", "Auteur", _authors(), self.by_author)

    def of_kind(self, rows: QuerySet[Any], _name: str, kind: str) -> QuerySet[Any]:
        """Acts on rows of one kind."""
        return rows.filter(target_type=kind)

    def by_author(self, rows: QuerySet[Any], _name: str, key: str) -> QuerySet[Any]:
        """Acts of one person."""
        return rows.filter(actor_id=key)


def _authors() -> Choices:
    """Those who hold the desk: the trail itself is too long to be read for its names."""
    people = User.objects.filter(is_active=True).order_by("last_name", "first_name", "email")
    return [(str(user.pk), str(user)) for user in people]


class JournalViewSet(RegisterViewSet):
    """Read and exported; written by actions alone."""

    model = AuditEntry
    name = "journal"
    icon = "history"
    menu_label = "Journal"
    menu_order = 950
    visible = staticmethod(_all)
    editable = staticmethod(_none)
    policy_class = JournalPolicy
    filter_base = JournalFilters
    inspect_view_enabled = False
    list_related = ["actor"]
    list_display = [
        Column("told.what", label="Acte"),
        PlainColumn("at", label="Date", sort_key="at"),
        Column("told.author", label="Auteur"),
        Column("told.kind", label="Genre"),
        Column("target", label="Ligne"),
        Column("changes_written", label="Changements"),
        Column("reason", label="Motif"),
    ]
    list_export = [
        "at",
        "told.author",
        "told.what",
        "told.kind",
        "target",
        "changes_written",
        "reason",
    ]
    export_headings = {
        "told.author": "Auteur",
        "told.what": "Acte",
        "told.kind": "Genre",
        "changes_written": "Changements",
    }
    search_fields = ["target", "reason"]
    ordering = "-at"
    empty_words = "Aucun acte à montrer. Ceux que vous ferez paraîtront ici."

    def furnish(self, rows: list[Any]) -> None:
        """Put each act in words."""
        for row, told in zip(rows, acts_in_words(rows), strict=True):
            row.told = told
            row.changes_written = " ; ".join(
                f"{change.label} : {change.old} → {change.new}" for change in told.changes
            )
