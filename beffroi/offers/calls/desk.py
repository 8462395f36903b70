"""Calls, their editions and the laureates of the brownfield fund, on the desk."""

from __future__ import annotations

from beffroi.foundations.desk.columns import PlainColumn, TownColumn
from beffroi.foundations.desk.viewsets import RegisterViewSet
from beffroi.foundations.mandates.queries import Scope
from beffroi.offers.calls.forms import (
    BrownfieldCorrection,
    BrownfieldForm,
    CallCorrection,
    CallForm,
    EditionForm,
)
from beffroi.offers.calls.models import BrownfieldProject, Call, Edition
from beffroi.offers.calls.permissions import (
    editable_brownfields,
    editable_calls,
    editable_editions,
    visible_brownfields,
    visible_calls,
    visible_editions,
)


def at_national_level(scope: Scope) -> bool:
    """Calls are opened for the whole country."""
    return scope.is_national


class BrownfieldViewSet(RegisterViewSet):
    """The laureates of the brownfield fund."""

    model = BrownfieldProject
    name = "friches"
    icon = "site"
    menu_label = "Lauréats du Fonds friches"
    menu_order = 80
    visible = staticmethod(visible_brownfields)
    editable = staticmethod(editable_brownfields)
    form_class = BrownfieldForm
    correction_form_class = BrownfieldCorrection
    town_path = "town"
    list_related = ["edition__call"]
    list_filter = ["edition__number", "decided_on"]
    list_display = [
        "reference",
        TownColumn(),
        PlainColumn("edition.number", label="Édition", sort_key="edition__number"),
        PlainColumn("decided_on", label="Décidé le", sort_key="decided_on"),
        PlainColumn("area_m2", label="Surface (m²)", sort_key="area_m2"),
        PlainColumn("housing_m2", label="Logements (m²)", sort_key="housing_m2"),
        PlainColumn("social_percent", label="Part sociale (%)", sort_key="social_percent"),
    ]
    list_export = [
        "reference",
        "town",
        "edition.number",
        "decided_on",
        "area_m2",
        "housing_m2",
        "social_percent",
    ]
    export_headings = {"edition.number": "Édition", "town": "Commune"}
    search_fields = ["reference"]
    ordering = "-decided_on"
    empty_words = "Aucun lauréat. Ajoutez le premier, ou importez le fichier « fonds-friches »."


class CallViewSet(RegisterViewSet):
    """Calls that come back edition after edition."""

    model = Call
    name = "appels"
    icon = "doc-full"
    menu_label = "Appels"
    menu_order = 120
    visible = staticmethod(visible_calls)
    editable = staticmethod(editable_calls)
    may_add = staticmethod(at_national_level)
    form_class = CallForm
    correction_form_class = CallCorrection
    list_display = ["name", "code"]
    list_export = ["code", "name"]
    search_fields = ["name", "code"]
    empty_words = "Aucun appel."


class EditionViewSet(RegisterViewSet):
    """Editions: opened at the desk or by an import."""

    model = Edition
    name = "editions"
    icon = "list-ol"
    menu_label = "Éditions des appels"
    menu_order = 121
    visible = staticmethod(visible_editions)
    editable = staticmethod(editable_editions)
    may_add = staticmethod(at_national_level)
    is_corrected = False
    form_class = EditionForm
    list_related = ["call"]
    list_display = ["call", "number"]
    list_export = ["call", "number"]
    list_filter = ["call"]
    search_fields = ["call__name"]
    empty_words = "Aucune édition."
