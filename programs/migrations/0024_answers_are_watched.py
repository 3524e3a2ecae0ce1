"""Whatever an answer is judged by sets it due in the same transaction, not only time.

A case gets its row with the first version that is issued; before, one without a log had none.
"""

from django.db import migrations

TABLE = "patients_caseresponse"
_DUE = "watched = true, judge_at = 'epoch'"
FUNCTIONS = f"""
CREATE FUNCTION programs_answer_again(wanted uuid[]) RETURNS void LANGUAGE sql AS $$
    UPDATE {TABLE} SET {_DUE} WHERE case_id = ANY (wanted);
$$;
CREATE FUNCTION programs_answer_issued() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO {TABLE} (case_id, practice_id, outcome, trend, answer, edition, watched, judge_at)
    SELECT case_id, practice_id, 'carry_on', 'too_early', '{{}}', '', true, 'epoch'
    FROM programs_program WHERE id = NEW.program_id
    ON CONFLICT (case_id, practice_id) DO UPDATE SET {_DUE};
    RETURN NULL;
END;
$$;
CREATE TRIGGER programs_answer AFTER INSERT ON programs_issuedprescription
    FOR EACH ROW EXECUTE FUNCTION programs_answer_issued();
CREATE FUNCTION programs_answer_practice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE {TABLE} SET {_DUE} WHERE practice_id = NEW.id AND watched;
    RETURN NULL;
END;
$$;
CREATE TRIGGER programs_answer AFTER UPDATE ON clinic_practice FOR EACH ROW
    WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION programs_answer_practice();
CREATE FUNCTION programs_answer_load() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE {TABLE} SET {_DUE} WHERE watched;
    RETURN NULL;
END;
$$;
CREATE TRIGGER programs_answer AFTER INSERT ON programs_catalogueload
    FOR EACH STATEMENT EXECUTE FUNCTION programs_answer_load();
"""  # noqa: S608 - our own names
FUNCTIONS_BACK = """
DROP TRIGGER programs_answer ON programs_catalogueload;
DROP FUNCTION programs_answer_load();
DROP TRIGGER programs_answer ON clinic_practice;
DROP FUNCTION programs_answer_practice();
DROP TRIGGER programs_answer ON programs_issuedprescription;
DROP FUNCTION programs_answer_issued();
DROP FUNCTION programs_answer_again(uuid[]);
"""
#: Table, when, and the cases that a row of it concerns.
SOURCES = [
    ("patients_case", "UPDATE", "SELECT NEW.id"),
    (
        "patients_patient",
        "UPDATE OF archived_at",
        "SELECT id FROM patients_case WHERE patient_id = NEW.id",
    ),
    ("programs_program", "UPDATE OF ended_at", "SELECT NEW.case_id"),
    (
        "programs_exercise",
        "UPDATE OF data, digest, retired_at",
        "SELECT p.case_id FROM programs_programitem i JOIN programs_program p "
        "ON p.id = i.program_id WHERE i.exercise_id = NEW.id AND NEW.practice_id IS NOT NULL",
    ),
]


def _trigger(table: str, event: str, query: str) -> str:
    return f"""
CREATE FUNCTION {table}_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM programs_answer_again(ARRAY({query}));
    RETURN NULL;
END;
$$;
CREATE TRIGGER programs_answer AFTER {event} ON {table}
    FOR EACH ROW EXECUTE FUNCTION {table}_answer();
"""


def _without(table: str) -> str:
    return f"DROP TRIGGER programs_answer ON {table}; DROP FUNCTION {table}_answer();"


#: Cases with a program that were never judged.
FILL = f"""
INSERT INTO {TABLE} (case_id, practice_id, outcome, trend, answer, edition, watched, judge_at)
SELECT DISTINCT p.case_id, p.practice_id, 'carry_on', 'too_early', '{{}}'::jsonb, '', true,
    'epoch'::timestamptz
FROM programs_program p
WHERE EXISTS (SELECT FROM programs_issuedprescription i WHERE i.program_id = p.id)
ON CONFLICT (case_id, practice_id) DO NOTHING;
"""  # noqa: S608 - our own names


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("programs", "0023_order_is_free"),
        ("patients", "0020_answers_say_when"),
    ]

    operations = [
        migrations.RunSQL(FUNCTIONS, FUNCTIONS_BACK),
        *(
            migrations.RunSQL(_trigger(table, event, query), _without(table))
            for table, event, query in SOURCES
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
