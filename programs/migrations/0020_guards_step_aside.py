"""What keeps rows steps aside where the owner erases a record, and for nobody else."""

from django.db import migrations

from clinic.wall.erasing import ERASING, STAND_AGAIN, STEP_ASIDE


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0019_handout_options"),
        ("patients", "0019_erasures"),
    ]

    operations = [
        migrations.RunSQL(ERASING, migrations.RunSQL.noop),
        migrations.RunSQL(STEP_ASIDE, STAND_AGAIN),
    ]
