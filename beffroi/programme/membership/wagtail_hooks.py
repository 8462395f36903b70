"""What this room adds to the desk."""

from __future__ import annotations

from beffroi.foundations.audit.wording import name_acts, name_details
from beffroi.foundations.desk.registration import register_on_desk
from beffroi.foundations.territories.models import Town

from .desk import DesignationViewSet, GroupViewSet, PostViewSet
from .models import ProjectManagerPost

name_acts(
    {
        "designate_town": "Commune désignée",
        "designate_towns": "Désignation enregistrée",
        "end_designations": "Désignation terminée",
        "correct_designation": "Désignation corrigée",
        "group_towns": "Groupement enregistré",
        "open_post": "Poste ouvert",
        "fill_posts": "Poste enregistré",
        "correct_post": "Poste corrigé",
        "close_posts": "Poste clos",
        "fill_post": "Poste pourvu",
        "vacate_post": "Poste déclaré vacant",
        "correct_holder": "Titulaire corrigé",
        "erase_holders": "Titulaire effacé",
        "change_served_towns": "Communes desservies changées",
        "fund_post": "Financement enregistré",
    }
)
name_details(ProjectManagerPost, {"town_ids": ("communes desservies", Town)})
for viewset in (DesignationViewSet, GroupViewSet, PostViewSet):
    register_on_desk(viewset)
