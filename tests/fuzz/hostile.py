"""Text that means harm, in every column that people write in, and what may come of it."""

import json
import re
from typing import Any, Final

from django.db import connection
from icalendar import Calendar
from psycopg import sql
from psycopg.types.json import Jsonb

from programs.access.models import PatientAccess

MARK: Final = "<img src=x onerror=alert(1)>"
TEXT: Final = f"{MARK}'\"&{{{{7*7}}}}\r\nX-Evil: 1\r\nBEGIN:VALARM"
"""A tag, quotes, a template's expression, and lines that would be a header or a calendar's."""

#: Columns that people write in, by table.
WRITTEN: Final[dict[str, tuple[str, ...]]] = {
    "clinic_practice": (
        "name", "address_line_1", "address_line_2", "city", "postcode", "country", "phone",
        "out_of_hours",
    ),
    "clinic_invitation": ("full_name",),
    "clinic_user": ("full_name", "credentials"),
    "patients_patient": ("full_name", "phone", "clinician_notes"),
    "patients_case": ("title", "goals"),
    "patients_alert": ("item_name", "note", "snooze_reason"),
    "patients_caserevision": ("helper",),
    "patients_casereview": ("note",),
    "patients_goalscore": ("helper",),
    "patients_functionalgoal": ("words",),
    "patients_symptomlog": ("item_name", "helper"),
    "patients_visitamendment": ("words",),
    "patients_visitnote": ("subjective", "objective", "assessment", "plan", "free"),
    "patients_responsemark": ("note",),
    "patients_patientmerge": ("reason",),
    "patients_redflagclearance": ("note",),
    "patients_screenanswer": ("helper",),
    "programs_exercise": ("name",),
    "programs_exercisepicture": ("alt", "caption"),
    "programs_exercisewish": ("words",),
    "programs_linksent": ("text",),
    "programs_maderule": ("why",),
    "programs_ownrule": ("reason", "note"),
    "programs_ownstarter": ("name",),
    "programs_rulereview": ("name", "registration", "words"),
    "programs_starter": ("name",),
    "programs_program": ("title", "note"),
    "programs_programitem": ("preset", "note", "modification"),
    "programs_override": ("reason",),
    "programs_screenwaiver": ("reason",),
    "programs_sessionlog": ("words", "helper"),
    "programs_exerciselog": ("item_name", "words", "helper"),
}  # fmt: skip
#: Other columns of that length: what writes them, and why no person does.
NOT_WRITTEN: Final = frozenset(
    {
        # An address is checked as one before it is kept.
        "clinic_practice.alert_email", "clinic_practice.reply_email", "clinic_user.email",
        "clinic_invitation.email",
        "patients_patient.email", "patients_alertmail.to", "programs_reminder.email",
        "programs_linksent.to",
        # Empty in a patient's own link; ``write_everywhere`` adds a link of who helps.
        "programs_patientaccess.helper",
        # Made by the program: codes, hashes, tokens, names of pages, search keys.
        "clinic_auditentry.actor_label", "clinic_auditentry.action", "clinic_user.password",
        "clinic_auditentry.target_kind", "clinic_practice.time_zone", "clinic_practice.likeness",
        "clinic_look.page", "clinic_postedletter.error", "clinic_postedletter.about",
        "clinic_invitation.token_hash", "patients_patient.search_name",
        "patients_patient.name_key", "patients_patient.search_phone", "patients_alert.code",
        "patients_alert.event", "patients_alert.occasion", "patients_alertmail.error",
        "patients_casecondition.code", "patients_casesurgery.code", "patients_responsemark.code",
        "patients_screenanswer.code", "programs_patientaccess.token_hash",
        "programs_patientaccess.code_hash", "patients_nameword.word", "patients_patientkey.key",
        "programs_devicegrant.secret_hash", "clinic_guess.key", "clinic_guess.place",
        "clinic_signedin.browser",
        "programs_catalogueload.digest", "programs_exercise.slug", "programs_exercise.digest",
        "programs_rule.slug", "programs_rule.digest", "programs_rulereview.digest",
        "programs_maderule.digest", "programs_ownrule.digest", "clinic_practice.own_rules",
        "programs_starter.slug",
        "programs_starter.digest", "programs_issuedprescription.digest",
        "programs_frozenpicture.digest", "programs_frozenpicture.content",
        "programs_handout.address", "programs_handout.options", "programs_screenwaiver.code",
        "programs_handout.stored_digest", "programs_exercisepicture.stored_digest",
        "programs_issuedphotograph.digest", "programs_issuedphotograph.stored_digest",
        "clinic_unwantedfile.digest",
        "programs_remindermail.error",
        "programs_reminder.confirm_token_hash", "programs_reminder.stop_token_hash",
        "programs_calendarfeed.token_hash",
    }
)  # fmt: skip
#: Words in columns of JSON that are shown.
IN_JSON: Final[dict[str, tuple[str, ...]]] = {
    "programs_issuedprescription": ("payload", "draft"),
    "patients_caserevision": ("snapshot",),
    "programs_exercise": ("data",),
}
_KEYS: Final = frozenset(
    {
        "name", "title", "note", "modification", "patient_name", "clinician_name", "caption",
        "clinician_credentials", "side_words", "alt", "goals", "full_name", "helps",
    }
)  # fmt: skip


