"""The file of a handout or a photograph may lie in the bucket, and the row says which it is.

The guards of both tables let a file go, and let the very same come back, and nothing else change.
No row is read or written: the columns have their defaults, the check holds for new rows first.
"""

from django.db import migrations, models

_MOVED = """
    NOT ((OLD.stored_digest = '' AND NEW.{file} = '' AND NEW.stored_bytes = length(OLD.{file})
          AND NEW.stored_digest = encode(sha256(OLD.{file}), 'hex'))
      OR (OLD.stored_digest <> '' AND NEW.stored_digest = '' AND NEW.stored_bytes = 0
          AND OLD.stored_digest = encode(sha256(NEW.{file}), 'hex')))
"""
HANDOUT = f"""
CREATE FUNCTION programs_handout_moves() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before programs_handout;
    wrong boolean := TG_OP = 'DELETE';
BEGIN
    -- Whoever deletes has no new row: a question about one is put where there is one.
    IF NOT wrong THEN
        before := NEW;
        before.pdf := OLD.pdf;
        before.stored_digest := OLD.stored_digest;
        before.stored_bytes := OLD.stored_bytes;
        wrong := NOT before *= OLD OR {_MOVED.format(file="pdf")};
    END IF;
    IF wrong THEN
        RAISE EXCEPTION '% is final: it cannot be changed or deleted', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER handout_is_final ON programs_handout;
CREATE TRIGGER handout_is_final BEFORE UPDATE OR DELETE ON programs_handout
    FOR EACH ROW WHEN (NOT wall_erasing()) EXECUTE FUNCTION programs_handout_moves();
"""
HANDOUT_BACK = """
DROP TRIGGER handout_is_final ON programs_handout;
CREATE TRIGGER handout_is_final BEFORE UPDATE OR DELETE ON programs_handout
    FOR EACH ROW WHEN (NOT wall_erasing()) EXECUTE FUNCTION programs_forbid_change();
DROP FUNCTION programs_handout_moves();
"""
_PICTURE = """
CREATE OR REPLACE FUNCTION programs_picture_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a picture is retired, never deleted' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND ((NEW.content_type, NEW.width, NEW.height,
                              NEW.practice_id, NEW.exercise_id)
        IS DISTINCT FROM (OLD.content_type, OLD.width, OLD.height,
                          OLD.practice_id, OLD.exercise_id) OR {changed}) THEN
        RAISE EXCEPTION 'a picture is replaced by another, never changed'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'INSERT' AND NOT EXISTS (
        SELECT 1 FROM programs_exercise e WHERE e.id = NEW.exercise_id
            AND (e.practice_id IS NULL OR e.practice_id = NEW.practice_id)) THEN
        RAISE EXCEPTION 'the exercise is of another practice' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""
PICTURE = _PICTURE.format(
    changed="((NEW.content, NEW.stored_digest, NEW.stored_bytes) IS DISTINCT FROM "
    "(OLD.content, OLD.stored_digest, OLD.stored_bytes) AND "
    + _MOVED.format(file="content").strip()
    + ")"
)
PICTURE_BACK = _PICTURE.format(changed="NEW.content IS DISTINCT FROM OLD.content")
_EACH = """
ALTER TABLE {table} ADD CONSTRAINT {name}_lies_in_one_place
    CHECK (({file} = '') = (stored_digest <> '')) NOT VALID;
CREATE TRIGGER {name}_unwanted AFTER UPDATE OR DELETE ON {table}
    FOR EACH ROW WHEN (OLD.stored_digest <> '') EXECUTE FUNCTION clinic_file_unwanted();
"""
_EACH_BACK = """
DROP TRIGGER {name}_unwanted ON {table};
ALTER TABLE {table} DROP CONSTRAINT {name}_lies_in_one_place;
"""
TABLES = [
    {"table": "programs_handout", "name": "handout", "file": "pdf"},
    {"table": "programs_exercisepicture", "name": "picture", "file": "content"},
]


def _columns(model):
    return [
        migrations.AddField(
            model,
            "stored_digest",
            models.CharField(db_default="", editable=False, max_length=64),
        ),
        migrations.AddField(
            model,
            "stored_bytes",
            models.PositiveIntegerField(db_default=0, editable=False),
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0021_unwanted_files"),
        ("programs", "0035_program_phases"),
    ]

    operations = [
        *_columns("handout"),
        *_columns("exercisepicture"),
        migrations.RunSQL(HANDOUT, HANDOUT_BACK),
        migrations.RunSQL(PICTURE, PICTURE_BACK),
        migrations.RunSQL(
            "".join(_EACH.format(**table) for table in TABLES),
            "".join(_EACH_BACK.format(**table) for table in TABLES),
        ),
    ]
