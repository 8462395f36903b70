"""Commitments, missions and plans on the desk."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Model, QuerySet
from django.http import FileResponse, Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import URLPattern, path

from beffroi.foundations.desk.acts import Act
from beffroi.foundations.desk.columns import AmountColumn, PlainColumn, TownColumn
from beffroi.foundations.desk.filters import RegisterFilterSet
from beffroi.foundations.desk.permissions import reach_of
from beffroi.foundations.desk.viewsets import RegisterViewSet
from beffroi.foundations.mandates.queries import Scope
from beffroi.foundations.media.deeds import content_type_of
from beffroi.programme.support import bulk, forms
from beffroi.programme.support.models import (
    ExpertiseMission,
    MoneyStep,
    PlannedCommitment,
    RealisedCommitment,
)
from beffroi.programme.support.permissions import (
    editable_commitments,
    editable_missions,
    editable_plans,
    visible_commitments,
    visible_missions,
    visible_plans,
)


def may_add_own(scope: Scope) -> bool:
    """Whoever looks after towns, and partners for their own rows."""
    return not scope.is_empty


class CommitmentFilters(RegisterFilterSet):
    """By whether the decision still stands."""

    standing = django_filters.ChoiceFilter(
        label="Validité",
        choices=[("standing", "en vigueur"), ("cancelled", "annulés")],
        method="is_standing",
    )

    def is_standing(
        self, rows: QuerySet[RealisedCommitment], _name: str, value: str
    ) -> QuerySet[RealisedCommitment]:
        """Standing, or cancelled."""
        return rows.filter(cancelled_on__isnull=value == "standing")


class CommitmentViewSet(RegisterViewSet):
    """Decisions to give money."""

    model = RealisedCommitment
    name = "engagements"
    icon = "table"
    menu_label = "Engagements"
    menu_order = 50
    visible = staticmethod(visible_commitments)
    editable = staticmethod(editable_commitments)
    may_add = staticmethod(may_add_own)
    form_class = forms.CommitmentForm
    correction_form_class = forms.CommitmentCorrection
    filter_base = CommitmentFilters
    town_path = "town"
    organisation_path = "funder"
    list_related = ["funder"]
    list_filter = ["state", "programme", "decided_on"]
    list_display = [
        PlainColumn("decision_reference", label="Décision", sort_key="decision_reference"),
        TownColumn(),
        PlainColumn("funder", label="Financeur", sort_key="funder__name"),
        PlainColumn("beneficiary_name", label="Bénéficiaire"),
        PlainColumn("decided_on", label="Date", sort_key="decided_on"),
        AmountColumn("amount", label="Montant", sort_key="amount"),
        PlainColumn("get_state_display", label="État", sort_key="state"),
        PlainColumn("cancelled_on", label="Annulé le", sort_key="cancelled_on"),
    ]
    list_export = [
        "decision_reference",
        "town",
        "funder",
        "beneficiary_name",
        "beneficiary_siren",
        "purpose",
        "form",
        "decided_on",
        "amount",
        "state",
        "cancelled_on",
    ]
    inspect_view_fields = [
        "decision_reference",
        "programme",
        "funder",
        "town",
        "beneficiary_name",
        "beneficiary_siren",
        "purpose",
        "form",
        "decided_on",
        "amount",
        "state",
        "cancelled_on",
    ]
    sheet_labels = {"funder": "financeur", "town": "commune du projet"}
    ordering = "-decided_on"
    search_fields = ["decision_reference", "beneficiary_name", "purpose"]
    acts = (
        Act("etat", "Faire avancer", forms.AdvanceCommitment, "État enregistré"),
        Act("annuler", "Annuler ou rétablir", forms.CancelCommitment, "Enregistré"),
    )
    bulk_acts = (bulk.ADVANCE, bulk.CANCEL)
    empty_words = "Aucun engagement dans votre périmètre. Ajoutez-en un, ou importez le fichier."

    def beside(self, request: Any, row: Model) -> str:
        """The states it went through, with what proves each."""
        steps = MoneyStep.objects.filter(commitment_id=row.pk).order_by("reached_on", "pk")
        context = {"steps": steps, "row": row, "document_url": self.get_url_name("piece")}
        return render_to_string("support/desk/commitment.html", context, request)

    def get_urlpatterns(self) -> list[URLPattern]:
        """The files too."""
        return [
            *super().get_urlpatterns(),
            path("piece/<int:pk>/", self.read_document, name="piece"),
        ]

    def read_document(self, request: Any, pk: int) -> HttpResponseBase:
        """A file that proves a state, for those who see the decision; 404 for others."""
        if not self.permission_policy.user_has_permission(request.user, "view"):
            raise Http404
        rows = visible_commitments(reach_of(request.user))
        steps = MoneyStep.objects.exclude(document="").filter(commitment__in=rows)
        step = get_object_or_404(steps, pk=pk)
        return FileResponse(
            step.document.open("rb"),
            as_attachment=True,
            filename=step.document_name,
            content_type=content_type_of(step.document_name),
        )

    def trail_rows(self, row: Any) -> list[Model]:
        """The decision and its steps."""
        return [row, *row.steps.all()]


class MissionViewSet(RegisterViewSet):
    """Experts' missions."""

    model = ExpertiseMission
    name = "missions"
    icon = "help"
    menu_label = "Missions d’expertise"
    menu_order = 60
    visible = staticmethod(visible_missions)
    editable = staticmethod(editable_missions)
    may_add = staticmethod(may_add_own)
    form_class = forms.MissionForm
    correction_form_class = forms.MissionCorrection
    town_path = "town"
    organisation_path = "funder"
    list_related = ["funder"]
    list_filter = ["programme", "notified_on"]
    list_display = [
        PlainColumn("reference", label="Identifiant", sort_key="reference"),
        TownColumn(),
        PlainColumn("funder", label="Financeur", sort_key="funder__name"),
        PlainColumn("theme", label="Thème", sort_key="theme"),
        PlainColumn("notified_on", label="Notifiée le", sort_key="notified_on"),
        AmountColumn("amount", label="Montant", sort_key="amount"),
    ]
    list_export = ["reference", "town", "funder", "theme", "notified_on", "amount"]
    sheet_labels = {"funder": "financeur", "town": "commune"}
    ordering = "-notified_on"
    search_fields = ["reference", "theme"]
    empty_words = "Aucune mission dans votre périmètre. Ajoutez-en une, ou importez le fichier."


class PlanViewSet(RegisterViewSet):
    """What funders plan over the life of the programme; national."""

    model = PlannedCommitment
    name = "previsions"
    icon = "table"
    menu_label = "Engagements prévisionnels"
    menu_order = 55
    visible = staticmethod(visible_plans)
    editable = staticmethod(editable_plans)
    form_class = forms.PlanForm
    correction_form_class = forms.PlanCorrection
    organisation_path = "funder"
    list_related = ["funder", "programme"]
    list_filter = ["programme"]
    list_display = [
        PlainColumn("funder", label="Financeur", sort_key="funder__name"),
        PlainColumn("programme", label="Programme"),
        AmountColumn("amount", label="Montant prévu", sort_key="amount"),
    ]
    list_export = ["funder", "programme", "amount"]
    sheet_labels = {"funder": "financeur"}
    search_fields = ["funder__name"]
    empty_words = "Aucun engagement prévisionnel à votre portée\u00a0: ce plan est national."

    @staticmethod
    def may_add(scope: Scope) -> bool:
        """The whole country, and partners for themselves."""
        return scope.is_national or bool(scope.organisation_ids)
