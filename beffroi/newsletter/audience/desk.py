"""The readers on the desk: read, searched, unsubscribed on request; never edited by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import Button, HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy

from beffroi.foundations.accounts.models import User

from .actions import NotSuppressed, lift_suppression, unsubscribe_reader
from .models import Subscriber, SubscriberState
from .permissions import may_lift_suppressions, may_see_subscribers, may_withdraw_subscribers
from .queries import suppression_of
from .rules import AddressRefused, parse_address


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Rows are read here and changed by actions only, whoever asks."""

    def user_has_permission(self, user: User, action: str) -> bool:
        """Grant `view` to those who may see readers; no other action exists."""
        return action == "view" and may_see_subscribers(user)


class SubscriberFilters(WagtailFilterSet):
    """By state."""

    state = django_filters.ChoiceFilter(
        label="État", choices=SubscriberState.choices, method="in_state"
    )

    class Meta:
        model = Subscriber
        fields: tuple[str, ...] = ()

    def in_state(self, queryset: QuerySet[Subscriber], name: str, value: str) -> Any:  # noqa: ARG002
        """Keep the readers in the chosen state."""
        return Subscriber.objects.in_state(value) & queryset


class SubscriberIndex(IndexView):
    """The list, with the way to lift a suppression for those who may."""

    @property
    def header_more_buttons(self) -> list[Button]:
        """Offer the act that starts from an address and not from a row."""
        if not may_lift_suppressions(self.request.user):
            return []
        url = reverse("subscriber:lift")
        return [Button("Lever le retrait d’une adresse", url=url, icon_name="undo")]


class SubscriberInspection(InspectView):
    """One reader with the ledger of their consents."""

    template_name = "audience/desk/subscriber.html"
    page_title = "Abonné"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the ledger, and what the person signed in may do about it."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["consents"] = self.object.consents.all()
        return context

    @property
    def header_buttons(self) -> list[HeaderButton]:
        """Offer to unsubscribe those who still may receive something."""
        gone = self.object.state == SubscriberState.WITHDRAWN
        if gone or not may_withdraw_subscribers(self.request.user):
            return []
        url = reverse("subscriber:unsubscribe", args=[self.object.pk])
        return [HeaderButton("Désinscrire", url=url, icon_name="mail")]

    def get_suppression_display_value(self) -> str:
        """Why nothing is written to this person, where something forbids it."""
        reason = suppression_of(self.object)
        return str(reason.label) if reason else "aucun"

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        """Write an instant in the site's own time, and the absence of one as a dash."""
        value = super().get_field_display_value(field_name, field)
        if isinstance(value, datetime):
            return date_format(timezone.localtime(value), "j F Y, H:i")
        return "—" if value is None else value

    def get_state_display_value(self) -> str:
        """The state in words."""
        return str(self.object.state.label)

    def get_field_label(self, field_name: str, field: Any) -> str:
        """Label what is no field of the model."""
        labels = {"state": "État", "suppression": "Retrait"}
        return labels.get(field_name) or super().get_field_label(field_name, field)


class ReasonForm(forms.Form):
    """Why the desk acts on somebody else's subscription."""

    reason = forms.CharField(
        label="Motif",
        help_text="Par exemple : demande reçue par téléphone le 3 mars.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )


class LiftForm(ReasonForm):
    """The address whose owner asks to be written to again, and the proof of it."""

    address = forms.CharField(label="Adresse", max_length=254)
    field_order = ("address", "reason")

    def clean_address(self) -> str:
        """Refuse what cannot be an address."""
        try:
            return parse_address(self.cleaned_data["address"]).email
        except AddressRefused as refused:
            raise forms.ValidationError(f"Adresse refusée\u00a0: {refused}.") from None


def unsubscribe(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then unsubscribe that reader."""
    actor = _signed_in(request)
    if not may_withdraw_subscribers(actor):
        raise PermissionDenied
    subscriber = get_object_or_404(Subscriber, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        unsubscribe_reader(
            subscriber=subscriber,
            actor=actor,
            reason=form.cleaned_data["reason"],
            at=timezone.now(),
        )
        messages.success(request, f"{subscriber.email} ne recevra plus la lettre.")
        return HttpResponseRedirect(reverse("subscriber:index"))
    return _form_page(
        request, form, f"Désinscrire {subscriber.email}", "Désinscrire", is_serious=True
    )


def lift(request: HttpRequest) -> HttpResponse:
    """Ask for an address and a reason, then let it be written to again."""
    actor = _signed_in(request)
    if not may_lift_suppressions(actor):
        raise PermissionDenied
    form = LiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            lift_suppression(actor=actor, at=timezone.now(), **form.cleaned_data)
        except NotSuppressed:
            form.add_error("address", "Rien n’empêche d’écrire à cette adresse.")
        else:
            messages.success(
                request, "Retrait levé. La personne peut s’inscrire de nouveau depuis le site."
            )
            return HttpResponseRedirect(reverse("subscriber:index"))
    return _form_page(request, form, "Lever le retrait d’une adresse", "Lever le retrait")


def _signed_in(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def _form_page(
    request: HttpRequest,
    form: forms.Form,
    title: str,
    button: str,
    *,
    is_serious: bool = False,
) -> HttpResponse:
    context = {
        "form": form,
        "page_title": title,
        "header_title": title,
        "header_icon": "mail",
        "button": button,
        "is_serious": is_serious,
        "back": reverse("subscriber:index"),
    }
    return render(request, "audience/desk/form.html", context)


class SubscriberViewSet(ModelViewSet):
    """The list and one reader's page: no page here adds, edits or deletes a row."""

    model = Subscriber
    icon = "mail"
    menu_label = "Abonnés"
    menu_name = "subscribers"
    menu_order = 320
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = SubscriberIndex
    inspect_view_enabled = True
    inspect_view_class = SubscriberInspection
    inspect_view_fields = [
        "email",
        "state",
        "suppression",
        "asked_at",
        "confirmed_at",
        "withdrawn_at",
    ]
    form_fields: list[str] = []
    list_display = ["email", Column("state.label", label="État"), "confirmed_at", "withdrawn_at"]
    list_per_page = 50
    ordering = "-pk"
    search_fields = ["email", "address_key"]
    search_backend_name = None
    filterset_class = SubscriberFilters

    def get_urlpatterns(self) -> list[URLPattern]:
        """Keep the reading pages, add the two acts."""
        reading = {"index", "index_results", "inspect"}
        return [
            *(pattern for pattern in super().get_urlpatterns() if pattern.name in reading),
            path("desinscrire/<int:pk>/", unsubscribe, name="unsubscribe"),
            path("lever-un-retrait/", lift, name="lift"),
        ]
