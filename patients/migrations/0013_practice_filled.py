"""Rows that were there before get their practice, and keys and foreign keys include it from now on.

Not in one transaction: on a filled database each step holds others up for a moment only, and what
was broken off goes on where it stopped.
"""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
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
    ("ScreenAnswer", "case", "patients_case"),
    ("RedFlagClearance", "answer", "patients_screenanswer"),
    ("CaseCondition", "case", "patients_case"),
    ("CaseSurgery", "case", "patients_case"),
    ("CaseRevision", "case", "patients_case"),
    ("FunctionalGoal", "case", "patients_case"),
    ("GoalScore", "goal", "patients_functionalgoal"),
    ("SymptomLog", "case", "patients_case"),
    ("CaseResponse", "case", "patients_case"),
    ("ResponseMark", "case", "patients_case"),
    ("Alert", "case", "patients_case"),
    ("AlertMail", "alert", "patients_alert"),
]
#: What others point at together with its practice.
PARENTS = {
    "Case": "case_and_practice",
    "ScreenAnswer": "answer_and_practice",
    "FunctionalGoal": "goal_and_practice",
    "Alert": "alert_and_practice",
    "PatientMerge": "merge_and_practice",
}
#: Keys that get the practice: the constraint, its fields and its columns.
KEYS = [
    ("CaseCondition", "condition_once", ["case", "code", "side"]),
    ("CaseSurgery", "surgery_once", ["case", "code", "performed_on", "side"]),
    ("CaseRevision", "case_revision_once", ["case", "number"]),
    ("GoalScore", "goal_score_once", ["goal", "client_id"]),
    ("SymptomLog", "symptom_log_once", ["case", "client_id"]),
]
#: One row for each row of another table: Django names these keys by itself.
ONE_TO_ONE = [
    ("redflagclearance", "answer_id"),
    ("symptomlog", "corrects_id"),
    ("caseresponse", "case_id"),
    ("alertmail", "alert_id"),
    ("patientmergereturn", "merge_id"),
]
GUARD = "patients_refuse_change"
ALERT_KEYS = [
    (
        "alert_open_once",
        ["case", "kind", "code", "item"],
        "acknowledged_at IS NULL AND ended_at IS NULL AND NOT (code = 'red_flag')",
        models.Q(acknowledged_at=None, ended_at=None) & ~models.Q(code="red_flag"),
    ),
    (
        "red_flag_alert_open_once",
        ["case", "event"],
        "acknowledged_at IS NULL AND code = 'red_flag'",
        models.Q(acknowledged_at=None, code="red_flag"),
    ),
]


def table_of(model):
    return f"patients_{model.lower()}"


def child(model, parent, table):
    return Child(table_of(model), f"{parent}_id", table)


def key_columns(fields):
    return [f"{field}_id" if field in {"case", "goal"} else field for field in fields]


def with_practice(model, name, fields, condition=None):
    """The constraint as the models say it from here on."""
    return migrations.AddConstraint(
        model,
        models.UniqueConstraint(fields=[*fields, "practice"], name=name, condition=condition),
    )


STEPS = [
    sql(filling(GUARD), refusing(GUARD)),
    *[step for row in CHILDREN for step in (fill(child(*row)), require(table_of(row[0])))],
    sql(refusing(GUARD), filling(GUARD)),
    *[unique_in_practice(table_of(m), name, ["id"], new=True) for m, name in PARENTS.items()],
    *[same_practice(child(*row)) for row in CHILDREN],
    same_practice(Child("patients_screenanswer", "copied_from_id", "patients_screenanswer")),
    same_practice(Child("patients_patientmergereturn", "merge_id", "patients_patientmerge")),
    *[unique_in_practice(table_of(m), name, key_columns(fields)) for m, name, fields in KEYS],
    *[
        unique_in_practice("patients_alert", name, key_columns(fields), where=where)
        for name, fields, where, _ in ALERT_KEYS
    ],
    *[
        unique_in_practice(f"patients_{table}", f"patients_{table}_{column}_key", [column])
        for table, column in ONE_TO_ONE
    ],
    sql("DROP INDEX CONCURRENTLY IF EXISTS alerts_waiting"),
]
AFTER = [
    *[
        migrations.AlterField(model, "practice", InheritedPractice(parent=parent))
        for model, parent, _ in CHILDREN
    ],
    *[with_practice(model, name, ["id"]) for model, name in PARENTS.items()],
    *[migrations.RemoveConstraint(model, name) for model, name, _ in KEYS],
    *[with_practice(model, name, fields) for model, name, fields in KEYS],
    *[migrations.RemoveConstraint("Alert", name) for name, *_ in ALERT_KEYS],
    *[with_practice("Alert", name, fields, condition) for name, fields, _, condition in ALERT_KEYS],
]
#: What is open in one practice, the most urgent first.
WAITING = models.Index(
    fields=["practice", "rank", "-raised_at"],
    condition=models.Q(acknowledged_at=None),
    name="alerts_waiting",
)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("patients", "0012_practice_on_every_row")]

    operations = [
        Steps(*STEPS),
        Models(*AFTER),
        AddIndexConcurrently("alert", WAITING),
        RemoveIndexConcurrently("alert", "alerts_open"),
    ]
