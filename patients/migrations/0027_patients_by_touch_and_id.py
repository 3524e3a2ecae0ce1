"""The list of patients goes on behind a row, so its index knows the order among equals."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("patients", "0026_answers_leave_old_sessions")]

    operations = [
        AddIndexConcurrently(
            model_name="patient",
            index=models.Index(fields=["practice", "-touched_at", "id"], name="patient_by_touch"),
        ),
        RemoveIndexConcurrently(model_name="patient", name="patient_touched"),
    ]
