"""Where every table of the database belongs, and which unique keys go beyond one practice.

A test compares both with the database, so that a new table has to say what it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final


class Rows(Enum):
    """What the application may do with the rows of a table."""

    KEPT = "SELECT, INSERT"
    CHANGED = "SELECT, INSERT, UPDATE"
    REMOVED = "SELECT, INSERT, UPDATE, DELETE"
    READ = "SELECT"


KEPT, CHANGED, REMOVED, READ = Rows.KEPT, Rows.CHANGED, Rows.REMOVED, Rows.READ
OF_ITS_CASE: Final = "case_id = wall_case()"
"""A row that names the case it is of."""
NOT_OF_A_CASE: Final = "false"
"""No row of this table is a patient's own."""
ANY_CASE: Final = "true"
"""What every patient of the practice may be shown, such as a logo."""


@dataclass(frozen=True)
class Owned:
    """A table whose rows belong to a practice.

    ``case``: which of them a patient's page sees, whose scope is one case.
    """

    rows: Rows
    case: str


def _of(parent: str, column: str) -> str:
    """Rows whose parent is seen, which is behind the wall itself."""
    return f"EXISTS (SELECT FROM {parent} parent WHERE parent.id = {column})"


_ACCESS = _of("programs_patientaccess", "access_id")
_PROGRAM = _of("programs_program", "program_id")
_PRESCRIPTION = _of("programs_issuedprescription", "prescription_id")
#: Tables of which every row belongs to one practice.
OWNED: Final[dict[str, Owned]] = {
    "clinic_practice": Owned(CHANGED, ANY_CASE),
    "clinic_auditentry": Owned(KEPT, NOT_OF_A_CASE),
    "clinic_look": Owned(KEPT, NOT_OF_A_CASE),
    "clinic_invitation": Owned(CHANGED, NOT_OF_A_CASE),
    "clinic_membership": Owned(CHANGED, NOT_OF_A_CASE),
    "clinic_practicelogo": Owned(REMOVED, ANY_CASE),
    "clinic_unwantedfile": Owned(REMOVED, NOT_OF_A_CASE),
    "patients_alert": Owned(CHANGED, OF_ITS_CASE),
    "patients_alertmail": Owned(CHANGED, _of("patients_alert", "alert_id")),
    "patients_alertstate": Owned(KEPT, _of("patients_alert", "alert_id")),
    "patients_case": Owned(CHANGED, "id = wall_case()"),
    "patients_casecondition": Owned(REMOVED, OF_ITS_CASE),
    "patients_casemeasure": Owned(KEPT, NOT_OF_A_CASE),
    "patients_caseresponse": Owned(CHANGED, OF_ITS_CASE),
    "patients_casereview": Owned(KEPT, NOT_OF_A_CASE),
    "patients_caserevision": Owned(KEPT, OF_ITS_CASE),
    "patients_casesurgery": Owned(REMOVED, OF_ITS_CASE),
    "patients_erasure": Owned(KEPT, NOT_OF_A_CASE),
    "patients_functionalgoal": Owned(CHANGED, OF_ITS_CASE),
    "patients_goalscore": Owned(KEPT, _of("patients_functionalgoal", "goal_id")),
    "patients_patient": Owned(
        CHANGED, "id = (SELECT patient_id FROM patients_case WHERE patients_case.id = wall_case())"
    ),
    "patients_nameword": Owned(REMOVED, NOT_OF_A_CASE),
    "patients_patientkey": Owned(REMOVED, NOT_OF_A_CASE),
    "patients_patientmerge": Owned(KEPT, NOT_OF_A_CASE),
    "patients_patientmergereturn": Owned(KEPT, NOT_OF_A_CASE),
    "patients_redflagclearance": Owned(KEPT, _of("patients_screenanswer", "answer_id")),
    "patients_responsemark": Owned(KEPT, OF_ITS_CASE),
    "patients_screenanswer": Owned(KEPT, OF_ITS_CASE),
    "patients_symptomlog": Owned(KEPT, OF_ITS_CASE),
    "patients_visitamendment": Owned(KEPT, NOT_OF_A_CASE),
    "patients_visitnote": Owned(CHANGED, NOT_OF_A_CASE),
    "programs_calendarfeed": Owned(CHANGED, _ACCESS),
    "programs_devicegrant": Owned(REMOVED, _ACCESS),
    "programs_exerciselog": Owned(KEPT, _of("programs_sessionlog", "session_id")),
    "programs_exercisepicture": Owned(CHANGED, ANY_CASE),
    "programs_exerciseuse": Owned(CHANGED, NOT_OF_A_CASE),
    "programs_exercisewish": Owned(CHANGED, NOT_OF_A_CASE),
    "programs_frozenpicture": Owned(KEPT, ANY_CASE),
    "programs_handout": Owned(CHANGED, _PRESCRIPTION),
    "programs_issuedphotograph": Owned(CHANGED, _PRESCRIPTION),
    "programs_issuedprescription": Owned(KEPT, _PROGRAM),
    "programs_linksent": Owned(KEPT, _ACCESS),
    "programs_maderule": Owned(KEPT, ANY_CASE),
    "programs_ownrule": Owned(KEPT, ANY_CASE),
    "programs_ownstarter": Owned(CHANGED, NOT_OF_A_CASE),
    "programs_override": Owned(KEPT, _of("programs_programitem", "item_id")),
    "programs_overriderevocation": Owned(KEPT, _of("programs_override", "override_id")),
    "programs_patientaccess": Owned(CHANGED, OF_ITS_CASE),
    "programs_program": Owned(CHANGED, OF_ITS_CASE),
    "programs_programcheck": Owned(CHANGED, _PROGRAM),
    "programs_programitem": Owned(CHANGED, _PROGRAM),
    "programs_reminder": Owned(CHANGED, _ACCESS),
    "programs_remindermail": Owned(CHANGED, _of("programs_reminder", "reminder_id")),
    "programs_rulereview": Owned(KEPT, NOT_OF_A_CASE),
    "programs_screenreview": Owned(KEPT, _PROGRAM),
    "programs_screenwaiver": Owned(KEPT, _PRESCRIPTION),
    "programs_sessionlog": Owned(CHANGED, OF_ITS_CASE),
}
#: Tables with rows of practices beside rows that are everybody's.
MIXED: Final[dict[str, Owned]] = {
    # The built-in catalogue has no practice; a practice's own entries have.
    "programs_exercise": Owned(CHANGED, ANY_CASE),
}
#: Tables that belong to no practice, what the application does there, and why it is so.
SHARED: Final[dict[str, tuple[Rows, str]]] = {
    "clinic_guess": (REMOVED, "guessing is slowed down over the whole server; only hashes"),
    "clinic_heartbeat": (CHANGED, "when what is due by the clock was last done"),
    "clinic_postedletter": (REMOVED, "who asks for a password has no practice yet; sealed"),
    "clinic_signedin": (REMOVED, "a session is a person's, whichever practice they work in"),
    "clinic_user": (CHANGED, "one person signs in once and may work in several practices"),
    "programs_catalogueload": (READ, "the catalogue is everybody's"),
    "programs_drawnfigure": (
        KEPT,
        "poses of the catalogue, drawn once for whoever chose the person",
    ),
    "programs_figurecast": (CHANGED, "people to be drawn; by whom they were chosen is not kept"),
    "programs_reminderclock": (CHANGED, "one clock for whoever plans reminders"),
    "programs_rule": (READ, "the rules are everybody's"),
    "programs_starter": (READ, "the starting templates are everybody's"),
}
#: Tables that Django and its packages bring.
FRAMEWORK: Final[dict[str, Rows]] = {
    # One person signs in once, with these ways, whichever practices they work in.
    "account_emailaddress": REMOVED,
    "account_emailconfirmation": REMOVED,
    "mfa_authenticator": REMOVED,
    "socialaccount_socialaccount": REMOVED,
    # The directory is named in the settings; these stay empty.
    "socialaccount_socialapp": READ,
    "socialaccount_socialtoken": REMOVED,
    "auth_group": READ,
    "auth_group_permissions": READ,
    "auth_permission": READ,
    "clinic_user_groups": READ,
    "clinic_user_user_permissions": READ,
    "django_content_type": READ,
    "django_migrations": READ,
    "django_session": REMOVED,
}

