"""What an index holds that another begins with goes, in the tables that came since."""

import django.db.models.deletion
from django.db import migrations, models

from clinic.wall.columns import Models, Steps
from clinic.wall.indexes import no_own_index

#: Model, its foreign key, what that leads to, and the name of the way back.
KEYS = [
    ("exerciseuse", "practice", "clinic.practice", "+"),
    ("handout", "prescription", "programs.issuedprescription", "handouts"),
    ("linksent", "access", "programs.patientaccess", "sendings"),
    ("remindermail", "reminder", "programs.reminder", "mails"),
    ("screenwaiver", "prescription", "programs.issuedprescription", "waivers"),
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

    dependencies = [("programs", "0032_asked_by_the_version")]

    operations = [
        Steps(*[no_own_index(f"programs_{model}", f"{name}_id") for model, name, *_ in KEYS]),
        Models(*[migrations.AlterField(m, name, _field(to, back)) for m, name, to, back in KEYS]),
    ]
