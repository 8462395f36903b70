"""The lists of the register."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.admin.utils import quote
from django.db.models import Model, Q, QuerySet
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.ui.tables import TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets import Button

from beffroi.foundations.territories.queries import search_towns

from ..exports import FORMATS, answer_table
from .bounded import Bounded

_FOUND_TOWNS = 500


class RegisterIndex(Bounded, IndexView):
    """A list: filtered, searched, sorted, paginated, exported; never a row out of reach."""

    any_permission_required = ["view"]
    results_template_name = "desk/list_results.html"
    template_name = "desk/list.html"
    show_export_buttons = False

    def get_base_queryset(self) -> QuerySet[Any]:
        """The rows of the person's reach, with what the columns read."""
        return self.reached().select_related(*self.viewset.list_related)

    @cached_property
    def columns(self) -> list[Any]:
        """The room's columns, after the boxes of the bulk acts where there are any."""
        first, *others = super().columns
        if self.viewset.inspect_view_enabled and not isinstance(first, TitleColumn):
            first = TitleColumn(
                first.name,
                label=first.label,
                sort_key=first.sort_key,
                get_url=lambda row: reverse(self.inspect_url_name, args=(quote(row.pk),)),
            )
        return [*self.viewset.selection_columns(self.request), first, *others]

    def get_queryset(self) -> QuerySet[Any]:
        """What Wagtail filters and searches, always within the reach."""
        return IndexView.get_queryset(self)  # type: ignore[no-any-return]

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """In the order asked for; the key tells apart rows that it leaves level."""
        ordered: QuerySet[Any] = super().order_queryset(queryset)
        order: Any = ordered.query.order_by or ordered.query.get_meta().ordering
        return ordered.order_by(*order, "-pk")

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Search the fields, and the towns by name or code."""
        if not self.is_searching:
            return queryset
        wanted = Q()
        for field in self.search_fields or []:
            wanted |= Q(**{f"{field}__icontains": self.search_query})
        if path := self.viewset.town_path:
            today = timezone.localdate()
            found = search_towns(self.search_query, on=today, limit=_FOUND_TOWNS)
            about = self.model._default_manager.filter(  # noqa: SLF001
                **{f"{path}__in": [match.town_id for match in found]}
            )
            wanted |= Q(pk__in=about.values("pk"))
        return queryset.filter(wanted) if wanted else queryset

    def paginate_queryset(self, queryset: QuerySet[Any], page_size: int) -> Any:
        """Read the page once, with what its columns need."""
        paginator, page, rows, has_others = super().paginate_queryset(queryset, page_size)
        page.object_list = list(rows)
        self.viewset.furnish(page.object_list)
        self.page_rows = page.object_list
        return paginator, page, page.object_list, has_others

    @cached_property
    def editable_keys(self) -> frozenset[Any]:
        """Which rows of this page the person may correct, in one query."""
        if not self.viewset.may_correct or not self.user_has_permission("change"):
            return frozenset()
        keys = [row.pk for row in getattr(self, "page_rows", [])]
        return frozenset(self.reached("change").filter(pk__in=keys).values_list("pk", flat=True))

    def get_edit_url(self, instance: Model) -> str | None:
        """Lead to the correction, for those who may."""
        if instance.pk in self.editable_keys:
            return reverse(self.edit_url_name, args=(quote(instance.pk),))
        return None

    @cached_property
    def add_item_label(self) -> str:
        """« Ajouter », without guessing a gender."""
        return f"Ajouter\u00a0: {self.model._meta.verbose_name}"  # noqa: SLF001

    def get_list_buttons(self, instance: Model) -> list[Any]:  # noqa: ARG002
        """None: the sheet has them, and naming each row would read its town again."""
        return []

    def get_add_url(self) -> str | None:
        """Where a row is added, for those who may."""
        return super().get_add_url() if self.viewset.form_class else None  # type: ignore[no-any-return]

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """The exports of the list as it is filtered, then what the room adds."""
        exports = [
            Button(
                f"Télécharger ({label})",
                url=self.get_export_url(name),
                icon_name="download",
                priority=90 + place,
            )
            for place, (name, label) in enumerate(FORMATS.items())
        ]
        return [*self.viewset.list_buttons(self.request), *exports]

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page, or the whole filtered list as a file."""
        wanted = request.GET.get("export")
        if wanted in FORMATS:
            return answer_table(
                wanted,
                name=self.viewset.name,
                headings=list(self.viewset.export_columns().values()),
                rows=self._exported(),
            )
        response: HttpResponseBase = super().get(request, *args, **kwargs)
        return response

    def _exported(self) -> Iterator[list[Any]]:
        names = list(self.viewset.export_columns())
        for rows in _in_chunks(self.get_queryset()):
            self.viewset.furnish(rows)
            for row in rows:
                yield [self.viewset.exported_value(row, name) for name in names]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the acts on many rows."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        context["bulk_acts"] = self.viewset.bulk_buttons(self.request)
        return context

    @cached_property
    def no_results_message(self) -> str:
        """Say what to do when there is nothing to see."""
        if self.is_searching or self.is_filtering:
            return "Aucune ligne ne correspond. Retirez un filtre ou un mot."
        return str(self.viewset.empty_words)


def _in_chunks(rows: QuerySet[Any], size: int = 2000) -> Iterator[list[Any]]:
    chunk: list[Any] = []
    for row in rows.iterator(chunk_size=size):
        chunk.append(row)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
