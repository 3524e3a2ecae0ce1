"""What is asked with each log, in fewer ways to the database.

``programs_device_found``: whose device it is and what is behind it, in one answer. What is open
meanwhile is a setting of the function's own time: it is as it was when the answer goes back.
``programs_open_case`` says which library stands as well.
"""

from importlib import import_module

from django.db import migrations

FOUND = """
CREATE FUNCTION programs_device_found(wanted uuid, moment timestamptz)
RETURNS TABLE (g programs_devicegrant, a programs_patientaccess, c patients_case,
               p patients_patient, i clinic_practice, conditions text[])
LANGUAGE plpgsql VOLATILE SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    of_practice text := coalesce(current_setting('homeward.practice', true), '');
    of_case text := coalesce(current_setting('homeward.case', true), '');
    theirs record;
BEGIN
    SELECT w.practice, w.of_case INTO theirs FROM wall_cases_of_devices(ARRAY[wanted]) w;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    PERFORM set_config('homeward.practice', theirs.practice::text, true),
        set_config('homeward.case', theirs.of_case::text, true);
    RETURN QUERY SELECT d.* FROM programs_device(wanted, moment) d;
    PERFORM set_config('homeward.practice', of_practice, true),
        set_config('homeward.case', of_case, true);
END;
$$;
"""
_BEFORE = import_module("programs.migrations.0039_a_log_in_few_statements").OPEN
_DROP = "DROP FUNCTION programs_open_case(uuid, uuid[], uuid[], timestamptz, timestamptz);\n"
OPEN = _BEFORE.replace("received bigint)", "received bigint, library json)").replace(
    "    versions := programs_versions(wanted);",
    "    library := programs_library(c.practice_id);\n    versions := programs_versions(wanted);",
)


class Migration(migrations.Migration):
    dependencies = [("programs", "0039_a_log_in_few_statements")]

    operations = [
        migrations.RunSQL(FOUND, "DROP FUNCTION programs_device_found(uuid, timestamptz);"),
        migrations.RunSQL(_DROP + OPEN, _DROP + _BEFORE),
    ]
