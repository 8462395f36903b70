"""Agreements, and the eighteen months of each town, on the desk."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

import django_filters
from django.db.models import Model, QuerySet
from django.http import FileResponse, Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils import timezone

from beffroi.foundations.desk.acts import Act
from beffroi.foundations.desk.columns import PlainColumn, TownColumn
from beffroi.foundations.desk.filters import RegisterFilterSet
from beffroi.foundations.desk.permissions import reach_of
from beffroi.foundations.desk.viewsets import RegisterViewSet
from beffroi.foundations.media.deeds import content_type_of
from beffroi.foundations.territories.queries import town_labels
from beffroi.programme.agreements import forms, party_forms
from beffroi.programme.agreements.models import Agreement, Coverage
from beffroi.programme.agreements.permissions import (
    editable_agreements,
    readable_documents,
    visible_agreements,
)
from beffroi.programme.agreements.queries import whole_agreements

_SHOWN_TOWNS = 6


class AgreementFilters(RegisterFilterSet):
    """By whether files are attached, and by end."""

    documents = django_filters.ChoiceFilter(
        label="Pièces jointes",
        choices=[("with", "avec"), ("without", "sans")],
        method="with_documents",
    )

    def with_documents(
        self, rows: QuerySet[Agreement], _name: str, value: str
    ) -> QuerySet[Agreement]:
        """With a file, or without."""
        return rows.filter(documents__isnull=value == "without").distinct()


class AgreementViewSet(RegisterViewSet):
    """Agreements of every kind."""

    model = Agreement
    name = "conventions"
    icon = "doc-full"
    menu_label = "Conventions"
    menu_order = 20
    visible = staticmethod(visible_agreements)
    editable = staticmethod(editable_agreements)
    form_class = forms.AgreementForm
    correction_form_class = forms.AgreementCorrectionForm
    filter_base = AgreementFilters
    town_path = "coverages__town"
    list_related = ["programme", "intercommunality"]
    list_filter = ["kind", "programme", "counts_as_ort", "signed_on", "ended_on"]
    list_display = [
        PlainColumn("reference_written", label="Numéro", sort_key="reference"),
        PlainColumn("get_kind_display", label="Type", sort_key="kind"),
        TownColumn(label="Communes couvertes"),
        PlainColumn("signed_on", label="Signée le", sort_key="signed_on"),
        PlainColumn("ended_on", label="Prend fin le", sort_key="ended_on"),
        PlainColumn("counts_as_ort", label="Vaut ORT", sort_key="counts_as_ort"),
    ]
    list_export = [
        "kind",
        "reference",
        "programme",
        "all_towns",
        "intercommunality",
        "signed_on",
        "ended_on",
        "counts_as_ort",
    ]
    export_headings = {"all_towns": "Communes couvertes"}
    inspect_view_fields = [
        "kind",
        "reference",
        "programme",
        "intercommunality",
        "signed_on",
        "ended_on",
        "counts_as_ort",
    ]
    sheet_labels = {"intercommunality": "intercommunalité"}
    ordering = "-signed_on"
    search_fields = ["reference", "intercommunality__siren"]
    acts = (
        Act("signataires", "Nommer les signataires", party_forms.NameParties, "Signataires nommés"),
        Act("avenant", "Enregistrer un avenant", forms.AmendAgreement, "Avenant enregistré"),
        Act("piece", "Joindre un fichier", forms.AttachDocument, "Fichier joint"),
        Act("fin", "Indiquer la fin", forms.EndAgreement, "Fin enregistrée"),
    )
    empty_words = (
        "Aucune convention dans votre périmètre. Ajoutez-en une, ou importez les fichiers."
    )

    def towns_of(self, rows: list[Any]) -> dict[Any, list[int]]:
        """The towns that each agreement covers today."""
        found: defaultdict[Any, list[int]] = defaultdict(list)
        keys = [row.pk for row in rows]
        links = Coverage.objects.filter(agreement_id__in=keys, removed_by__isnull=True)
        for key, town_id in links.order_by("pk").values_list("agreement_id", "town_id"):
            found[key].append(town_id)
        return found

    def furnish(self, rows: list[Any]) -> None:
        """Shorten long lists of towns; call a made-up number by no name."""
        super().furnish(rows)
        for row in rows:
            row.all_towns = row.towns_written
            names = row.towns_written.split(", ")
            if len(names) > _SHOWN_TOWNS:
                more = len(names) - _SHOWN_TOWNS
                row.towns_written = f"{', '.join(names[:_SHOWN_TOWNS])} et {more} autres"
            made_up = row.reference.startswith("commune-")
            row.reference_written = "sans numéro" if made_up else row.reference

    def beside(self, request: Any, row: Model) -> str:
        """Parties, towns, amendments, files, and what the rule says of ORT."""
        agreement = whole_agreements(Agreement.objects.filter(pk=row.pk)).get()
        today = timezone.localdate()
        parties = [(party, _named(party, today)) for party in agreement.parties.all()]
        coverages = list(agreement.coverages.all())
        labels = town_labels([link.town_id for link in coverages], on=today)
        suggestion = forms.suggestion_for(agreement)
        context = {
            "agreement": agreement,
            "parties": parties,
            "covered": [(labels.get(link.town_id), link) for link in coverages],
            "suggestion": suggestion,
            "ground": forms.GROUNDS[suggestion.ground],
            "document_url": self.get_url_name("piece"),
        }
        return render_to_string("agreements/desk/agreement.html", context, request)

    def get_urlpatterns(self) -> list[URLPattern]:
        """The files too."""
        return [
            *super().get_urlpatterns(),
            path("piece/<int:pk>/", self.read_document, name="piece"),
        ]

    def read_document(self, request: Any, pk: int) -> HttpResponseBase:
        """A file, for those who see its agreement; 404 for others."""
        if not self.permission_policy.user_has_permission(request.user, "view"):
            raise Http404
        document = get_object_or_404(readable_documents(reach_of(request.user)), pk=pk)
        return FileResponse(
            document.file.open("rb"),
            as_attachment=True,
            filename=document.name,
            content_type=content_type_of(document.name),
        )

    def trail_rows(self, row: Any) -> list[Model]:
        """The agreement, its amendments and its files."""
        return [row, *row.amendments.all(), *row.documents.all()]


def _named(party: Any, on: date) -> str:
    if party.town_id:
        label = town_labels([party.town_id], on=on).get(party.town_id)
        return f"{label.name} ({label.code})" if label else ""
    for place in (party.intercommunality, party.region, party.department):
        if place is not None:
            period = place.periods.as_of(on).first()
            return str(period or place)
    return str(party.place or "")
