from datetime import date

from django.db import migrations


def add_the_other_programme(apps, schema_editor):
    programmes = apps.get_model("membership", "Programme").objects
    programmes.get_or_create(
        code="acv",
        defaults={"name": "Action cœur de ville", "launched_on": date(2018, 3, 27)},
    )
    # The threshold of the small towns' programme; three real members exceed it.
    programmes.filter(code="pvd", largest_population=None).update(largest_population=20_000)


class Migration(migrations.Migration):

    dependencies = [
        ("membership", "0004_holders_vacancies_fundings"),
    ]

    operations = [migrations.RunPython(add_the_other_programme, migrations.RunPython.noop)]
