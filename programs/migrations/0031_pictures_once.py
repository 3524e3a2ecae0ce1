"""Drawings, movements and logos of issued versions move to a table that has each of them once.

Not in one transaction: the table is there first, then the versions are taken apart a few at a
time. What they say stays what it was, and is compared before it is written: only where it lies
changes. Broken off, it goes on where it stopped, and both kinds of rows can be read meanwhile.
"""

import json

import django.db.models.deletion
from django.db import migrations, models, transaction

from programs.prescriptions.picture_digests import digests_in, put_together, taken_apart

TABLE = "programs_frozenpicture"
ISSUED = "programs_issuedprescription"
#: Versions in one transaction: some megabytes.
BATCH = 50
TRUTH = f"""
ALTER TABLE {TABLE} ADD CONSTRAINT frozen_picture_is_its_digest
    CHECK (digest = encode(sha256(convert_to(content, 'UTF8')), 'hex'));
CREATE TRIGGER frozen_picture_is_final BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW WHEN (NOT wall_erasing()) EXECUTE FUNCTION programs_forbid_change();
"""
LET_GO = f"""
DROP TRIGGER frozen_picture_is_final ON {TABLE};
ALTER TABLE {TABLE} DROP CONSTRAINT frozen_picture_is_its_digest;
"""


def take_apart(apps, schema_editor):
    _each(schema_editor.connection, _apart)


def put_in_again(apps, schema_editor):
    _each(schema_editor.connection, _together)


def _each(connection, change):
    last = 0
    while last is not None:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            # What keeps versions as they are steps aside for the owner, until this batch ends.
            cursor.execute("SELECT set_config('homeward.erasing', 'yes', true)")
            cursor.execute(
                f"SELECT id, practice_id, payload::text FROM {ISSUED} WHERE id > %s "  # noqa: S608
                "ORDER BY id LIMIT %s",
                [last, BATCH],
            )
            rows = cursor.fetchall()
            for key, practice, text in rows:
                before = json.loads(text)
                after = change(cursor, practice, before)
                if after != before:
                    cursor.execute(
                        f"UPDATE {ISSUED} SET payload = %s WHERE id = %s",  # noqa: S608
                        [json.dumps(after), key],
                    )
            cursor.execute("SELECT set_config('homeward.erasing', '', true)")
        last = rows[-1][0] if rows else None


def _apart(cursor, practice, payload):
    stored, pictures = taken_apart(payload)
    if pictures and put_together(stored, pictures) != payload:
        raise ValueError("a version would not say what it said")
    for digest, content in sorted(pictures.items()):
        cursor.execute(
            f"INSERT INTO {TABLE} (practice_id, digest, content) VALUES (%s, %s, %s) "  # noqa: S608
            "ON CONFLICT (digest, practice_id) DO NOTHING",
            [practice, digest, content],
        )
    return stored


def _together(cursor, practice, payload):
    cursor.execute(
        f"SELECT digest, content FROM {TABLE} WHERE practice_id = %s AND digest = ANY (%s)",  # noqa: S608
        [practice, list(digests_in(payload))],
    )
    return put_together(payload, dict(cursor.fetchall()))


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("clinic", "0014_years_to_keep"),
        ("programs", "0030_helpers_have_links"),
    ]

    operations = [
        migrations.CreateModel(
            name="FrozenPicture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                ("digest", models.CharField(max_length=64)),
                ("content", models.TextField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("digest", "practice"), name="frozen_picture_once"
                    )
                ],
            },
        ),
        migrations.RunSQL(TRUTH, LET_GO),
        migrations.RunPython(take_apart, put_in_again),
    ]
