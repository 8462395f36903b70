"""The roles of the desk. An account without a role sees nothing; each role has what its work asks.

Permissions are made here because Django makes its own only after the last migration.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations

DESK = ("wagtailadmin", "admin", "access_admin")
# Wagtail asks for the rights of its own models, whatever models a site puts in their place.
IMAGES = tuple(("wagtailimages", "image", f"{verb}_image") for verb in ("add", "change", "choose"))
DOCUMENTS = tuple(
    ("wagtaildocs", "document", f"{verb}_document") for verb in ("add", "change", "choose")
)
SEE_FIGURES = ("progress", "snapshot", "view_snapshot")
SEE_MAILINGS = ("delivery", "mailing", "view_mailing")

NAMES = {
    "approve_issue": "Peut approuver un numéro",
    "deliver_issue": "Peut envoyer un numéro approuvé",
}


def _all(app: str, model: str) -> tuple[tuple[str, str, str], ...]:
    return tuple((app, model, f"{verb}_{model}") for verb in ("add", "change", "view"))


# Role → rights over the whole site, rights over the collection of media, rights over the letter.
ROLES: dict[str, dict[str, tuple[Any, ...]]] = {
    "Rédaction": {
        "site": (DESK, SEE_FIGURES, ("progress", "snapshot", "add_snapshot")),
        "media": (*IMAGES, *DOCUMENTS),
        "letter": ("add_page", "change_page"),
    },
    "Approbation": {
        "site": (DESK, SEE_FIGURES, SEE_MAILINGS, ("issues", "approval", "approve_issue")),
    },
    "Envoi": {
        "site": (DESK, SEE_FIGURES, SEE_MAILINGS, ("issues", "approval", "deliver_issue")),
    },
    "Registre": {
        "site": (
            DESK,
            SEE_FIGURES,
            *_all("directory", "organisation"),
            ("imports", "refusedrow", "view_refusedrow"),
            ("imports", "refusedrow", "change_refusedrow"),
        ),
    },
    "Abonnés": {
        "site": (
            DESK,
            ("audience", "subscriber", "view_subscriber"),
            ("audience", "subscriber", "withdraw_subscriber"),
        ),
    },
}


def make_roles(apps: Any, schema_editor: Any) -> None:
    """Create each role once and give it its rights; what an operator added stays."""
    groups = apps.get_model("auth", "Group").objects
    # Wagtail's own groups may edit the whole tree; nobody is to be given that by habit.
    groups.filter(name__in=("Editors", "Moderators"), user=None).delete()
    for name, rights in ROLES.items():
        group, _ = groups.get_or_create(name=name)
        group.permissions.add(*(_permission(apps, *right) for right in rights["site"]))
        _media_rights(apps, group, rights.get("media", ()))
        _letter_rights(apps, group, rights.get("letter", ()))


def _permission(apps: Any, app: str, model: str, codename: str) -> Any:
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app, model=model
    )
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=kind,
        codename=codename,
        defaults={"name": NAMES.get(codename, codename.replace("_", " "))},
    )
    return permission


def _media_rights(apps: Any, group: Any, rights: tuple[tuple[str, str, str], ...]) -> None:
    root = apps.get_model("wagtailcore", "Collection").objects.order_by("path").first()
    rows = apps.get_model("wagtailcore", "GroupCollectionPermission").objects
    for right in rights:
        rows.get_or_create(group=group, collection=root, permission=_permission(apps, *right))


def _letter_rights(apps: Any, group: Any, codenames: tuple[str, ...]) -> None:
    rows = apps.get_model("wagtailcore", "GroupPagePermission").objects
    for page in apps.get_model("wagtailcore", "Page").objects.filter(
        content_type__app_label="issues", content_type__model="newsletterpage"
    ):
        for codename in codenames:
            permission = _permission(apps, "wagtailcore", "page", codename)
            rows.get_or_create(group=group, page=page, permission=permission)


class Migration(migrations.Migration):
    dependencies = [
        ("website", "0002_first_pages"),
        ("issues", "0002_approvals"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0098_apitoken"),
    ]
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
