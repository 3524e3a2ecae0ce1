"""Exercises of running programs keep the order they were shown in, which was by purpose.

Some programs at a time, so that nobody who works on one waits for all of them.
"""

from typing import Any

from django.db import migrations

from clinic.wall.columns import DatabaseStep, Steps

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
AT_ONCE = 500
"""Programs that one statement, and so one transaction, puts in order."""
NEXT = """
SELECT id FROM programs_program WHERE ended_at IS NULL AND (%(last)s::uuid IS NULL OR id > %(last)s)
ORDER BY id LIMIT %(most)s
"""
FORWARD = f"""
UPDATE programs_programitem item SET position = placed.place
FROM (
    SELECT i.id, row_number() OVER (PARTITION BY i.program_id ORDER BY {RANK}, i.position, i.id)
        AS place
    FROM programs_programitem i
    JOIN programs_exercise e ON e.id = i.exercise_id
    WHERE i.program_id = ANY (%s)
) placed
WHERE item.id = placed.id AND item.position <> placed.place;
"""  # noqa: S608 - our own names


def put_in_order(editor: Any, at_once: int = AT_ONCE) -> None:
    """Every running program; where it was broken off, what is done already stays the same."""
    last = None
    with editor.connection.cursor() as cursor:
        while True:
            cursor.execute(NEXT, {"last": last, "most": at_once})
            found = [key for (key,) in cursor.fetchall()]
            if not found:
                return
            cursor.execute(FORWARD, [found])
            last = found[-1]


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("programs", "0022_what_clinicians_make_their_own")]

    operations = [Steps(DatabaseStep(put_in_order))]
