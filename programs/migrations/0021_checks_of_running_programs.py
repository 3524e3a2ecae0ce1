"""A row for each issued program with what the rules say of it, noted as stale by what changes it.

Not in one transaction: the triggers are there first, then the rows of the programs that run.
"""

import django.db.models.deletion
from django.db import migrations, models

from clinic.models.owned import InheritedPractice
from clinic.wall.columns import Child, looked_up

TABLE = "programs_programcheck"
CHILD = Child(TABLE, "program_id", "programs_program")
KEYS = f"""
ALTER TABLE {TABLE} DROP CONSTRAINT {TABLE}_program_id_key;
ALTER TABLE {TABLE} ADD CONSTRAINT {TABLE}_program_id_key UNIQUE (program_id, practice_id),
    ADD CONSTRAINT {TABLE}_program_id_practice FOREIGN KEY (program_id, practice_id)
    REFERENCES programs_program (id, practice_id) DEFERRABLE INITIALLY DEFERRED;
"""
#: The row is locked before it is looked at: whoever judges it just now has read what was before.
AGAIN = f"""
CREATE FUNCTION programs_check_again(wanted uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM {TABLE} WHERE program_id = ANY (wanted) ORDER BY id FOR NO KEY UPDATE;
    UPDATE {TABLE} SET stale = true WHERE program_id = ANY (wanted) AND NOT stale;
END;
$$;
CREATE FUNCTION programs_check_issued() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO {TABLE} (program_id, practice_id, stale, running, edition, flagged, lapsed,
        unasked, flags)
    VALUES (NEW.program_id, NEW.practice_id, true, false, '', false, false, false, '[]')
    ON CONFLICT (program_id, practice_id) DO UPDATE SET stale = true;
    RETURN NULL;
END;
$$;
CREATE TRIGGER programs_check AFTER INSERT ON programs_issuedprescription
    FOR EACH ROW EXECUTE FUNCTION programs_check_issued();
CREATE FUNCTION programs_check_practice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Also what is stale already: it may be about to be judged by the limits as they were.
    UPDATE {TABLE} SET stale = true WHERE practice_id = NEW.id AND (running OR stale);
    RETURN NULL;
END;
$$;
CREATE TRIGGER programs_check AFTER UPDATE ON clinic_practice FOR EACH ROW
    WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION programs_check_practice();
"""  # noqa: S608 - our own names
AGAIN_BACK = """
DROP TRIGGER programs_check ON clinic_practice;
DROP FUNCTION programs_check_practice();
DROP TRIGGER programs_check ON programs_issuedprescription;
DROP FUNCTION programs_check_issued();
DROP FUNCTION programs_check_again(uuid[]);
"""
_OF_CASE = "SELECT id FROM programs_program WHERE case_id = {}"
_OF_ITEM = "SELECT program_id FROM programs_programitem WHERE id = {}"
#: Table, when, and the programs that a row of it concerns; ``row`` is the one that is or was.
SOURCES = [
    ("patients_case", "UPDATE", _OF_CASE.format("row.id")),
    ("patients_casecondition", "INSERT OR UPDATE OR DELETE", _OF_CASE.format("row.case_id")),
    ("patients_casesurgery", "INSERT OR UPDATE OR DELETE", _OF_CASE.format("row.case_id")),
    ("patients_screenanswer", "INSERT", _OF_CASE.format("row.case_id")),
    (
        "patients_redflagclearance",
        "INSERT",
        "SELECT p.id FROM programs_program p JOIN patients_screenanswer a USING (case_id) "
        "WHERE a.id = row.answer_id",
    ),
    (
        "patients_patient",
        "UPDATE OF date_of_birth, sex, archived_at, merged_into_id",
        "SELECT p.id FROM programs_program p JOIN patients_case c ON c.id = p.case_id "
        "WHERE c.patient_id = row.id",
    ),
    ("programs_program", "UPDATE OF ended_at", "SELECT row.id"),
    ("programs_override", "INSERT", _OF_ITEM.format("row.item_id")),
    (
        "programs_overriderevocation",
        "INSERT",
        "SELECT i.program_id FROM programs_programitem i JOIN programs_override o "
        "ON o.item_id = i.id WHERE o.id = row.override_id",
    ),
    (
        "programs_screenwaiver",
        "INSERT",
        "SELECT program_id FROM programs_issuedprescription WHERE id = row.prescription_id",
    ),
    (
        "programs_exercise",
        "UPDATE OF data, digest, retired_at",
        "SELECT program_id FROM programs_programitem WHERE exercise_id = row.id "
        "AND row.practice_id IS NOT NULL",
    ),
]


def _trigger(table: str, event: str, query: str) -> str:
    which = "CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END"
    return f"""
CREATE FUNCTION {table}_check() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    row {table};
BEGIN
    row := {which};
    PERFORM programs_check_again(ARRAY({query}));
    RETURN NULL;
END;
$$;
CREATE TRIGGER programs_check AFTER {event} ON {table}
    FOR EACH ROW EXECUTE FUNCTION {table}_check();
"""


def _without(table: str) -> str:
    return f"DROP TRIGGER programs_check ON {table}; DROP FUNCTION {table}_check();"


#: Programs that were issued before there were rows; judged like all that are stale.
FILL = f"""
INSERT INTO {TABLE} (program_id, practice_id, stale, running, edition, flagged, lapsed, unasked,
    flags)
SELECT id, practice_id, true, false, '', false, false, false, '[]' FROM programs_program p
WHERE ended_at IS NULL
    AND EXISTS (SELECT FROM programs_issuedprescription i WHERE i.program_id = p.id)
ON CONFLICT (program_id, practice_id) DO NOTHING;
"""  # noqa: S608 - our own names


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("programs", "0020_guards_step_aside")]

    operations = [
        migrations.CreateModel(
            name="ProgramCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("practice", InheritedPractice(parent="program")),
                (
                    "program",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="live_check",
                        to="programs.program",
                    ),
                ),
                ("stale", models.BooleanField(default=True)),
                ("running", models.BooleanField(default=False)),
                ("edition", models.CharField(blank=True, max_length=16)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("flagged", models.BooleanField(default=False)),
                ("lapsed", models.BooleanField(default=False)),
                ("unasked", models.BooleanField(default=False)),
                ("flags", models.JSONField(default=list)),
                ("since", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("stale", True)),
                        fields=["practice"],
                        name="checks_stale",
                    ),
                    models.Index(
                        condition=models.Q(("running", True)),
                        fields=["due_on", "practice"],
                        name="checks_due",
                    ),
                    models.Index(
                        condition=models.Q(("running", True)),
                        fields=["edition", "practice"],
                        name="checks_edition",
                    ),
                    models.Index(
                        models.F("practice"),
                        models.F("lapsed"),
                        models.OrderBy(models.F("since"), descending=True),
                        condition=models.Q(("flagged", True)),
                        name="checks_flagged",
                    ),
                    models.Index(
                        condition=models.Q(("unasked", True)),
                        fields=["practice"],
                        name="checks_unasked",
                    ),
                ],
            },
        ),
        migrations.RunSQL(KEYS, migrations.RunSQL.noop),
        migrations.RunSQL(*looked_up(CHILD)),
        migrations.RunSQL(AGAIN, AGAIN_BACK),
        *(
            migrations.RunSQL(_trigger(table, event, query), _without(table))
            for table, event, query in SOURCES
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
