"""Erasing a patient's record for good, and the photographs that a practice has taken down."""

from __future__ import annotations

from django.db import transaction

from clinic import audit
from clinic.models import Practice, User
from clinic.outcomes import Refused
from clinic.wall import passages
from patients.models import ErasureReason, Patient


@transaction.atomic
def erase_patient(*, patient: Patient, actor: User | None, reason: ErasureReason) -> dict[str, int]:
    """Remove every row that hangs on the patient; says how many of each table.

    What was done to the record stays in the audit, without a name, and so does that it is gone.
    ``Refused`` where it is not there, or is a part of another record.
    """
    counts = passages.erase_patient(patient.pk, reason=reason.value, by=actor.pk if actor else None)
    if counts is None:
        raise Refused("This record is not here any more, or is a part of another one.")
    audit.record(
        practice=patient.practice,
        actor=actor,
        action="patient.erase",
        target=patient,
        reason=reason.value,
    )
    return counts


@transaction.atomic
def erase_photographs(*, practice: Practice, actor: User) -> int:
    """Remove the photographs that were taken down; says how many. Issued versions keep theirs."""
    removed = passages.erase_photographs()
    if removed:
        audit.record(
            practice=practice,
            actor=actor,
            action="exercise_picture.erase",
            target=practice,
            count=removed,
        )
    return removed
