"""The desk: the list of frozen reports, and the form that freezes another."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from .actions import freeze_snapshot, publish_snapshot
from .forms import FreezeForm
from .models import Snapshot
from .wording import REFUSALS, word_refusal


class FrozenPolicy(ModelPermissionPolicy):
    """Nobody changes or deletes what is frozen, not even a person with every right."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether this person may list and open (view), or freeze (add)."""
        return action not in {"change", "delete"} and super().user_has_permission(user, action)


_FREEZE = "Figer un point d’avancement"


class SnapshotIndexView(generic.IndexView):
    """Every report, newest first; each opens on its public page."""

    add_item_label = _FREEZE

    def get_base_queryset(self) -> Any:
        """Read the list without the figures."""
        return Snapshot.objects.without_content().select_related("frozen_by")


class FreezeView(generic.CreateView):
    """« Figer un point d’avancement »."""

    page_title = page_subtitle = _FREEZE
    submit_button_label = "Figer"
    submit_button_active_label = "En cours…"
    error_message = "Le point d’avancement n’a pas été figé."

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Name the step as the button does."""
        *above, _ = super().get_breadcrumbs_items()
        return [*above, {"url": "", "label": _FREEZE}]

    def get_form_kwargs(self) -> dict[str, Any]:
        """This form makes no instance by itself: the action does."""
        kwargs: dict[str, Any] = super().get_form_kwargs()
        kwargs.pop("instance", None)
        return kwargs

    def form_valid(self, form: FreezeForm) -> HttpResponse:
        """Freeze, or say in the form what is refused."""
        now = timezone.now()
        try:
            self.object = freeze_snapshot(
                **form.cleaned_data, frozen_at=now, frozen_by=self.request.user
            )
            publish_snapshot(
                reference=self.object.reference,
                published_at=now,
                published_by=self.request.user,
            )
        except REFUSALS as refusal:
            form.add_error(None, word_refusal(refusal))
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)  # type: ignore[no-any-return]
        self.is_new = self.object.frozen_at == now
        return self.save_action()  # type: ignore[no-any-return]

    def get_success_message(self, instance: Snapshot) -> str:
        """Say the reference, and whether these figures were frozen before."""
        if self.is_new:
            return f"Point d’avancement {instance.reference} figé."
        return f"Point d’avancement {instance.reference} déjà figé, chiffres identiques."

    def get_success_buttons(self) -> list[Any]:
        """Lead to the public page."""
        return [messages.button(self.object.get_absolute_url(), "Voir la page")]


class SnapshotViewSet(ModelViewSet):
    """Read-only, but for the form that freezes."""

    model = Snapshot
    name = "points-d-avancement"
    icon = "history"
    menu_label = "Avancement"
    menu_order = 250
    add_to_admin_menu = True
    add_view_class = FreezeView
    index_view_class = SnapshotIndexView
    copy_view_enabled = False
    add_to_reference_index = False
    ordering = ["-as_of", "territory", "-revision"]
    list_display = [
        TitleColumn("reference", label="Référence", get_url=lambda row: row.get_absolute_url()),
        Column("as_of", label="Date des chiffres", sort_key="as_of"),
        Column("territory_name", label="Territoire"),
        Column("reason", label="Motif de la révision"),
        Column("frozen_at", label="Figé le", sort_key="frozen_at"),
        Column("frozen_by", label="Figé par"),
    ]

    def get_form_class(self, for_update: bool = False) -> type[FreezeForm]:  # noqa: ARG002, FBT001, FBT002
        """The one form, which freezes; the policy lets nobody reach the page that would change."""
        return FreezeForm
