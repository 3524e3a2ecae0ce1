"""What a review does: it is put on record, and the program is changed, goes on, or ends."""

from __future__ import annotations

import datetime as dt
from typing import Final
from uuid import UUID

from django.db import transaction

from clinic import audit
from clinic.models import User
from clinic.outcomes import Refused
from patients.models import Case, CaseReview
from patients.models.review import ReviewEnd
from patients.record.actions import StillOpen, set_closed
from programs.builder import actions as builder
from programs.prescriptions.models import Program

NO_PROGRAM: Final = "No program is running. Start one on the case’s page, or discharge."


@transaction.atomic
def finish_review(
    *,
    case: Case,
    actor: User,
    outcome: str,
    note: str,
    next_on: dt.date | None,
    key: UUID,
) -> CaseReview:
    """End a review. The same form sent twice ends one.

    Amending opens a draft of the running program; continuing moves its review day to ``next_on``;
    discharging ends it and closes the case. :class:`Refused` says what has to come first, and
    then nothing is written.
    """
    Case.objects.select_for_update(no_key=True).only("pk").get(pk=case.pk)
    made = CaseReview.objects.filter(case=case, key=key).first()
    if made is not None:
        return made
    program = running_program(case)
    if outcome == ReviewEnd.DISCHARGE:
        _discharge(case, program, actor)
    elif program is None or not program.prescriptions.exists():
        raise Refused(NO_PROGRAM)
    elif outcome == ReviewEnd.AMEND:
        if not program.draft_open:
            builder.amend(program=program, actor=actor)
    elif next_on is not None:
        builder.put_off_review(program=program, actor=actor, day=next_on)
    made = CaseReview.objects.create(
        case=case,
        outcome=outcome,
        note=note,
        next_on=next_on if outcome == ReviewEnd.CONTINUE else None,
        by=actor,
        key=key,
    )
    audit.record(
        practice=case.practice, actor=actor, action="case.review", target=case, outcome=outcome
    )
    return made


def running_program(case: Case) -> Program | None:
    """The program of the case that has not ended, a draft included."""
    return Program.objects.filter(case=case, ended_at=None).first()


def _discharge(case: Case, program: Program | None, actor: User) -> None:
    if program is not None:
        builder.end_program(program=program, actor=actor)
    try:
        set_closed(case=case, actor=actor, closed=True)
    except StillOpen as reason:
        raise Refused(str(reason)) from reason