#: Unique keys of owned tables that hold over all practices, and why. Primary keys do as well:
#: an address names a row by its id alone.
GLOBAL_KEYS: Final[dict[str, str]] = {
    "clinic_invitation.token_hash": "a link is followed by somebody who belongs nowhere yet",
    "clinic_practice.likeness": "no practice of the server may be taken for another",
    "programs_calendarfeed.token_hash": "a calendar is asked for by its token, before all else",
    "programs_patientaccess.code_hash": "a patient types the code before anything else is known",
    "programs_patientaccess.token_hash": "a link is followed before anything else is known",
    "programs_reminder.confirm_token_hash": "the link of a letter is followed by whoever has it",
    "programs_reminder.stop_token_hash": "the link of a letter is followed by whoever has it",
}

#: Foreign keys between owned rows that the database does not hold to one practice, and why.
SINGLE_REFERENCES: Final[dict[str, str]] = {
    "patients_symptomlog.corrects_id": "a key for it would add a third of an index to every log",
    "programs_exerciselog.corrects_id": "a key for it would add a third of an index to every log",
    "programs_exercisepicture.exercise_id": "a built-in exercise has no practice",
    "programs_exerciseuse.exercise_id": "a built-in exercise has no practice",
    "programs_programitem.exercise_id": "a built-in exercise has no practice",
}
