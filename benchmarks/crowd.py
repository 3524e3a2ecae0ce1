"""A practice with very many patients, made by the database itself in a few statements.

Each row is a copy of one that was made in the ordinary way, with another key, name and day, so
that columns which are added later are filled here too. Triggers and foreign keys are passed over
meanwhile; what triggers would have kept is made at the end, as the migrations made it.
"""

from __future__ import annotations

from typing import Any, Final

from django.db import connection, transaction

from clinic.models import Practice
from patients.models import Case

ANSWERS: Final = 4
LOGS: Final = 2
RUNNING: Final = "n % 10 < 7"
"""Seven patients of ten have a running program."""

_CROWD: Final = """
CREATE TEMPORARY TABLE crowd ON COMMIT DROP AS
SELECT n, gen_random_uuid() AS patient, gen_random_uuid() AS of_case, gen_random_uuid() AS program,
    initcap(first[1 + n % 40] || ' ' || last[1 + n / 40 % 50] || ending[1 + n / 2000 % 20]) AS name,
    now() - n * interval '7 minutes' AS at
FROM generate_series(1, %s) n, (SELECT
    string_to_array('ada ben cara dan ella finn gwen hugh iris jack kate liam mia noah olga paul '
        'quinn rosa sam tess ugo vera will xenia yann zoe amy bert cleo drew eve fred gina hal ida '
        'jon kim leo may ned', ' ') AS first,
    string_to_array('ash bar cal dor elm far gor hal ing jor kel lan mar nor oak pel quar ros sal '
        'tor und var wes yor zel arl bro cre dun ems fen gar hol irw jes kir lor mon nye orm pen '
        'rad sto tal urs ven wal yat zim bel', ' ') AS last,
    string_to_array('man ton ley field by worth ham wick stead burn croft dale gate hurst land '
        'more ridge shaw thorpe well', ' ') AS ending) words;
"""
#: Table, the row that is copied, which of the crowd it is made for, how often, and what differs.
_COPIES: Final = (
    (
        "patients_patient", "id = %(patient)s", "true", 1,
        "'id', c.patient, 'full_name', c.name, 'search_name', lower(c.name), 'name_key', '', "
        "'phone', '', 'search_phone', lpad((c.n * 7919 % 100000000)::text, 11, '0'), "
        "'date_of_birth', date '1940-01-01' + c.n % 22000, 'touched_at', c.at, "
        "'created_at', c.at, 'created_by_id', CASE WHEN c.n % 50 = 0 THEN %(user)s "
        "ELSE %(other)s END",
    ),
    (
        "patients_case", "id = %(case)s", "true", 1,
        "'id', c.of_case, 'patient_id', c.patient, 'clinician_id', CASE WHEN c.n % 50 = 0 "
        "THEN %(user)s ELSE %(other)s END, 'facts_changed_at', c.at",
    ),
    (
        "patients_casecondition", "case_id = %(case)s", "true", 1,
        "'id', nextval('patients_casecondition_id_seq'), 'case_id', c.of_case",
    ),
    (
        "patients_screenanswer", "case_id = %(case)s AND code = 'osteoporosis'", "true", ANSWERS,
        "'id', nextval('patients_screenanswer_id_seq'), 'case_id', c.of_case, 'code', "
        "(ARRAY['osteoporosis', 'glaucoma', 'pregnant', 'rf_foot_drop', 'rf_infection', "
        "'knee_problem'])[k], 'answer', CASE WHEN c.n % 100 = k THEN 'yes' ELSE 'no' END",
    ),
    (
        "patients_symptomlog", "case_id = %(case)s", "true", LOGS,
        "'id', nextval('patients_symptomlog_id_seq'), 'case_id', c.of_case, "
        "'client_id', gen_random_uuid(), 'session', gen_random_uuid(), "
        "'at', c.at - k * interval '1 day', 'received_at', c.at - k * interval '1 day'",
    ),
    (
        "patients_caseresponse", "case_id = %(case)s", RUNNING, 1,
        "'id', nextval('patients_caseresponse_id_seq'), 'case_id', c.of_case",
    ),
    (
        # A page of the inbox is full in the smallest practice as well.
        "patients_alert", "case_id = %(case)s", "n % 100 = 3 OR c.n <= 20", 1,
        "'id', nextval('patients_alert_id_seq'), 'case_id', c.of_case, 'raised_at', c.at, "
        "'occasion', ''",
    ),
    (
        "programs_program", "id = %(program)s", RUNNING, 1,
        "'id', c.program, 'case_id', c.of_case",
    ),
    (
        "programs_issuedprescription", "program_id = %(program)s", RUNNING, 1,
        "'id', nextval('programs_issuedprescription_id_seq'), 'program_id', c.program, "
        "'payload', '{\"items\": []}'::jsonb, 'draft', '{}'::jsonb, "
        "'issue_key', gen_random_uuid()",
    ),
    (
        "programs_programcheck", "program_id = %(program)s", RUNNING, 1,
        "'id', nextval('programs_programcheck_id_seq'), 'program_id', c.program, 'since', c.at, "
        "'flagged', c.n % 100 = 5, 'flags', CASE WHEN c.n % 100 = 5 THEN "
        "'[{\"named\": \"Small curl-up\", \"reason\": \"Weak bones.\"}]'::jsonb ELSE '[]' END",
    ),
)  # fmt: skip
_KEYS: Final = """
INSERT INTO patients_patientkey (practice_id, patient_id, key)
SELECT p.practice_id, p.id, key
FROM crowd JOIN patients_patient p ON p.id = crowd.patient,
    unnest(patients_keys(p.search_name, p.search_phone)) key;
INSERT INTO patients_nameword AS known (practice_id, word, patients)
SELECT p.practice_id, substr(key, 3), count(*)
FROM crowd JOIN patients_patient p ON p.id = crowd.patient,
    unnest(patients_keys(p.search_name, p.search_phone)) key
WHERE key LIKE 'n:%' GROUP BY 1, 2
ON CONFLICT (practice_id, word) DO UPDATE SET patients = known.patients + excluded.patients;
"""


@transaction.atomic
def fill(practice: Practice, pattern: Case, *, patients: int, user: int, other: int) -> None:
    """Give the practice so many patients more, each with what ``pattern`` has.

    One in fifty is ``user``'s; the rest are ``other``'s.
    """
    program = pattern.programs.get(ended_at=None)
    names = {
        "patient": pattern.patient_id, "case": pattern.pk, "program": program.pk, "user": user,
        "other": other,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(_escaped(_CROWD), [patients])
        for table, which, whom, times, differs in _COPIES:
            _copy(
                cursor, names, table, which, f"c.{whom}" if whom != "true" else whom, times, differs
            )
        cursor.execute(_KEYS)


def _copy(
    cursor: Any,
    names: dict[str, Any],
    table: str,
    which: str,
    whom: str,
    times: int,
    differs: str,
) -> None:
    sql = (
        f"INSERT INTO {table} SELECT made.* FROM "  # noqa: S608
        f"(SELECT to_jsonb(one) AS row FROM {table} one WHERE {which} LIMIT 1) pattern, crowd c, "
        f"generate_series(1, {times}) k, "
        f"jsonb_populate_record(NULL::{table}, pattern.row || jsonb_build_object({differs})) made "
        f"WHERE {whom}"
    )
    cursor.execute(_escaped(sql), names)


def _escaped(sql: str) -> str:
    """Leave the marks of arithmetic, which are none of a value."""
    return sql.replace(" % ", " %% ")


def analyze() -> None:
    """Let the database count what came in, as it does by itself after a while."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
