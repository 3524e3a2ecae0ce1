"""The index of the trail by patient, which ``0007_looks`` names, built beside the running work."""

from django.db import migrations

from clinic.wall.columns import Steps
from clinic.wall.indexes import index_beside

OVER = "clinic_auditentry (practice_id, patient, at DESC, id DESC) WHERE patient IS NOT NULL"


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("clinic", "0021_unwanted_files")]

    operations = [Steps(index_beside("audit_by_patient", OVER))]
