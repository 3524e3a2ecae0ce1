"""Rows of what is prescribed: catalogue, programs, issued prescriptions, patient links."""

from programs.models.access import DeviceGrant, DoorAttempt, PatientAccess
from programs.models.catalogue import CatalogueLoad, Exercise, Rule, Starter
from programs.models.issued import Handout, IssuedPrescription
from programs.models.picture import ExercisePicture
from programs.models.program import Override, Program, ProgramItem
from programs.models.reminder import (
    CalendarFeed,
    Reminder,
    ReminderClock,
    ReminderMail,
)
from programs.models.session import ExerciseLog, SessionLog

__all__ = [
    "CalendarFeed",
    "CatalogueLoad",
    "DeviceGrant",
    "DoorAttempt",
    "Exercise",
    "ExerciseLog",
    "ExercisePicture",
    "Handout",
    "IssuedPrescription",
    "Override",
    "PatientAccess",
    "Program",
    "ProgramItem",
    "Reminder",
    "ReminderClock",
    "ReminderMail",
    "Rule",
    "SessionLog",
    "Starter",
]
