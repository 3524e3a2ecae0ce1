"""The patients of the journeys, in the demo practice: screened and well, unless said otherwise."""

from __future__ import annotations

import datetime as dt

from clinic import demo
from clinic.models import Membership, Practice, User
from patients.models import Case
from patients.record.actions import open_case, register_patient
from patients.screening.actions import record_answers
from patients.vocabulary import FINDINGS, RED_FLAGS

BACK = ("lumbar_foraminal_stenosis", "right")
KNEE = ("knee_osteoarthritis", "left")
BORN = dt.date(1961, 5, 4)


def whose() -> tuple[Practice, User]:
    """The demo's owner, who does the jobs."""
    owner = User.objects.get(email=demo.EMAIL)
    members = Membership.objects.select_related("practice")
    member = members.get(user=owner, practice__name__icontains="harbour")
    return member.practice, owner


def a_case(name: str, condition: tuple[str, str] = BACK, *, screened: bool = True) -> Case:
    """A patient of this name with one open case and everything at home."""
    practice, owner = whose()
    who = dict.fromkeys(("email", "phone", "clinician_notes", "sex"), "")
    patient = register_patient(
        practice=practice,
        actor=owner,
        values={**who, "full_name": name, "date_of_birth": BORN},
    )
    case = open_case(
        patient=patient,
        actor=owner,
        facts={
            "title": "Pain on standing",
            "clinician": [owner.pk, str(owner)],
            "conditions": [list(condition)],
            "surgeries": [],
            "resources": ["bed", "chair", "wall", "mat", "wall_corner", "pillow"],
        },
    )
    if screened:
        answers = dict.fromkeys((*RED_FLAGS, *FINDINGS), "no")
        record_answers(case=case, actor=owner, seen=0, answers=answers)
    return case
