from datetime import date

from django.db import migrations


def add_the_programme(apps, schema_editor):
    apps.get_model("membership", "Programme").objects.get_or_create(
        code="pvd",
        defaults={"name": "Petites villes de demain", "launched_on": date(2020, 10, 1)},
    )


class Migration(migrations.Migration):

    dependencies = [
        ("membership", "0002_posts"),
    ]

    operations = [migrations.RunPython(add_the_programme, migrations.RunPython.noop)]
