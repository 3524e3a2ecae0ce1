"""How far a surgeon lets joints go is kept with the operation."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patients", "0031_who_told_a_red_flag")]

    operations = [
        migrations.AddField(
            model_name="casesurgery",
            name="limits",
            field=models.JSONField(blank=True, db_default=[], default=list),
        ),
    ]
