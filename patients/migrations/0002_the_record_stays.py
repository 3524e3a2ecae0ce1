"""A case shares its patient's practice, and what was recorded is never changed or removed."""

from django.db import migrations

KEPT = ["patients_screenanswer", "patients_redflagclearance", "patients_caserevision"]

SAME_PRACTICE = """
ALTER TABLE patients_case
    ADD CONSTRAINT case_shares_practice
    FOREIGN KEY (patient_id, practice_id) REFERENCES patients_patient (id, practice_id);
"""
UNDO_SAME_PRACTICE = "ALTER TABLE patients_case DROP CONSTRAINT case_shares_practice;"

REFUSE = """
CREATE FUNCTION patients_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Rows of % are never changed or deleted', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END;
$$;
"""
UNDO_REFUSE = "DROP FUNCTION patients_refuse_change();"


def _keep(table):
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_is_kept BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION patients_refuse_change();",
        f"DROP TRIGGER {table}_is_kept ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [("patients", "0001_initial")]

    operations = [
        migrations.RunSQL(SAME_PRACTICE, UNDO_SAME_PRACTICE),
        migrations.RunSQL(REFUSE, UNDO_REFUSE),
        *[_keep(table) for table in KEPT],
    ]
