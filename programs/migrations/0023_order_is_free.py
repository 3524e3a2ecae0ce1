"""Exercises of running programs keep the order they were shown in, which was by purpose."""

from django.db import migrations

PURPOSES = [
    "settle",
    "relax",
    "release",
    "stretch",
    "decompress",
    "restore_motion",
    "strengthen",
    "balance",
    "aerobic",
    "posture",
    "daily_life",
    "assess",
]
RANK = "array_position(ARRAY[" + ", ".join(f"'{code}'" for code in PURPOSES) + "], e.phase::text)"
FORWARD = f"""
UPDATE programs_programitem item SET position = placed.place
FROM (
    SELECT i.id, row_number() OVER (PARTITION BY i.program_id ORDER BY {RANK}, i.position, i.id)
        AS place
    FROM programs_programitem i
    JOIN programs_program p ON p.id = i.program_id AND p.ended_at IS NULL
    JOIN programs_exercise e ON e.id = i.exercise_id
) placed
WHERE item.id = placed.id AND item.position <> placed.place;
"""  # noqa: S608 - our own names


class Migration(migrations.Migration):
    dependencies = [("programs", "0022_what_clinicians_make_their_own")]

    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
