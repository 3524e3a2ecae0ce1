"""What was asked is written beside a log only where the session's version says another dose.

Logs from before keep theirs: each row would have to be written anew to lose it.
"""

from django.db import migrations, models

#: Back, each log says again what its version does; the owner may, within this transaction.
SAY_AGAIN = """
SELECT set_config('homeward.erasing', 'yes', true);
UPDATE programs_exerciselog log SET asked = coalesce(
    (SELECT part.value -> 'dosage' FROM programs_sessionlog s
     JOIN programs_issuedprescription p ON p.id = s.prescription_id,
     jsonb_array_elements(p.payload -> 'items') part
     WHERE s.id = log.session_id AND part.value ->> 'item' = log.item LIMIT 1), '{}')
WHERE asked IS NULL;
SET CONSTRAINTS ALL IMMEDIATE;
SELECT set_config('homeward.erasing', '', true);
"""


class Migration(migrations.Migration):
    dependencies = [("programs", "0031_pictures_once")]

    operations = [
        migrations.AlterField("exerciselog", "asked", models.JSONField(default=None, null=True)),
        migrations.RunSQL(migrations.RunSQL.noop, SAY_AGAIN),
    ]
