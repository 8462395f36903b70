"""Designations, groups and posts on the desk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

import django_filters
from django.db.models import Model, Q, QuerySet, prefetch_related_objects
from django.template.loader import render_to_string
from django.utils import timezone

from beffroi.foundations.dates import format_date
from beffroi.foundations.desk.acts import Act
from beffroi.foundations.desk.columns import PlainColumn, TownColumn
from beffroi.foundations.desk.filters import RegisterFilterSet
from beffroi.foundations.desk.viewsets import RegisterViewSet
from beffroi.foundations.territories.queries import town_labels
from beffroi.programme.membership import bulk, forms, post_forms
from beffroi.programme.membership.models import (
    Designation,
    ProjectManagerPost,
    ServedTown,
    TownGroup,
)
from beffroi.programme.membership.permissions import (
    editable_designations,
    editable_groups,
    editable_posts,
    visible_designations,
    visible_groups,
    visible_posts,
)
from beffroi.programme.membership.queries import (
    Occupancy,
    designations_on,
    funding_by_year,
    is_held,
    is_vacant,
    occupancies,
    occupancy,
    posts_on,
)

_KEPT = ("holders", "vacancies", "served_towns", "fundings__funder")
_OPEN_OR_NOT = [("open", "en cours"), ("ended", "terminées")]


class DesignationFilters(RegisterFilterSet):
    """By whether the designation is in force today."""

    state = django_filters.ChoiceFilter(label="État", choices=_OPEN_OR_NOT, method="in_state")

    def in_state(
        self, rows: QuerySet[Designation], _name: str, value: str
    ) -> QuerySet[Designation]:
        """In force, or over."""
        in_force = designations_on(timezone.localdate()).values("pk")
        return rows.filter(pk__in=in_force) if value == "open" else rows.exclude(pk__in=in_force)


class DesignationViewSet(RegisterViewSet):
    """Towns in their programmes."""

    model = Designation
    name = "designations"
    icon = "site"
    menu_label = "Communes désignées"
    menu_order = 110
    visible = staticmethod(visible_designations)
    editable = staticmethod(editable_designations)
    form_class = forms.DesignationForm
    correction_form_class = forms.DesignationCorrection
    filter_base = DesignationFilters
    town_path = "town"
    list_related = ["programme", "group"]
    list_filter = ["programme", "started_on", "ended_on"]
    list_display = [
        TownColumn(),
        PlainColumn("programme", label="Programme", sort_key="programme__name"),
        PlainColumn("group", label="Groupement", sort_key="group__reference"),
        PlainColumn("started_on", label="Depuis", sort_key="started_on"),
        PlainColumn("ended_on", label="Sortie le", sort_key="ended_on"),
    ]
    list_export = ["town", "programme", "group", "started_on", "ended_on"]
    sheet_labels = {"town": "commune", "group": "groupement"}
    search_fields = ["group__reference"]
    acts = (Act("fin", "Mettre fin", forms.EndDesignation, "Désignation terminée"),)
    bulk_acts = (bulk.END_DESIGNATIONS, bulk.GROUP_TOWNS)
    empty_words = "Aucune commune désignée dans votre périmètre. Ajoutez-en une, ou importez."


class GroupViewSet(RegisterViewSet):
    """Towns designated together; made and left from the list of designations."""

    model = TownGroup
    name = "groupements"
    icon = "group"
    menu_label = "Groupements"
    menu_order = 111
    visible = staticmethod(visible_groups)
    editable = staticmethod(editable_groups)
    town_path = "designations__town"
    list_related = ["programme"]
    list_filter = ["programme"]
    list_display = [
        PlainColumn("reference", label="Référence", sort_key="reference"),
        PlainColumn("programme", label="Programme"),
        TownColumn(label="Communes"),
    ]
    list_export = ["reference", "programme", "towns_written"]
    export_headings = {"towns_written": "Communes"}
    search_fields = ["reference"]
    empty_words = "Aucun groupement. Cochez des communes désignées, puis « Grouper »."

    def towns_of(self, rows: list[Any]) -> dict[Any, list[int]]:
        """The towns of each group."""
        links = Designation.objects.filter(group_id__in=[row.pk for row in rows])
        return _by_key(links.order_by("pk").values_list("group_id", "town_id"))


_OCCUPANCIES = [
    ("held", "pourvus"),
    ("vacant", "vacants"),
    ("unrecorded", "titulaire non renseigné"),
    ("closed", "clos"),
]


class PostFilters(RegisterFilterSet):
    """By who holds the post today."""

    occupancy = django_filters.ChoiceFilter(
        label="Situation", choices=_OCCUPANCIES, method="in_occupancy"
    )

    def in_occupancy(
        self, rows: QuerySet[ProjectManagerPost], _name: str, value: str
    ) -> QuerySet[ProjectManagerPost]:
        """Held, vacant, unknown, or closed."""
        today = timezone.localdate()
        is_open = Q(pk__in=posts_on(today).values("pk"))
        held, vacant = Q(is_held(today)), Q(is_vacant(today))
        wanted = {
            "held": is_open & held,
            "vacant": is_open & vacant,
            "unrecorded": is_open & ~held & ~vacant,
            "closed": Q(ended_on__lt=today),
        }
        return rows.filter(wanted[value])


class PostViewSet(RegisterViewSet):
    """Project managers' posts."""

    model = ProjectManagerPost
    name = "postes"
    icon = "user"
    menu_label = "Postes de chef de projet"
    menu_order = 40
    visible = staticmethod(visible_posts)
    editable = staticmethod(editable_posts)
    form_class = post_forms.PostForm
    correction_form_class = post_forms.PostCorrectionForm
    filter_base = PostFilters
    town_path = "served_towns__town"
    list_related = ["programme"]
    list_filter = ["programme", "employer_kind", "started_on", "ended_on"]
    list_display = [
        PlainColumn("reference", label="Identifiant", sort_key="reference"),
        TownColumn(label="Communes desservies"),
        PlainColumn("get_employer_kind_display", label="Employeur", sort_key="employer_kind"),
        PlainColumn("occupancy_written", label="Situation"),
        PlainColumn("started_on", label="Depuis", sort_key="started_on"),
        PlainColumn("ended_on", label="Jusqu’au", sort_key="ended_on"),
    ]
    list_export = [
        "reference",
        "programme",
        "towns_written",
        "employer_kind",
        "occupancy_written",
        "started_on",
        "ended_on",
        "annual_cost",
    ]
    export_headings = {"towns_written": "Communes desservies", "occupancy_written": "Situation"}
    inspect_view_fields = [
        "reference",
        "programme",
        "employer_kind",
        "employer_town",
        "employer_intercommunality",
        "started_on",
        "ended_on",
        "annual_cost",
    ]
    sheet_labels = {
        "employer_town": "commune employeuse",
        "employer_intercommunality": "intercommunalité employeuse",
    }
    search_fields = ["reference", "holders__name"]
    acts = (
        Act("pourvoir", "Pourvoir le poste", post_forms.FillPost, "Poste pourvu"),
        Act("titulaire", "Corriger le titulaire", post_forms.CorrectHolder, "Titulaire corrigé"),
        Act("vacance", "Déclarer vacant", post_forms.VacatePost, "Poste déclaré vacant"),
        Act("communes", "Changer les communes", post_forms.ChangeServedTowns, "Communes changées"),
        Act("financement", "Financer une année", post_forms.FundPost, "Financement enregistré"),
        Act("clore", "Clore le poste", post_forms.ClosePost, "Poste clos"),
    )
    bulk_acts = (bulk.CLOSE_POSTS,)
    empty_words = "Aucun poste dans votre périmètre. Ouvrez-en un, ou importez le fichier."

    def towns_of(self, rows: list[Any]) -> dict[Any, list[int]]:
        """The towns that each post serves, or served."""
        links = ServedTown.objects.filter(post_id__in=[row.pk for row in rows])
        return _by_key(links.order_by("pk").values_list("post_id", "town_id"))

    def furnish(self, rows: list[Any]) -> None:
        """Add who holds each post, without naming anyone."""
        super().furnish(rows)
        today = timezone.localdate()
        found = occupancies([row.pk for row in rows], as_of=today)
        for row in rows:
            row.occupancy_written = situation(row, found[row.pk], today)

    def beside(self, request: Any, row: Model) -> str:  # noqa: ARG002
        """Holders, vacancies, towns by period, funding by year."""
        today = timezone.localdate()
        post: Any = row
        prefetch_related_objects([post], *_KEPT)
        labels = town_labels([link.town_id for link in post.served_towns.all()], on=today)
        context = {
            "post": post,
            "now": occupancy(post, as_of=today),
            "served": [(labels.get(link.town_id), link) for link in post.served_towns.all()],
            "years": funding_by_year(post),
        }
        return render_to_string("membership/desk/post.html", context)

    def trail_rows(self, row: Any) -> list[Model]:
        """The post, its holders, its vacancies, its towns and its funding."""
        prefetch_related_objects([row], *_KEPT)
        return [
            row,
            *row.holders.all(),
            *row.vacancies.all(),
            *row.served_towns.all(),
            *row.fundings.all(),
        ]


def situation(post: ProjectManagerPost, found: Occupancy, on: date) -> str:
    """Where a post stands on a day, in words, without naming anyone."""
    if post.ended_on and post.ended_on < on:
        return "clos"
    if post.started_on > on:
        return "à ouvrir"
    if found.holder:
        return "pourvu"
    if found.vacant_since:
        return f"vacant depuis le {format_date(found.vacant_since)}"
    return "titulaire non renseigné"


def _by_key(links: Iterable[tuple[Any, int]]) -> dict[Any, list[int]]:
    found: defaultdict[Any, list[int]] = defaultdict(list)
    for key, town_id in links:
        if town_id not in found[key]:
            found[key].append(town_id)
    return found
