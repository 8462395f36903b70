"""The roles of the register: « Registre » gets its models, others come beside it.

Permissions are made here because Django makes its own only after the last migration.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations

from ._register_rights import ROLES, VERBS


def make_roles(apps: Any, schema_editor: Any) -> None:
    """Give each role its rights; what an operator added stays."""
    for name, rights in ROLES.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.add(*(_permission(apps, *right) for right in rights))


def _permission(apps: Any, app: str, model: str, codename: str) -> Any:
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app, model=model
    )
    verb = VERBS.get(codename.split("_")[0], "Peut")
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=kind, codename=codename, defaults={"name": f"{verb} {model}"}
    )
    return permission


class Migration(migrations.Migration):
    dependencies = [
        ("website", "0003_roles"),
    ]
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
