"""What an index holds that another begins with goes, in the tables that came since."""

import django.db.models.deletion
from django.db import migrations, models

from clinic.wall.columns import Models, Steps
from clinic.wall.indexes import no_own_index

#: Model, its foreign key, what that leads to, and the name of the way back.
KEYS = [
    ("caserevision", "case", "patients.case", "revisions"),
    ("casesurgery", "case", "patients.case", "surgeries"),
    ("erasure", "practice", "clinic.practice", "erasures"),
    ("goalscore", "goal", "patients.functionalgoal", "scores"),
    ("nameword", "practice", "clinic.practice", "+"),
    ("patient", "practice", "clinic.practice", "patients"),
    ("visitamendment", "visit", "patients.visitnote", "amendments"),
    ("visitnote", "case", "patients.case", "visits"),
]


def _field(to, back):
    return models.ForeignKey(
        db_index=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name=back,
        to=to,
    )


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("patients", "0029_alerts_counted")]

    operations = [
        Steps(*[no_own_index(f"patients_{model}", f"{name}_id") for model, name, *_ in KEYS]),
        Models(*[migrations.AlterField(m, name, _field(to, back)) for m, name, to, back in KEYS]),
    ]
