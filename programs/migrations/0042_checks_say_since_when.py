"""A check row says since when it waits, so that a page can say how far behind the checks are.

The functions of ``0021_checks_of_running_programs`` note the moment; the index of what waits begins
with it. What waited before this has no moment until it is judged.
"""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models

TABLE = "programs_programcheck"
#: The row is locked before it is looked at: whoever judges it just now has read what was before.
AGAIN = f"""
CREATE OR REPLACE FUNCTION programs_check_again(wanted uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM {TABLE} WHERE program_id = ANY (wanted) ORDER BY id FOR NO KEY UPDATE;
    UPDATE {TABLE} SET stale = true{{at}} WHERE program_id = ANY (wanted) AND NOT stale;
END;
$$;
CREATE OR REPLACE FUNCTION programs_check_issued() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO {TABLE} (program_id, practice_id, stale, running, edition, flagged, lapsed,
        unasked, flags{{column}})
    VALUES (NEW.program_id, NEW.practice_id, true, false, '', false, false, false, '[]'{{value}})
    ON CONFLICT (program_id, practice_id) DO UPDATE SET stale = true{{at}};
    RETURN NULL;
END;
$$;
CREATE OR REPLACE FUNCTION programs_check_practice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Also what is stale already: it may be about to be judged by the limits as they were.
    UPDATE {TABLE} SET stale = true{{at}} WHERE practice_id = NEW.id AND (running OR stale);
    RETURN NULL;
END;
$$;
"""  # noqa: S608 - our own names
SAYS = AGAIN.format(at=", stale_at = now()", column=", stale_at", value=", now()")
SILENT = AGAIN.format(at="", column="", value="")
WAITS = models.Q(("stale", True))


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("programs", "0041_photographs_of_versions")]

    operations = [
        migrations.AddField(
            model_name="programcheck",
            name="stale_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunSQL(SAYS, SILENT),
        AddIndexConcurrently(
            model_name="programcheck",
            index=models.Index(
                fields=["practice", "stale_at"], condition=WAITS, name="checks_stale_since"
            ),
        ),
        RemoveIndexConcurrently(model_name="programcheck", name="checks_stale"),
    ]
