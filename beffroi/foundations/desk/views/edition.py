"""Adding, correcting and removing one row, each through an action of its room."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.http import HttpResponse
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.views import generic

from ..forms import RegisterForm
from .bounded import Bounded

OUTSIDE = "Cette ligne sortirait de votre périmètre\u00a0: rien n’est enregistré."


class _Written(Bounded):
    """A form that ends in an action, or in words that say why not."""

    form: RegisterForm
    object: Any
    produced_error_message: Any

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form whose area it is in."""
        kwargs: dict[str, Any] = super().get_form_kwargs()  # type: ignore[misc]
        return kwargs | self.form_options()

    def form_valid(self, form: RegisterForm) -> HttpResponse:
        """Write through the action, or show its refusal in the form."""
        try:
            with transaction.atomic():
                self.form = form
                row = form.write(by=self.authorship(form.cleaned_data.get("reason", "")))
                self._refuse_an_escape(row)
        except ValidationError as refused:
            form.add_error(None, refused)
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            return self.form_invalid(form)  # type: ignore[attr-defined,no-any-return]
        self.object = row
        for remark in form.remarks:
            messages.warning(self.request, remark)
        return self.save_action()  # type: ignore[attr-defined,no-any-return]

    def _refuse_an_escape(self, row: Model) -> None:
        """Nobody writes a row that they could not then reach, whatever the form let through."""
        policy = self.permission_policy
        if not policy.editable(self.form_options()["scope"]).filter(pk=row.pk).exists():
            raise ValidationError(OUTSIDE)

    inspect_url_name: str | None = None

    def get_success_buttons(self) -> list[Any]:
        """Lead to the sheet of the row."""
        url = reverse(self.inspect_url_name, args=[self.object.pk])
        return [messages.button(url, "Voir la fiche")]

    def get_side_panels(self) -> MediaContainer:
        """None: the history has its own page."""
        return MediaContainer([])


class AdditionView(_Written, generic.CreateView):
    """« Ajouter »."""

    submit_button_label = "Enregistrer"
    submit_button_active_label = "Enregistrement…"

    def get_page_subtitle(self) -> str:
        """Name what is added."""
        return f"Ajouter\u00a0: {self.model._meta.verbose_name}"  # noqa: SLF001

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Name the step as the button does."""
        *above, _ = super().get_breadcrumbs_items()
        return [*above, {"url": "", "label": self.get_page_subtitle()}]

    def get_success_message(self, instance: Model) -> str:
        """Say what was recorded."""
        return f"«\u00a0{instance}\u00a0»\u00a0: enregistré."

    def get_error_message(self) -> str:
        """Say that nothing was recorded."""
        return "Rien n’est enregistré\u00a0: corrigez les champs signalés."


class CorrectionView(_Written, generic.EditView):
    """« Corriger », under the lock of the row, so that two people never overwrite unknowingly."""

    reach_for = "change"
    template_name = "desk/correction.html"

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Read, confront and write while nobody else may write the row."""
        with transaction.atomic():
            self.object = self.locked()
            response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def locked(self) -> Model:
        """The row, held until the end of the transaction."""
        row = self.get_object()
        held: Model = type(row)._base_manager.select_for_update().get(pk=row.pk)  # noqa: SLF001
        return held

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show what the other person did, where there is one."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["confrontation"] = self.form.confrontation
        context["acts_meanwhile"] = self.form.acts_meanwhile
        return context

    def get_success_message(self) -> str | None:
        """Say what was recorded."""
        return f"«\u00a0{self.object}\u00a0»\u00a0: correction enregistrée."

    def get_error_message(self) -> str:
        """Say that nothing is lost when somebody else was quicker."""
        if self.form_has_met_another:
            return (
                "Rien n’est perdu\u00a0: une autre personne a changé cette fiche entre-temps. "
                "Relisez, puis enregistrez de nouveau."
            )
        return "Rien n’est enregistré\u00a0: corrigez les champs signalés."

    form_has_met_another = False

    def is_valid(self, form: RegisterForm) -> bool:
        """Check the form, and know why it is refused before saying so."""
        form.is_valid()
        self.form_has_met_another = form.confrontation is not None
        return bool(super().is_valid(form))


class RemovalView(Bounded, generic.DeleteView):
    """« Retirer », where the room has an action for it."""

    reach_for = "delete"
    template_name = "desk/removal.html"

    @property
    def confirmation_message(self) -> str:
        """Ask."""
        return f"Retirer «\u00a0{self.object}\u00a0»\u202f? L’historique en gardera la trace."

    def delete_action(self) -> None:
        """Call the room's action with the reason given."""
        self.viewset.remove(self.object, by=self.authorship(self.request.POST.get("reason", "")))

    def get_success_message(self) -> str:
        """Say it."""
        return f"«\u00a0{self.object}\u00a0»\u00a0: retrait enregistré."
