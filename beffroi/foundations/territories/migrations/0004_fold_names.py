"""Fold the names of the towns already there."""

from django.db import migrations

from beffroi.foundations.folding import fold

BATCH = 2_000


def fold_names(apps, schema_editor):
    periods = apps.get_model("territories", "TownPeriod").objects.all()
    rows = []
    for row in periods.only("pk", "name").iterator(chunk_size=BATCH):
        row.folded_name = fold(row.name)[:200]
        rows.append(row)
    periods.bulk_update(rows, ["folded_name"], batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("territories", "0003_centrality_and_folded_names")]

    operations = [migrations.RunPython(fold_names, migrations.RunPython.noop)]
