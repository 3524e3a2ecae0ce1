"""Where every table of the database belongs, and which unique keys go beyond one practice.

A test compares both with the database, so that a new table has to say what it is.
"""

from __future__ import annotations

from typing import Final

#: Tables of which every row belongs to one practice, with the column that tells which.
OWNED: Final[dict[str, str]] = {
    "clinic_practice": "id",
    "clinic_auditentry": "practice_id",
    "clinic_membership": "practice_id",
    "clinic_practicelogo": "practice_id",
    "patients_alert": "practice_id",
    "patients_alertmail": "practice_id",
    "patients_case": "practice_id",
    "patients_casecondition": "practice_id",
    "patients_caseresponse": "practice_id",
    "patients_caserevision": "practice_id",
    "patients_casesurgery": "practice_id",
    "patients_functionalgoal": "practice_id",
    "patients_goalscore": "practice_id",
    "patients_patient": "practice_id",
    "patients_patientmerge": "practice_id",
    "patients_patientmergereturn": "practice_id",
    "patients_redflagclearance": "practice_id",
    "patients_responsemark": "practice_id",
    "patients_screenanswer": "practice_id",
    "patients_symptomlog": "practice_id",
    "programs_calendarfeed": "practice_id",
    "programs_devicegrant": "practice_id",
    "programs_exerciselog": "practice_id",
    "programs_exercisepicture": "practice_id",
    "programs_exercisewish": "practice_id",
    "programs_handout": "practice_id",
    "programs_issuedprescription": "practice_id",
    "programs_override": "practice_id",
    "programs_patientaccess": "practice_id",
    "programs_program": "practice_id",
    "programs_programitem": "practice_id",
    "programs_reminder": "practice_id",
    "programs_remindermail": "practice_id",
    "programs_screenreview": "practice_id",
    "programs_screenwaiver": "practice_id",
    "programs_sessionlog": "practice_id",
}
#: Tables with rows of practices beside rows that are everybody's.
MIXED: Final[dict[str, str]] = {
    "programs_exercise": "the built-in catalogue has no practice; a practice's own entries have",
}
#: Tables that belong to no practice, and why.
SHARED: Final[dict[str, str]] = {
    "clinic_user": "one person signs in once and may work in several practices",
    "programs_catalogueload": "the catalogue is everybody's",
    "programs_doorattempt": "guessing is slowed down over the whole server; it holds hashes only",
    "programs_reminderclock": "one clock for whoever plans reminders",
    "programs_rule": "the rules are everybody's",
    "programs_starter": "the starting templates are everybody's",
}
#: Tables that Django and its packages bring.
FRAMEWORK: Final[frozenset[str]] = frozenset(
    {
        "auth_group",
        "auth_group_permissions",
        "auth_permission",
        "axes_accessattempt",
        "axes_accessattemptexpiration",
        "axes_accessfailurelog",
        "axes_accesslog",
        "clinic_user_groups",
        "clinic_user_user_permissions",
        "django_content_type",
        "django_migrations",
        "django_session",
    }
)

#: Unique keys of owned tables that hold over all practices, and why. Primary keys do as well:
#: an address names a row by its id alone.
GLOBAL_KEYS: Final[dict[str, str]] = {
    "programs_calendarfeed.token": "a calendar is asked for by its token, before anything is known",
    "programs_patientaccess.code": "a patient types the code before anything else is known",
    "programs_patientaccess.token": "a link is followed before anything else is known",
    "programs_reminder.confirm_token": "the link of a letter is followed by anybody who has it",
    "programs_reminder.stop_token": "the link of a letter is followed by anybody who has it",
}

#: Foreign keys between owned rows that the database does not hold to one practice, and why.
SINGLE_REFERENCES: Final[dict[str, str]] = {
    "patients_symptomlog.corrects_id": "a key for it would add a third of an index to every log",
    "programs_exerciselog.corrects_id": "a key for it would add a third of an index to every log",
    "programs_exercisepicture.exercise_id": "a built-in exercise has no practice",
    "programs_programitem.exercise_id": "a built-in exercise has no practice",
}
