"""The rows behind the figures move out of the content; what a snapshot says does not change."""

from django.db import migrations


def split(apps, schema_editor):
    Snapshot = apps.get_model("progress", "Snapshot")
    for snapshot in Snapshot.objects.filter(rows=None).iterator(chunk_size=1):
        content = snapshot.content
        tables = content.pop("tables")
        keys = {entry["code"]: entry.pop("rows") for entry in content["figures"]}
        for entry in content["figures"]:
            entry["row_count"] = len(keys[entry["code"]])
        rows = {"figures": keys, "tables": tables}
        Snapshot.objects.filter(pk=snapshot.pk).update(content=content, rows=rows)


class Migration(migrations.Migration):

    dependencies = [("progress", "0002_rows")]

    operations = [migrations.RunPython(split, migrations.RunPython.noop)]
