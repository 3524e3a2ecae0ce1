"""What was logged, scored and marked is never changed or removed."""

from django.db import migrations

KEPT = ["patients_symptomlog", "patients_goalscore", "patients_responsemark"]


def _keep(table):
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_is_kept BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION patients_refuse_change();",
        f"DROP TRIGGER {table}_is_kept ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [("patients", "0003_logs_and_alerts")]

    operations = [_keep(table) for table in KEPT]
