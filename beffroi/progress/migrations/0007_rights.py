"""Who makes reports: those who keep the register of an area, and a role of its own.

Mandates say where. Permissions are made here because Django makes its own only after the last
migration.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations

RIGHTS = (
    ("wagtailadmin", "admin", "access_admin"),
    ("progress", "snapshot", "view_snapshot"),
    ("progress", "snapshot", "add_snapshot"),
)
ROLES = ("Registre", "Avancement")


def give_rights(apps: Any, schema_editor: Any) -> None:
    """Add to each role what its work asks; what an operator added stays."""
    groups = apps.get_model("auth", "Group").objects
    for name in ROLES:
        group, _ = groups.get_or_create(name=name)
        group.permissions.add(*(_permission(apps, *right) for right in RIGHTS))


def _permission(apps: Any, app: str, model: str, codename: str) -> Any:
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app, model=model
    )
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=kind,
        codename=codename,
        defaults={"name": codename.replace("_", " ")},
    )
    return permission


class Migration(migrations.Migration):
    dependencies = [
        ("progress", "0006_reviewed_figures"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]
    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
