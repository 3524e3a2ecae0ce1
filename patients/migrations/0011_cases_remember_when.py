"""Cases from before go on under the moment that patients' devices know them by."""

from django.db import migrations

FILL = """
UPDATE patients_case SET created_at = patients_patient.created_at
FROM patients_patient WHERE patients_patient.id = patients_case.patient_id;
"""


class Migration(migrations.Migration):
    dependencies = [("patients", "0010_patients_are_merged")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
