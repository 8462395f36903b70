"""The page of an act: the row, what it asks, and one button."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from ..acts import ActForm
from .bounded import Bounded


class ActView(Bounded, PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]
    """« Pourvoir », « Amender » and the like, on the row named in the address."""

    template_name = "desk/act.html"
    reach_for = "change"
    permission_required = "change"
    header_icon = "edit"
    model: Any = None
    act: Any = None
    index_url_name: str | None = None
    inspect_url_name: str | None = None

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Find the row first: one out of reach is not there."""
        self.row: Any = self.get_object()
        return super().dispatch(request, *args, **kwargs)

    def get_form_class(self) -> type[ActForm]:
        """The act's own."""
        form_class: type[ActForm] = self.act.form_class
        return form_class

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form whom it serves."""
        return {**super().get_form_kwargs(), **self.form_options(), "row": self.row}

    def form_valid(self, form: ActForm) -> HttpResponse:
        """Act, or show the refusal in the form."""
        try:
            with transaction.atomic():
                form.write(by=self.authorship(form.cleaned_data.get("reason", "")))
        except ValidationError as refused:
            form.add_error(None, refused)
            return self.form_invalid(form)
        messages.success(self.request, f"{self.act.done}\u00a0: {self.row}.")
        for remark in form.remarks:
            messages.warning(self.request, remark)
        return redirect(self.back())

    def back(self) -> str:
        """The sheet of the row, as long as the person still reaches it."""
        if self.inspect_url_name and self.reached("view").filter(pk=self.row.pk).exists():
            return reverse(self.inspect_url_name, args=[self.row.pk])
        return reverse(self.index_url_name)

    def get_page_title(self) -> str:
        """The act."""
        return str(self.act.label)

    def get_page_subtitle(self) -> str:
        """The row."""
        return str(self.row)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """From the list, through the sheet."""
        plural = capfirst(str(self.model._meta.verbose_name_plural))  # noqa: SLF001
        above = [{"url": reverse(self.index_url_name), "label": plural}]
        if self.inspect_url_name:
            above.append({"url": self.back(), "label": str(self.row)})
        return [*self.breadcrumbs_items, *above, {"url": "", "label": self.act.label}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which act."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"act": self.act, "back": self.back()}
