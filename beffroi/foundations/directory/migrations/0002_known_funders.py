from django.db import migrations

KNOWN_FUNDERS = (
    ("État", "110014016"),
    ("ANCT", "130026032"),
    ("Anah", "180067027"),
    ("Banque des Territoires", "180020026"),
    ("Ademe", "385290309"),
    ("Cerema", "130018310"),
    ("Action Logement", ""),
    ("Agences de l'eau", ""),
)


def add_known_funders(apps, schema_editor):
    organisations = apps.get_model("directory", "Organisation").objects
    for name, siren in KNOWN_FUNDERS:
        if siren and organisations.filter(siren=siren).exists():
            continue
        organisations.get_or_create(name=name, defaults={"siren": siren, "is_funder": True})


class Migration(migrations.Migration):

    dependencies = [
        ("directory", "0001_initial"),
    ]

    operations = [migrations.RunPython(add_known_funders, migrations.RunPython.noop)]
