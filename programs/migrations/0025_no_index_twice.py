"""What an index holds that another begins with goes, and corrections keep no nulls."""

from django.db import migrations

from clinic.wall.columns import unless_null
from clinic.wall.indexes import key_without_index


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("patients", "0022_no_index_twice"),
        ("programs", "0024_answers_are_watched"),
    ]

    operations = [
        migrations.AlterField(
            "exerciselog", "session", key_without_index("programs.sessionlog", "exercises")
        ),
        migrations.AlterField(
            "issuedprescription", "program", key_without_index("programs.program", "prescriptions")
        ),
        migrations.AlterField(
            "sessionlog", "case", key_without_index("patients.case", "session_logs")
        ),
        migrations.RunSQL(*unless_null("programs_exerciselog", "corrects_id")),
    ]
