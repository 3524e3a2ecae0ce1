"""Who helps a patient is named beside a red flag that they told."""

from django.db import migrations, models


def _helper():
    return models.CharField(blank=True, db_default="", default="", max_length=103)


class Migration(migrations.Migration):
    dependencies = [("patients", "0030_no_index_twice_again")]

    operations = [
        migrations.AddField(model_name="screenanswer", name="helper", field=_helper()),
        migrations.AddField(model_name="caserevision", name="helper", field=_helper()),
    ]
