"""What was done of an exercise is never changed or removed; a correction is a new row."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("programs", "0004_sessions"), ("patients", "0004_logs_stay")]

    operations = [
        migrations.RunSQL(
            "CREATE TRIGGER programs_exerciselog_is_kept "
            "BEFORE UPDATE OR DELETE ON programs_exerciselog "
            "FOR EACH ROW EXECUTE FUNCTION patients_refuse_change();",
            "DROP TRIGGER programs_exerciselog_is_kept ON programs_exerciselog;",
        )
    ]
