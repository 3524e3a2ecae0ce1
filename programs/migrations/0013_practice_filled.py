"""Rows that were there before get their practice, and keys and foreign keys include it from now on.

Not in one transaction: on a filled database each step holds others up for a moment only, and what
was broken off goes on where it stopped.
"""

from django.db import migrations, models

from clinic.models.owned import InheritedPractice
from clinic.wall.columns import (
    Child,
    Models,
    Steps,
    fill,
    require,
    same_practice,
    sql,
    unique_in_practice,
)
from clinic.wall.guards import filling, refusing

#: In the order in which they are filled: a parent before what hangs on it.
CHILDREN = [
    ("PatientAccess", "case", "patients_case"),
    ("DeviceGrant", "access", "programs_patientaccess"),
    ("Program", "case", "patients_case"),
    ("ProgramItem", "program", "programs_program"),
    ("Override", "item", "programs_programitem"),
    ("IssuedPrescription", "program", "programs_program"),
    ("Handout", "prescription", "programs_issuedprescription"),
    ("ScreenWaiver", "prescription", "programs_issuedprescription"),
    ("ScreenReview", "program", "programs_program"),
    ("Reminder", "access", "programs_patientaccess"),
    ("ReminderMail", "reminder", "programs_reminder"),
    ("CalendarFeed", "access", "programs_patientaccess"),
    ("SessionLog", "case", "patients_case"),
    ("ExerciseLog", "session", "programs_sessionlog"),
]
#: What others point at together with its practice.
PARENTS = {
    "PatientAccess": "link_and_practice",
    "Program": "program_and_practice",
    "ProgramItem": "item_and_practice",
    "IssuedPrescription": "prescription_and_practice",
    "Reminder": "reminder_and_practice",
    "SessionLog": "session_and_practice",
}
#: Rows that name a second one of their practice beside their parent.
ALSO = [
    ("Handout", "access", "programs_patientaccess"),
    ("SessionLog", "prescription", "programs_issuedprescription"),
]
#: Keys that get the practice: the constraint, its fields, and where it holds.
KEYS = [
    ("PatientAccess", "one_link_a_case", ["case"], "revoked_at"),
    ("Program", "one_open_program_a_case", ["case"], "ended_at"),
    ("ProgramItem", "item_once_a_side", ["program", "exercise", "side"], "removed_at"),
    ("IssuedPrescription", "version_once_a_program", ["program", "version"], ""),
    ("Handout", "handout_once", ["prescription", "access", "large_print", "address"], ""),
    ("ScreenWaiver", "waived_once_a_version", ["prescription", "code"], ""),
    ("ReminderMail", "reminder_once_a_day", ["reminder", "day"], ""),
    ("SessionLog", "session_once", ["case", "client_id"], ""),
    ("ExerciseLog", "exercise_log_once", ["session", "client_id"], ""),
]
#: One row for each row of another table: Django names these keys by itself.
ONE_TO_ONE = [
    ("reminder", "access_id"),
    ("calendarfeed", "access_id"),
    ("exerciselog", "corrects_id"),
]
NAMES_A_ROW = {
    "access", "case", "exercise", "prescription", "program", "reminder", "session",
}  # fmt: skip
GUARDS = ["patients_refuse_change", "programs_forbid_change"]


def table_of(model):
    return f"programs_{model.lower()}"


def child(model, parent, table):
    return Child(table_of(model), f"{parent}_id", table)


def key(model, name, fields, empty):
    columns = [f"{field}_id" if field in NAMES_A_ROW else field for field in fields]
    where = f"{empty} IS NULL" if empty else ""
    return unique_in_practice(table_of(model), name, columns, where=where)


def with_practice(model, name, fields, empty=""):
    """The constraint as the models say it from here on."""
    condition = models.Q(**{empty: None}) if empty else None
    return migrations.AddConstraint(
        model,
        models.UniqueConstraint(fields=[*fields, "practice"], name=name, condition=condition),
    )


STEPS = [
    *[sql(filling(guard), refusing(guard)) for guard in GUARDS],
    *[step for row in CHILDREN for step in (fill(child(*row)), require(table_of(row[0])))],
    *[sql(refusing(guard), filling(guard)) for guard in GUARDS],
    *[unique_in_practice(table_of(m), name, ["id"], new=True) for m, name in PARENTS.items()],
    *[same_practice(child(*row)) for row in [*CHILDREN, *ALSO]],
    *[key(*row) for row in KEYS],
    *[
        unique_in_practice(f"programs_{table}", f"programs_{table}_{column}_key", [column])
        for table, column in ONE_TO_ONE
    ],
    # Two requests with one key come from one form, which belongs to one practice.
    unique_in_practice("programs_issuedprescription", "issued_once", ["issue_key"]),
]
AFTER = [
    *[
        migrations.AlterField(model, "practice", InheritedPractice(parent=parent))
        for model, parent, _ in CHILDREN
    ],
    *[with_practice(model, name, ["id"]) for model, name in PARENTS.items()],
    *[migrations.RemoveConstraint(model, name) for model, name, *_ in KEYS],
    *[with_practice(*row) for row in KEYS],
    migrations.AlterField("IssuedPrescription", "issue_key", models.UUIDField()),
    with_practice("IssuedPrescription", "issued_once", ["issue_key"]),
]


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("programs", "0012_practice_on_every_row")]

    operations = [
        Steps(*STEPS),
        Models(*AFTER),
    ]
