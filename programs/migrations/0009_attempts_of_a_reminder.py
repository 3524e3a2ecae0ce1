"""A reminder counts its attempts as every letter of the outbox does."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programs", "0008_exercise_wishes")]

    operations = [
        migrations.RenameField("remindermail", "tries", "attempts"),
        migrations.AlterField("remindermail", "attempts", models.PositiveIntegerField(default=0)),
        migrations.AlterField(
            "remindermail", "next_try_at", models.DateTimeField(default=django.utils.timezone.now)
        ),
    ]
