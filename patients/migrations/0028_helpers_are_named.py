"""Who helps a patient is named beside what they enter."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("patients", "0027_patients_by_touch_and_id"),
    ]

    operations = [
        migrations.AddField(
            model_name="goalscore",
            name="helper",
            field=models.CharField(blank=True, db_default="", default="", max_length=103),
        ),
        migrations.AddField(
            model_name="symptomlog",
            name="helper",
            field=models.CharField(blank=True, db_default="", default="", max_length=103),
        ),
    ]
