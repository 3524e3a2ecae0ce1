"""Who is treated: patients, their cases, and what is known about each case.

Nothing here is deleted by cascade: a patient is archived, a case is closed. What was once recorded
stays readable in ``CaseRevision`` and ``ScreenAnswer``, which the database lets nobody change.
"""

from patients.models.alert import Alert, AlertMail, AlertState
from patients.models.case import Case
from patients.models.conditions import CaseCondition, CaseSurgery
from patients.models.erasure import Erasure, ErasureReason
from patients.models.finding import NameWord, PatientKey
from patients.models.goal import FunctionalGoal, GoalScore
from patients.models.log import CaseResponse, ResponseMark, SymptomLog
from patients.models.measure import CaseMeasure, MeasureKind
from patients.models.merge import MergeChoice, PatientMerge, PatientMergeReturn
from patients.models.patient import Patient, Sex
from patients.models.record import CaseRevision
from patients.models.review import CaseReview, ReviewEnd
from patients.models.screen import RedFlagClearance, ScreenAnswer
from patients.models.visit import VisitAmendment, VisitNote

__all__ = [
    "Alert",
    "AlertMail",
    "AlertState",
    "Case",
    "CaseCondition",
    "CaseMeasure",
    "CaseResponse",
    "CaseReview",
    "CaseRevision",
    "CaseSurgery",
    "Erasure",
    "ErasureReason",
    "FunctionalGoal",
    "GoalScore",
    "MeasureKind",
    "MergeChoice",
    "NameWord",
    "Patient",
    "PatientKey",
    "PatientMerge",
    "PatientMergeReturn",
    "RedFlagClearance",
    "ResponseMark",
    "ReviewEnd",
    "ScreenAnswer",
    "Sex",
    "SymptomLog",
    "VisitAmendment",
    "VisitNote",
]
