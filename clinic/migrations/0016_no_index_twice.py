"""What an index holds that another begins with goes, in the two tables that grow with every click."""

from django.db import migrations

from clinic.wall.indexes import no_index_twice

#: Model, its foreign key, what that leads to, and the name of the way back.
KEYS = [
    ("auditentry", "practice", "clinic.practice", "audit_entries"),
    ("look", "practice", "clinic.practice", "looks"),
]


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("clinic", "0015_own_rules")]

    operations = no_index_twice("clinic", KEYS)
