"""What an index holds that another begins with goes, and corrections are indexed without the nulls.

Nearly no log corrects another: its key held an entry for each of them. Nothing is read meanwhile.
"""

import django.db.models.deletion
from django.db import migrations, models

from clinic.wall.columns import unless_null


def _case(name: str) -> models.ForeignKey:
    return models.ForeignKey(
        db_index=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name=name,
        to="patients.case",
    )


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("patients", "0021_places_of_neck_and_arm")]

    operations = [
        migrations.AlterField("alert", "case", _case("alerts")),
        migrations.AlterField("casecondition", "case", _case("conditions")),
        migrations.AlterField("screenanswer", "case", _case("answers")),
        migrations.AlterField("symptomlog", "case", _case("symptom_logs")),
        migrations.RunSQL(*unless_null("patients_symptomlog", "corrects_id")),
    ]
