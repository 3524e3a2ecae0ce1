"""A check names the settings by which it was judged; a change of them marks no row any more.

Saving a practice's settings wrote each row of its running programs, and of its kept answers.
"""

import datetime as dt

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

LONG_AGO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
CHECKS = """
CREATE FUNCTION programs_check_practice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE programs_programcheck SET stale = true, stale_at = now()
    WHERE practice_id = NEW.id AND (running OR stale);
    RETURN NULL;
END;
$$;
CREATE TRIGGER programs_check AFTER UPDATE ON clinic_practice FOR EACH ROW
    WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION programs_check_practice();
"""
ANSWERS = """
CREATE FUNCTION programs_answer_practice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE patients_caseresponse SET watched = true, judge_at = 'epoch'
    WHERE practice_id = NEW.id AND watched;
    RETURN NULL;
END;
$$;
CREATE TRIGGER programs_answer AFTER UPDATE ON clinic_practice FOR EACH ROW
    WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION programs_answer_practice();
"""
NO_CHECKS = """
DROP TRIGGER programs_check ON clinic_practice;
DROP FUNCTION programs_check_practice();
"""
NO_ANSWERS = """
DROP TRIGGER programs_answer ON clinic_practice;
DROP FUNCTION programs_answer_practice();
"""


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("patients", "0035_answers_name_the_settings"),
        ("programs", "0043_programs_due_and_drafts"),
    ]

    operations = [
        migrations.AddField(
            "programcheck",
            "settings_at",
            models.DateTimeField(db_default=LONG_AGO, default=LONG_AGO),
        ),
        AddIndexConcurrently(
            "programcheck",
            models.Index(
                fields=["practice", "settings_at"],
                condition=models.Q(running=True),
                name="checks_settings",
            ),
        ),
        migrations.RunSQL(NO_CHECKS, CHECKS),
        migrations.RunSQL(NO_ANSWERS, ANSWERS),
    ]
