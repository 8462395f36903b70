"""Every frozen report was public until now: each stays so, since the moment it was frozen."""

from django.db import migrations


def publish(apps, schema_editor):
    Snapshot = apps.get_model("progress", "Snapshot")
    Publication = apps.get_model("progress", "Publication")
    Publication.objects.bulk_create(
        Publication(
            snapshot_id=pk, published_at=frozen_at, published_by_id=frozen_by
        )
        for pk, frozen_at, frozen_by in Snapshot.objects.values_list(
            "pk", "frozen_at", "frozen_by_id"
        )
    )


class Migration(migrations.Migration):

    dependencies = [("progress", "0004_publications")]

    operations = [migrations.RunPython(publish, migrations.RunPython.noop)]
