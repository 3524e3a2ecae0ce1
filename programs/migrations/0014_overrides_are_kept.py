"""Overrides are only added from here on: taking one back is a row of its own."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from clinic.models.owned import InheritedPractice
from clinic.wall.columns import Child, looked_up

TABLE = "programs_overriderevocation"
CHILD = Child(TABLE, "override_id", "programs_override")
KEYS = f"""
ALTER TABLE {TABLE} DROP CONSTRAINT {TABLE}_override_id_key;
ALTER TABLE {TABLE} ADD CONSTRAINT {TABLE}_override_id_key UNIQUE (override_id, practice_id),
    ADD CONSTRAINT {TABLE}_override_id_practice FOREIGN KEY (override_id, practice_id)
    REFERENCES programs_override (id, practice_id) DEFERRABLE INITIALLY DEFERRED;
"""
COPY = f"""
INSERT INTO {TABLE} (override_id, practice_id, revoked_at)
SELECT id, practice_id, revoked_at FROM programs_override WHERE revoked_at IS NOT NULL ORDER BY id;
SET CONSTRAINTS ALL IMMEDIATE;
"""  # noqa: S608 - our own names
COPY_BACK = f"""
UPDATE programs_override SET revoked_at = gone.revoked_at FROM {TABLE} gone
WHERE gone.override_id = programs_override.id;
SET CONSTRAINTS ALL IMMEDIATE;
"""  # noqa: S608 - our own names
FORBID = f"""
CREATE TRIGGER override_is_final BEFORE UPDATE OR DELETE ON programs_override
    FOR EACH ROW EXECUTE FUNCTION programs_forbid_change();
CREATE TRIGGER override_revocation_is_final BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION programs_forbid_change();
"""
ALLOW = f"""
DROP TRIGGER override_revocation_is_final ON {TABLE};
DROP TRIGGER override_is_final ON programs_override;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0013_practice_filled"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="override",
            constraint=models.UniqueConstraint(
                fields=("id", "practice"), name="override_and_practice"
            ),
        ),
        migrations.CreateModel(
            name="OverrideRevocation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("practice", InheritedPractice(parent="override")),
                (
                    "override",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revocation",
                        to="programs.override",
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("revoked_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.RunSQL(KEYS, migrations.RunSQL.noop),
        migrations.RunSQL(*looked_up(CHILD)),
        migrations.RunSQL(COPY, COPY_BACK),
        migrations.RemoveField("override", "revoked_at"),
        migrations.RunSQL(FORBID, ALLOW),
    ]
