"""Rows of what is prescribed: catalogue, programs, issued prescriptions, patient links."""

from programs.access.models import DeviceGrant, PatientAccess
from programs.access.sent_models import LinkSent
from programs.exercises.models import CatalogueLoad, Exercise, Rule, Starter
from programs.exercises.pictures.drawn_models import DrawnFigure, FigureCast
from programs.exercises.pictures.models import ExercisePicture
from programs.exercises.rulebook.models import MadeRule, OwnRule, RuleReview
from programs.exercises.theirs.models import ExerciseUse, OwnStarter
from programs.exercises.wishes.models import ExerciseWish
from programs.prescriptions.handout_models import Handout
from programs.prescriptions.models import (
    IssuedPrescription,
    Override,
    OverrideRevocation,
    Program,
    ProgramItem,
)
from programs.prescriptions.photograph_models import IssuedPhotograph
from programs.prescriptions.picture_models import FrozenPicture
from programs.prescriptions.screen_models import ScreenReview, ScreenWaiver
from programs.reminders.models import CalendarFeed, Reminder, ReminderClock, ReminderMail
from programs.sessions.models import ExerciseLog, SessionLog
from programs.verdicts.models import ProgramCheck

__all__ = [
    "CalendarFeed",
    "CatalogueLoad",
    "DeviceGrant",
    "DrawnFigure",
    "Exercise",
    "ExerciseLog",
    "ExercisePicture",
    "ExerciseUse",
    "ExerciseWish",
    "FigureCast",
    "FrozenPicture",
    "Handout",
    "IssuedPhotograph",
    "IssuedPrescription",
    "LinkSent",
    "MadeRule",
    "Override",
    "OverrideRevocation",
    "OwnRule",
    "OwnStarter",
    "PatientAccess",
    "Program",
    "ProgramCheck",
    "ProgramItem",
    "Reminder",
    "ReminderClock",
    "ReminderMail",
    "Rule",
    "RuleReview",
    "ScreenReview",
    "ScreenWaiver",
    "SessionLog",
    "Starter",
]
