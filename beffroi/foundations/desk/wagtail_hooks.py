"""What this room adds to the desk: the group « Registre » of the menu."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from beffroi.foundations.audit.wording import name_acts, name_details
from beffroi.foundations.mandates.models import Mandate

from .journal import JournalViewSet
from .mandates import MandateViewSet
from .organisations import OrganisationViewSet
from .registration import register_on_desk
from .viewsets import MENU_HOOK

name_acts(
    {
        "grant_mandate": "Périmètre donné",
        "end_mandate": "Périmètre terminé",
        "record_organisation": "Organisation enregistrée",
        "import_cog": "Géographie officielle importée",
        "import_centrality": "Niveaux de centralité importés",
        "import_files": "Fichiers importés",
        "build_demonstration": "Démonstration créée",
        "compose_demonstration": "Démonstration rédigée",
    }
)
name_details(Mandate, {"place": "territoire ou organisation"})
for viewset in (OrganisationViewSet, MandateViewSet, JournalViewSet):
    register_on_desk(viewset)


class RegisterGroup(ViewSetGroup):
    """Its entries come from the rooms, through the hook of the menu."""

    menu_label = "Registre"
    menu_name = "registre"
    menu_icon = "table"
    menu_order = 240
    submenu_hook = MENU_HOOK
    items = ()


@hooks.register("register_admin_viewset")
def register_group() -> RegisterGroup:
    """Place the group in the menu."""
    return RegisterGroup()


@hooks.register("insert_global_admin_css")
def style_lists() -> SafeString:
    """Bring the style of the register's lists."""
    return format_html('<link rel="stylesheet" href="{}">', static("desk/lists.css"))
