"""The short list of questions that the application may ask across practices.

Each is a function of the database that runs with its owner's rights and answers with keys alone:
whose something is, or where something waits. What is behind is read afterwards, within that
practice. Two more erase within the open practice, see ``clinic.wall.erasing``. ``PASSAGES`` is the
whole list; a test names it. ``clinic.wall.passages`` asks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from clinic.wall import erasing

_Cursor = Any
_WHOSE: Final = "TABLE (practice bigint, of_case uuid)"
_PRACTICES: Final = "SETOF bigint"
_IS_DUE: Final = "(next_try_at <= $1 OR next_try_at > $1 + interval '1 hour')"
"""As ``clinic.outbox`` has it, clocks that were put back included."""


@dataclass(frozen=True)
class Passage:
    """One question: what it takes, what it answers with, and why it has to be asked.

    ``language``: a question reads; what erases says that it changes something. ``sql`` is worked
    out when the functions are built where it depends on all tables.
    """

    takes: str
    gives: str
    sql: str | Callable[[], str]
    why: str
    language: str = "sql STABLE"


PASSAGES: Final[dict[str, Passage]] = {
    "wall_case_of_token": Passage(
        "text",
        _WHOSE,
        "SELECT practice_id, case_id FROM programs_patientaccess WHERE token_hash = $1",
        "a patient follows a link before anything else is known",
    ),
    "wall_case_of_code": Passage(
        "text[]",
        _WHOSE,
        "SELECT practice_id, case_id FROM programs_patientaccess WHERE code_hash = ANY ($1)",
        "a patient types a code before anything else is known",
    ),
    "wall_cases_of_devices": Passage(
        "uuid[]",
        "TABLE (practice bigint, of_case uuid, device uuid)",
        "SELECT d.practice_id, a.case_id, d.id FROM programs_devicegrant d "
        "JOIN programs_patientaccess a ON a.id = d.access_id WHERE d.id = ANY ($1)",
        "a device shows its cookie, which names its grants, perhaps of several practices",
    ),
    "wall_case_of_letter": Passage(
        "text",
        _WHOSE,
        "SELECT r.practice_id, a.case_id FROM programs_reminder r "
        "JOIN programs_patientaccess a ON a.id = r.access_id "
        "WHERE r.stop_token_hash = $1 OR r.confirm_token_hash = $1",
        "the link of a letter is followed by whoever has it",
    ),
    "wall_case_of_calendar": Passage(
        "text",
        _WHOSE,
        "SELECT f.practice_id, a.case_id FROM programs_calendarfeed f "
        "JOIN programs_patientaccess a ON a.id = f.access_id WHERE f.token_hash = $1",
        "a calendar program asks again and again, with a token alone",
    ),
    "wall_practice_of_program": Passage(
        "uuid",
        "bigint",
        "SELECT practice_id FROM programs_program WHERE id = $1",
        "a command is given the number of a program alone",
    ),
    "wall_practice_of_invitation": Passage(
        "text",
        _PRACTICES,
        "SELECT practice_id FROM clinic_invitation WHERE token_hash = $1",
        "somebody who is asked to join follows a link before they belong anywhere",
    ),
    "wall_practices": Passage(
        "",
        "TABLE (practice bigint, zone text)",
        "SELECT id, time_zone FROM clinic_practice ORDER BY id",
        "what is due by the clock is done in one practice after the other",
    ),
    "wall_practices_with_alert_mail": Passage(
        "timestamptz",
        _PRACTICES,
        "SELECT DISTINCT practice_id FROM patients_alertmail "  # noqa: S608 - our own words
        f"WHERE sent_at IS NULL AND {_IS_DUE} ORDER BY 1",
        "letters about alerts wait in few practices at a time",
    ),
    "wall_practices_with_reminders": Passage(
        "",
        _PRACTICES,
        "SELECT DISTINCT practice_id FROM programs_reminder "
        "WHERE confirmed_at IS NOT NULL AND stopped_at IS NULL ORDER BY 1",
        "reminders are planned where somebody has asked for one",
    ),
    "wall_practices_with_reminder_mail": Passage(
        "timestamptz",
        _PRACTICES,
        "SELECT DISTINCT practice_id FROM programs_remindermail "  # noqa: S608 - our own words
        f"WHERE state = 'waiting' AND due_at <= $1 AND {_IS_DUE} ORDER BY 1",
        "reminders wait in few practices at a time",
    ),
    "wall_practices_with_answers": Passage(
        "timestamptz, text",
        _PRACTICES,
        "SELECT practice_id FROM patients_caseresponse WHERE watched AND judge_at <= $1 "
        "UNION SELECT practice_id FROM patients_caseresponse WHERE watched AND edition < $2 "
        "UNION SELECT practice_id FROM patients_caseresponse WHERE watched AND edition > $2 "
        "UNION SELECT p.id FROM clinic_practice p "
        "WHERE EXISTS (SELECT FROM patients_caseresponse r WHERE r.practice_id = p.id "
        "AND r.watched AND r.settings_at < p.settings_at) "
        "ORDER BY 1",
        "what logs mean is judged again where time changes it, in few practices at a time",
    ),
    "wall_practices_with_checks": Passage(
        "timestamptz, text",
        _PRACTICES,
        "SELECT practice_id FROM programs_programcheck WHERE stale "
        "UNION SELECT practice_id FROM programs_programcheck WHERE running AND edition < $2 "
        "UNION SELECT practice_id FROM programs_programcheck WHERE running AND edition > $2 "
        "UNION SELECT p.id FROM clinic_practice p "
        "WHERE EXISTS (SELECT FROM programs_programcheck c WHERE c.practice_id = p.id "
        "AND c.running AND c.settings_at < p.settings_at) "
        "UNION SELECT c.practice_id FROM programs_programcheck c "
        "JOIN clinic_practice p ON p.id = c.practice_id "
        # No place on earth has a day that is not reached fourteen hours from now in Greenwich.
        "WHERE c.running AND c.due_on <= (($1 AT TIME ZONE 'UTC') + interval '14 hours')::date "
        "AND c.due_on <= ($1 AT TIME ZONE p.time_zone)::date ORDER BY 1",
        "running programs wait to be judged again in few practices at a time",
    ),
    "wall_practices_with_files": Passage(
        "boolean",
        _PRACTICES,
        "SELECT practice_id FROM clinic_unwantedfile "
        "UNION SELECT practice_id FROM programs_handout WHERE $1 AND stored_digest = '' "
        "UNION SELECT practice_id FROM programs_issuedphotograph WHERE $1 AND stored_digest = '' "
        "UNION SELECT practice_id FROM programs_exercisepicture "
        "WHERE $1 AND stored_digest = '' AND retired_at IS NOT NULL ORDER BY 1",
        "files wait to go to the bucket, or to be removed there, in few practices at a time",
    ),
    "wall_erase_patient": Passage(
        "uuid, text, bigint, timestamptz",
        "jsonb",
        erasing.patient_sql,
        "what is kept may go for good, with a word that it did; the application may not remove it",
        language="plpgsql VOLATILE",
    ),
    "wall_erase_photographs": Passage(
        "",
        "bigint",
        erasing.PHOTOGRAPHS,
        "a photograph that was taken down may show somebody who wants it gone",
        language="plpgsql VOLATILE",
    ),
}


def build(cursor: _Cursor, role: str) -> None:
    """Make the functions in the database, and let nobody but the application use them."""
    cursor.execute("SELECT current_schema()")
    schema = cursor.fetchone()[0]
    for name, passage in PASSAGES.items():
        sql = passage.sql if isinstance(passage.sql, str) else passage.sql()
        definition = (
            f"FUNCTION {name}({passage.takes}) RETURNS {passage.gives} "
            f"LANGUAGE {passage.language} "
            f"SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$ {sql} $$"
        )
        _replace(cursor, name, definition)
        cursor.execute(
            f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC; "
            f'GRANT EXECUTE ON FUNCTION {name} TO "{role}"'
        )


def _replace(cursor: _Cursor, name: str, definition: str) -> None:
    digest = hashlib.sha256(definition.encode()).hexdigest()[:16]
    cursor.execute("SELECT obj_description(to_regproc(%s), 'pg_proc')", [name])
    if cursor.fetchone()[0] == digest:
        return
    cursor.execute(f"DROP FUNCTION IF EXISTS {name}")
    cursor.execute(f"CREATE {definition}")
    cursor.execute(f"COMMENT ON FUNCTION {name} IS '{digest}'")
