"""A column for the practice on what hangs on a case. Takes no time: the rows are filled next."""

from django.db import migrations

from clinic.models.owned import InheritedPractice
from clinic.wall.columns import Child, Models, Steps, column

CHILDREN = {
    "ScreenAnswer": ("case", "patients_case"),
    "RedFlagClearance": ("answer", "patients_screenanswer"),
    "CaseCondition": ("case", "patients_case"),
    "CaseSurgery": ("case", "patients_case"),
    "CaseRevision": ("case", "patients_case"),
    "FunctionalGoal": ("case", "patients_case"),
    "GoalScore": ("goal", "patients_functionalgoal"),
    "SymptomLog": ("case", "patients_case"),
    "CaseResponse": ("case", "patients_case"),
    "ResponseMark": ("case", "patients_case"),
    "Alert": ("case", "patients_case"),
    "AlertMail": ("alert", "patients_alert"),
}


def child(model, parent, table):
    return Child(f"patients_{model.lower()}", f"{parent}_id", table)


def field(model, parent):
    return migrations.AddField(model, "practice", InheritedPractice(parent=parent, null=True))


class Migration(migrations.Migration):
    dependencies = [("patients", "0011_cases_remember_when")]

    operations = [
        Steps(*[column(child(model, *row)) for model, row in CHILDREN.items()]),
        Models(*[field(model, parent) for model, (parent, _) in CHILDREN.items()]),
    ]
