"""A column for the practice on what hangs on a case. Takes no time: the rows are filled next."""

from django.db import migrations

from clinic.models.owned import InheritedPractice
from clinic.wall.columns import Child, Models, Steps, column

CHILDREN = {
    "PatientAccess": ("case", "patients_case"),
    "DeviceGrant": ("access", "programs_patientaccess"),
    "Program": ("case", "patients_case"),
    "ProgramItem": ("program", "programs_program"),
    "Override": ("item", "programs_programitem"),
    "IssuedPrescription": ("program", "programs_program"),
    "Handout": ("prescription", "programs_issuedprescription"),
    "ScreenWaiver": ("prescription", "programs_issuedprescription"),
    "ScreenReview": ("program", "programs_program"),
    "Reminder": ("access", "programs_patientaccess"),
    "ReminderMail": ("reminder", "programs_reminder"),
    "CalendarFeed": ("access", "programs_patientaccess"),
    "SessionLog": ("case", "patients_case"),
    "ExerciseLog": ("session", "programs_sessionlog"),
}


def child(model, parent, table):
    return Child(f"programs_{model.lower()}", f"{parent}_id", table)


def field(model, parent):
    return migrations.AddField(model, "practice", InheritedPractice(parent=parent, null=True))


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0011_handout_of_an_address"),
        ("patients", "0013_practice_filled"),
    ]

    operations = [
        Steps(*[column(child(model, *row)) for model, row in CHILDREN.items()]),
        Models(*[field(model, parent) for model, (parent, _) in CHILDREN.items()]),
    ]
