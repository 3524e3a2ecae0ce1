"""A kept answer names the settings of the practice by which it was made."""

import datetime as dt

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

LONG_AGO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("clinic", "0023_practices_say_since_when"),
        ("patients", "0034_alerts_beside_the_work"),
    ]

    operations = [
        migrations.AddField(
            "caseresponse",
            "settings_at",
            models.DateTimeField(db_default=LONG_AGO, default=LONG_AGO),
        ),
        AddIndexConcurrently(
            "caseresponse",
            models.Index(
                fields=["practice", "settings_at"],
                condition=models.Q(watched=True),
                name="answers_settings",
            ),
        ),
    ]
