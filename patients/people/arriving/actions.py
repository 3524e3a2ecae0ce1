"""Patients of a table are registered: all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid5

from django.db import transaction

from clinic import audit
from clinic.models import Practice, User
from patients.people.arriving.reading import Newcomer, still_new
from patients.record.actions import register_patient


@transaction.atomic
def register_arrivals(
    *, practice: Practice, actor: User, arrivals: Sequence[Newcomer], token: UUID
) -> int:
    """Register every one of them; how many. ``token``: sent twice, nobody is there twice.

    Whoever another table has brought in since this one was looked at is left out.
    """
    Practice.objects.select_for_update().get(pk=practice.pk)
    arrivals = still_new(practice, arrivals)
    if not arrivals:
        return 0
    for arrival in arrivals:
        register_patient(
            practice=practice,
            actor=actor,
            values=arrival.values,
            token=uuid5(token, str(arrival.line)),
        )
    audit.record(
        practice=practice,
        actor=actor,
        action="patient.import",
        target=practice,
        patients=len(arrivals),
    )
    return len(arrivals)
