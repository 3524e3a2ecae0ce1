"""What an index holds that another begins with goes, and corrections keep no nulls."""

import django.db.models.deletion
from django.db import migrations, models

from clinic.wall.columns import unless_null


def _parent(model: str, name: str) -> models.ForeignKey:
    return models.ForeignKey(
        db_index=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name=name,
        to=model,
    )


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("patients", "0022_no_index_twice"),
        ("programs", "0024_answers_are_watched"),
    ]

    operations = [
        migrations.AlterField(
            "exerciselog", "session", _parent("programs.sessionlog", "exercises")
        ),
        migrations.AlterField(
            "issuedprescription", "program", _parent("programs.program", "prescriptions")
        ),
        migrations.AlterField("sessionlog", "case", _parent("patients.case", "session_logs")),
        migrations.RunSQL(*unless_null("programs_exerciselog", "corrects_id")),
    ]
