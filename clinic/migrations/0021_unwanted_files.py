"""Files of the bucket that no row needs any more, until they are gone there."""

import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.db import migrations, models

NOTE = """
CREATE FUNCTION clinic_file_unwanted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.stored_digest <> '' AND (TG_OP = 'DELETE' OR NEW.stored_digest = '') THEN
        INSERT INTO clinic_unwantedfile (practice_id, digest)
        VALUES (OLD.practice_id, OLD.stored_digest) ON CONFLICT (digest, practice_id) DO NOTHING;
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("clinic", "0020_reply_address")]

    operations = [
        migrations.CreateModel(
            name="UnwantedFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                (
                    "since",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        default=django.utils.timezone.now,
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clinic.practice",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("digest", "practice"), name="unwanted_file_once"
                    )
                ],
            },
        ),
        migrations.RunSQL(NOTE, "DROP FUNCTION clinic_file_unwanted()"),
    ]
