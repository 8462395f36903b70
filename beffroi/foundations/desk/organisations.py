"""Organisations on the desk, where an unknown funder is added: read by all, kept nationally."""

from __future__ import annotations

from django.db.models import QuerySet

from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.directory.actions import record_organisation
from beffroi.foundations.directory.models import Organisation
from beffroi.foundations.mandates.queries import Scope

from .columns import PlainColumn
from .forms import RegisterForm
from .viewsets import RegisterViewSet


def visible_organisations(scope: Scope) -> QuerySet[Organisation]:
    """All for those who look after towns; one's own for a partner."""
    rows = Organisation.objects.all()
    return rows if scope.has_area else rows.filter(pk__in=scope.organisation_ids)


def editable_organisations(scope: Scope) -> QuerySet[Organisation]:
    """All, for those who act for the whole country; none for others: every area shares them."""
    rows = Organisation.objects.all()
    return rows if scope.is_national else rows.none()


class OrganisationForm(RegisterForm):
    """A name, a SIREN, whether it gives money, and whether reports show it as a partner."""

    class Meta:
        model = Organisation
        fields = ["name", "siren", "is_funder", "is_partner", "logo"]

    def write(self, *, by: Authorship) -> Organisation:
        """Record it."""
        names = ("name", "siren", "is_funder", "is_partner", "logo")
        entered = {name: self.cleaned_data[name] for name in names}
        return record_organisation(organisation=self.instance, **entered, by=by)


class OrganisationViewSet(RegisterViewSet):
    """Funders and partners."""

    model = Organisation
    name = "organisations"
    icon = "group"
    menu_label = "Organisations"
    menu_order = 800
    visible = staticmethod(visible_organisations)
    editable = staticmethod(editable_organisations)
    form_class = OrganisationForm
    list_display = [
        "name",
        "siren",
        PlainColumn("is_funder", label="Financeur"),
        PlainColumn("is_partner", label="Partenaire"),
    ]
    list_filter = ["is_funder", "is_partner"]
    list_export = ["name", "siren", "is_funder", "is_partner"]
    search_fields = ["name", "siren"]
    empty_words = "Aucune organisation."

    @staticmethod
    def may_add(scope: Scope) -> bool:
        """At the national level."""
        return scope.is_national
