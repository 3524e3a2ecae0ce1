"""What an index holds that another begins with goes, and corrections are indexed without the nulls.

Nearly no log corrects another: its key held an entry for each of them. Nothing is read meanwhile.
"""

from django.db import migrations

from clinic.wall.columns import unless_null
from clinic.wall.indexes import key_without_index


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("patients", "0021_places_of_neck_and_arm")]

    operations = [
        migrations.AlterField("alert", "case", key_without_index("patients.case", "alerts")),
        migrations.AlterField(
            "casecondition", "case", key_without_index("patients.case", "conditions")
        ),
        migrations.AlterField(
            "screenanswer", "case", key_without_index("patients.case", "answers")
        ),
        migrations.AlterField(
            "symptomlog", "case", key_without_index("patients.case", "symptom_logs")
        ),
        migrations.RunSQL(*unless_null("patients_symptomlog", "corrects_id")),
    ]
