"""What an index holds that another begins with goes, in the two tables that grow with every click."""

import django.db.models.deletion
from django.db import migrations, models

from clinic.wall.columns import Models, Steps
from clinic.wall.indexes import no_own_index

#: Model, its foreign key, what that leads to, and the name of the way back.
KEYS = [
    ("auditentry", "practice", "clinic.practice", "audit_entries"),
    ("look", "practice", "clinic.practice", "looks"),
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

    dependencies = [("clinic", "0015_own_rules")]

    operations = [
        Steps(*[no_own_index(f"clinic_{model}", f"{name}_id") for model, name, *_ in KEYS]),
        Models(*[migrations.AlterField(m, name, _field(to, back)) for m, name, to, back in KEYS]),
    ]
