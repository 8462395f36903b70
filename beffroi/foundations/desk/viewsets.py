"""The base of the register's viewsets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.contrib.admin.utils import label_for_field
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.coreutils import multigetattr

from beffroi.foundations.mandates.queries import Scope
from beffroi.foundations.territories.queries import town_labels

from .acts import Act
from .bulk import BulkAct
from .columns import SelectColumn
from .filters import RegisterFilterSet
from .forms import RegisterForm
from .permissions import Bounded, BoundedPolicy, has_area
from .views import (
    ActView,
    AdditionView,
    BulkUndoView,
    BulkView,
    CorrectionView,
    HistoryView,
    RegisterIndex,
    RemovalView,
    SheetView,
)

MENU_HOOK = "register_register_menu_item"


class RegisterViewSet(ModelViewSet):
    """A kind of row of the register on the desk, bounded by the reach of each person.

    A room gives `model`, `name`, `visible` and `editable` (from its permissions, as static
    methods), its columns, and a `form_class` whose `write` calls an action. Without a form, rows
    are read only; without `remove`, nobody deletes one.
    """

    visible: Bounded
    editable: Bounded
    may_add: Callable[[Scope], bool] = staticmethod(has_area)
    remove: Callable[..., Any] | None = None
    policy_class: type[BoundedPolicy] = BoundedPolicy

    is_corrected = True
    form_class: type[RegisterForm] | None = None
    correction_form_class: type[RegisterForm] | None = None
    list_related: Sequence[str] = ()
    town_path = ""
    organisation_path = ""
    bulk_acts: Sequence[BulkAct] = ()
    sheet_labels: dict[str, str] = {}
    acts: Sequence[Act] = ()
    empty_words = "Rien ici pour l’instant."

    index_view_class = RegisterIndex
    add_view_class = AdditionView
    edit_view_class = CorrectionView
    delete_view_class = RemovalView
    inspect_view_class = SheetView
    history_view_class = HistoryView
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    menu_hook = MENU_HOOK
    search_backend_name = None
    list_per_page = 50
    icon = "table"

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Every view knows its viewset."""
        common: dict[str, Any] = super().get_common_view_kwargs(viewset=self, **kwargs)
        return common

    def get_urlpatterns(self) -> list[URLPattern]:
        """Reading pages always; writing pages where the room has an action for them."""
        kept = {"index", "index_results"}
        kept |= {"inspect", "history"} if self.inspect_view_enabled else set()
        kept |= {"add"} if self.form_class else set()
        kept |= {"edit"} if self.may_correct else set()
        kept |= {"delete"} if self.remove else set()
        patterns = [pattern for pattern in super().get_urlpatterns() if pattern.name in kept]
        patterns += [self._act_pattern(act) for act in self.acts]
        return patterns + (self._bulk_patterns() if self.bulk_acts else [])

    def _act_pattern(self, act: Act) -> URLPattern:
        inspected = self.get_url_name("inspect") if self.inspect_view_enabled else None
        view: Any = self.construct_view(ActView, act=act, inspect_url_name=inspected)
        pattern: URLPattern = path(f"acte/{act.slug}/<int:pk>/", view, name=f"acte_{act.slug}")
        return pattern

    def act_links(self, row: Model) -> list[tuple[str, str]]:
        """Address and label of each act on a row."""
        return [
            (reverse(self.get_url_name(f"acte_{act.slug}"), args=[row.pk]), act.label)
            for act in self.acts
        ]

    def _bulk_patterns(self) -> list[URLPattern]:
        write = self.construct_view(BulkView)
        undo = self.construct_view(BulkUndoView)
        return [
            path("groupe/<slug:act>/", write, name="bulk"),
            path("groupe/<slug:act>/annuler/", undo, name="bulk_undo"),
        ]

    @property
    def may_correct(self) -> bool:
        """Whether rows are corrected at all, besides being added."""
        return self.form_class is not None and self.is_corrected

    def get_form_class(self, for_update: bool = False) -> Any:  # noqa: FBT001, FBT002
        """The room's form; another for corrections where it has one."""
        return (self.correction_form_class if for_update else None) or self.form_class

    def get_edit_handler(self) -> None:
        """None: forms are plain."""

    @property
    def filterset_class(self) -> type[RegisterFilterSet]:
        """Filters on the area, then on the fields of `list_filter`."""
        meta = type("Meta", (), {"model": self.model, "fields": self.plain_filters()})
        paths = {"town_path": self.town_path, "organisation_path": self.organisation_path}
        return type("FilterSet", (self.filter_base,), {"Meta": meta, **paths})

    filter_base: type[RegisterFilterSet] = RegisterFilterSet

    def plain_filters(self) -> Any:
        """The fields named in `list_filter`."""
        given = self.list_filter
        return [] if given is self.UNDEFINED else given

    def furnish(self, rows: list[Any]) -> None:
        """Give each row of a page what its columns read: `towns_written`, in one query."""
        towns = self.towns_of(rows)
        labels = town_labels({pk for ids in towns.values() for pk in ids}, on=timezone.localdate())
        for row in rows:
            known = [labels[pk] for pk in towns.get(row.pk, ()) if pk in labels]
            row.towns_written = ", ".join(f"{label.name} ({label.code})" for label in known)

    def towns_of(self, rows: list[Any]) -> dict[Any, list[int]]:
        """The towns of each row, by its key; read from `town_path` where it is a plain key."""
        if not self.town_path or "__" in self.town_path:
            return {}
        return {row.pk: [key] for row in rows if (key := getattr(row, f"{self.town_path}_id"))}

    def selection_columns(self, request: Any) -> list[Any]:
        """The boxes of the bulk acts, for those who may correct."""
        if not self.bulk_buttons(request):
            return []
        first = self.list_display[0]
        return [SelectColumn(titled_by=first if isinstance(first, str) else first.name)]

    def bulk_buttons(self, request: Any) -> list[dict[str, str]]:
        """Label and address of each bulk act, for those who may correct."""
        policy = self.permission_policy
        if not self.bulk_acts or not policy.user_has_permission(request.user, "change"):
            return []
        name = self.get_url_name("bulk")
        return [
            {"label": act.label, "url": reverse(name, args=[act.name])} for act in self.bulk_acts
        ]

    def list_buttons(self, request: Any) -> list[Any]:  # noqa: ARG002
        """Buttons that a room adds above its list."""
        return []

    def sheet_buttons(self, request: Any, row: Model) -> list[Any]:  # noqa: ARG002
        """Buttons that a room adds above a sheet."""
        return []

    def beside(self, request: Any, row: Model) -> str:  # noqa: ARG002
        """What a room shows on a sheet beside the fields, as safe HTML."""
        return ""

    def trail_rows(self, row: Any) -> Iterable[Model]:
        """The rows whose acts make the history of this one."""
        return [row]

    def export_columns(self) -> dict[str, str]:
        """Attribute → heading, of the exported file."""
        named = self.list_export if self.list_export is not self.UNDEFINED else None
        names = named or [field.name for field in self.model_opts.concrete_fields]
        given = {} if self.export_headings is self.UNDEFINED else self.export_headings
        return {name: given.get(name) or self._heading(name) for name in names}

    def _heading(self, name: str) -> str:
        try:
            return capfirst(str(label_for_field(name.split(".", maxsplit=1)[0], self.model)))
        except (AttributeError, FieldDoesNotExist):
            return capfirst(self.sheet_labels.get(name, name))

    def exported_value(self, row: Any, name: str) -> Any:
        """One cell: a choice in words, a town as it is written."""
        if name == self.town_path:
            return row.towns_written
        display = getattr(row, f"get_{name}_display", None)
        return display() if callable(display) else multigetattr(row, name)
