from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("progress", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="snapshot",
            name="rows",
            field=models.JSONField(verbose_name="lignes figées", null=True),
        ),
    ]
