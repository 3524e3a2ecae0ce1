"""Photographs of issued versions move to rows of their own, from which they may go to the bucket.

Not in one transaction, as in ``0031_pictures_once``: the table is there first, then the versions
are taken apart a few at a time, and what each says is compared before it is written. Broken off, it
goes on where it stopped, and both kinds of rows can be read meanwhile.
"""

import json

import django.db.models.deletion
from django.db import migrations, models, transaction

from clinic.models.owned import InheritedPractice
from clinic.wall.columns import Child, looked_up
from programs.prescriptions.photograph_digests import digests_named, put_in, taken_out

TABLE = "programs_issuedphotograph"
ISSUED = "programs_issuedprescription"
#: Versions in one transaction: some megabytes of photographs each, at the most.
BATCH = 10
SAME_PRACTICE = f"""
ALTER TABLE {TABLE} ADD CONSTRAINT {TABLE}_prescription_id_practice
    FOREIGN KEY (prescription_id, practice_id) REFERENCES {ISSUED} (id, practice_id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE {TABLE} ADD CONSTRAINT photograph_lies_in_one_place
    CHECK ((content = '') = (stored_digest <> ''));
ALTER TABLE {TABLE} ADD CONSTRAINT photograph_is_its_digest
    CHECK (digest = CASE WHEN stored_digest = '' THEN encode(sha256(content), 'hex')
                    ELSE stored_digest END);
"""
MOVES = f"""
CREATE FUNCTION programs_photograph_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Its sum is in the row for good, and a check compares it with whatever lies there.
    IF TG_OP = 'DELETE' OR (NEW.id, NEW.practice_id, NEW.prescription_id, NEW.digest, NEW.content_type)
        IS DISTINCT FROM
        (OLD.id, OLD.practice_id, OLD.prescription_id, OLD.digest, OLD.content_type)
        OR NOT ((OLD.stored_digest = '' AND NEW.stored_digest <> ''
                 AND NEW.stored_bytes = length(OLD.content))
             OR (OLD.stored_digest <> '' AND NEW.stored_digest = '' AND NEW.stored_bytes = 0)) THEN
        RAISE EXCEPTION '% is final: it cannot be changed or deleted', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER photograph_is_final BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW WHEN (NOT wall_erasing()) EXECUTE FUNCTION programs_photograph_moves();
CREATE TRIGGER photograph_unwanted AFTER UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW WHEN (OLD.stored_digest <> '') EXECUTE FUNCTION clinic_file_unwanted();
"""
MOVES_BACK = f"""
DROP TRIGGER photograph_unwanted ON {TABLE};
DROP TRIGGER photograph_is_final ON {TABLE};
DROP FUNCTION programs_photograph_moves();
"""


def take_out(apps, schema_editor):
    _each(schema_editor.connection, _out)


def put_in_again(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {TABLE} WHERE stored_digest <> ''")  # noqa: S608
        if cursor.fetchone()[0]:
            raise ValueError("photographs lie in the bucket: bring them back by move_files first")
    _each(schema_editor.connection, _in)


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
                after = change(cursor, key, practice, before)
                if after != before:
                    cursor.execute(
                        f"UPDATE {ISSUED} SET payload = %s WHERE id = %s",  # noqa: S608
                        [json.dumps(after), key],
                    )
            cursor.execute("SELECT set_config('homeward.erasing', '', true)")
        last = rows[-1][0] if rows else None


def _out(cursor, key, practice, payload):
    stored, photographs = taken_out(payload)
    contents = {digest: taken.content for digest, taken in photographs.items()}
    if photographs and put_in(stored, contents) != payload:
        raise ValueError("a version would not say what it said")
    for digest, taken in sorted(photographs.items()):
        cursor.execute(
            f"INSERT INTO {TABLE} "  # noqa: S608 - our own names
            "(practice_id, prescription_id, digest, content, content_type) "
            "VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            [practice, key, digest, *taken],
        )
    return stored


def _in(cursor, key, practice, payload):
    if not digests_named(payload):
        return payload
    cursor.execute(
        f"SELECT digest, content FROM {TABLE} WHERE prescription_id = %s",  # noqa: S608
        [key],
    )
    return put_in(payload, {digest: bytes(content) for digest, content in cursor.fetchall()})


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("clinic", "0021_unwanted_files"),
        ("programs", "0040_a_log_in_fewer_ways"),
    ]

    operations = [
        migrations.CreateModel(
            name="IssuedPhotograph",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stored_digest",
                    models.CharField(db_default="", editable=False, max_length=64),
                ),
                ("stored_bytes", models.PositiveIntegerField(db_default=0, editable=False)),
                ("practice", InheritedPractice(parent="prescription")),
                ("digest", models.CharField(editable=False, max_length=64)),
                ("content", models.BinaryField()),
                ("content_type", models.CharField(max_length=20)),
                (
                    "prescription",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photographs",
                        to="programs.issuedprescription",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("stored_digest", "")),
                        fields=["practice", "id"],
                        name="photos_to_store",
                    ),
                    models.Index(
                        condition=models.Q(("stored_digest", ""), _negated=True),
                        fields=["stored_digest", "practice"],
                        name="photos_stored",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("prescription", "digest", "practice"),
                        name="photograph_once_a_version",
                    )
                ],
            },
        ),
        migrations.RunSQL(
            "\n".join((looked_up(Child(TABLE, "prescription_id", ISSUED))[0], SAME_PRACTICE)),
            looked_up(Child(TABLE, "prescription_id", ISSUED))[1],
        ),
        migrations.RunSQL(MOVES, MOVES_BACK),
        migrations.RunPython(take_out, put_in_again),
    ]
