"""What was sent of a link goes with its patient, too: its guard steps aside as the others do."""

from django.db import migrations

TABLE = "programs_linksent"
_GUARD = f"""
DROP TRIGGER {TABLE}_is_kept ON {TABLE};
CREATE TRIGGER {TABLE}_is_kept BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW {{when}} EXECUTE FUNCTION programs_forbid_change();
"""


class Migration(migrations.Migration):
    dependencies = [("programs", "0028_old_sessions_stay_left")]

    operations = [
        migrations.RunSQL(_GUARD.format(when="WHEN (NOT wall_erasing())"), _GUARD.format(when="")),
    ]
