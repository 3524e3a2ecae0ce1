"""Notes of visits, what was measured at them, and a review, in the demo's cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final
from uuid import uuid4

from clinic.models import User
from patients.measures.actions import add_measures
from patients.models import Case
from patients.models.review import ReviewEnd
from patients.visits.actions import amend_visit, start_visit
from programs.demo.plan import CasePlan, PlannedVisit
from programs.followup.review.actions import finish_review, running_program

_PARTS: Final = ("subjective", "objective", "assessment", "plan")


def write_visits(case: Case, people: Mapping[str, User], plan: CasePlan) -> None:
    """Write all notes, oldest first, and end the review where there is one."""
    for visit in plan.visits:
        _write(case, people[visit.by], visit)
    program = running_program(case)
    if plan.review and program is not None:
        finish_review(
            case=case,
            actor=people[plan.clinician],
            outcome=ReviewEnd.CONTINUE,
            note=plan.review,
            next_on=program.review_on,
            key=uuid4(),
        )


def _write(case: Case, actor: User, visit: PlannedVisit) -> None:
    day = case.today() - dt.timedelta(days=visit.days_ago)
    words = {name: getattr(visit, name) for name in _PARTS}
    note = start_visit(
        case=case,
        actor=actor,
        key=uuid4(),
        values={"visited_on": day, "free": "", **words},
        sign=True,
    )
    if visit.added:
        amend_visit(visit=note, actor=actor, key=uuid4(), words=visit.added)
    if visit.measures:
        add_measures(case=case, actor=actor, taken_on=day, values=visit.measures, key=uuid4())