def write_everywhere() -> None:
    """Put the text into every column, past what keeps rows as they are."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table, columns in WRITTEN.items():
            for column in columns:
                change = "UPDATE {} SET {} = left(%s, coalesce({}, 9999))"
                statement = sql.SQL(change).format(
                    sql.Identifier(table), sql.Identifier(column), _length(table, column)
                )
                cursor.execute(statement, [TEXT])
        for table, columns in IN_JSON.items():
            for column in columns:
                _write_json(cursor, table, column)
        cursor.execute("SET LOCAL session_replication_role = origin")
    for own in PatientAccess.objects.of_patients().filter(revoked_at=None):
        PatientAccess.objects.create(
            case=own.case, created_by=own.created_by, helper=TEXT[:60], helper_is=TEXT[:40]
        )


def _length(table: str, column: str) -> sql.Composed:
    return sql.SQL(
        "(SELECT character_maximum_length FROM information_schema.columns"
        " WHERE table_schema = current_schema() AND table_name = {} AND column_name = {})"
    ).format(sql.Literal(table), sql.Literal(column))


def _write_json(cursor: Any, table: str, column: str) -> None:
    names = {"table": sql.Identifier(table), "column": sql.Identifier(column)}
    cursor.execute(sql.SQL("SELECT id, {column} FROM {table}").format(**names))
    for key, value in cursor.fetchall():
        change = sql.SQL("UPDATE {table} SET {column} = %s WHERE id = %s").format(**names)
        cursor.execute(change, [Jsonb(_harmed(json.loads(value))), key])


def _harmed(value: Any) -> Any:
    if isinstance(value, list):
        return [_harmed(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    return {
        key: TEXT.replace("\r\n", " ")[:40]
        if key in _KEYS and isinstance(inner, str) and inner
        else _harmed(inner)
        for key, inner in value.items()
    }


def harm_in(kind: str, body: bytes, headers: list[tuple[str, str]]) -> list[str]:
    """What of the text came to life in an answer of this content type."""
    text = body.decode(errors="replace")
    found = [f"header {name}" for name, _ in headers if name.lower() == "x-evil"]
    if kind in ("text/html", "image/svg+xml") and (MARK in text or "<img src=x" in text):
        found.append("a tag of a person's")
    if kind == "text/html" and re.search(r"=\"[^\"]*'\"&", text):
        found.append("an attribute that ends early")
    if kind == "text/calendar":
        lines = text.replace("\r\n ", "").splitlines()
        calendar = Calendar.from_ical(text)
        found += [line for line in lines if line.startswith("X-Evil")]
        found += ["an alarm" for event in calendar.walk("VALARM") if event]
    return found
