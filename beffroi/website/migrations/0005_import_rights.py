"""The role « Registre » may bring files in; its mandates still say where."""

from __future__ import annotations

from typing import Any

from django.db import migrations


def grant(apps: Any, schema_editor: Any) -> None:
    """Permissions are made here because Django makes its own only after the last migration."""
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="imports", model="importrun"
    )
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=kind,
        codename="add_importrun",
        defaults={"name": "Can add reprise"},
    )
    group = apps.get_model("auth", "Group").objects.filter(name="Registre").first()
    if group:
        group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("website", "0004_register_roles"),
        ("imports", "0004_run_details"),
    ]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
