"""Patients of a table are registered: all of them or none."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from uuid import UUID, uuid5

from django.db import transaction

from clinic import audit
from clinic.models import Practice, User
from patients.people.arriving.reading import Newcomer, still_new
from patients.record.actions import register_patient


def register_arrivals(
    *, practice: Practice, actor: User, arrivals: Sequence[Newcomer], token: UUID
) -> int:
    """Register every one of them; how many. ``token``: sent twice, nobody is there twice."""
    steps = registering(practice=practice, actor=actor, arrivals=arrivals, token=token)
    return sum(1 for _ in steps)


def registering(
    *, practice: Practice, actor: User, arrivals: Sequence[Newcomer], token: UUID
) -> Generator[int, None, None]:
    """The same, saying after each how many there are by now; once it has ended they are kept.

    Whoever stops listening before has registered nobody. Whoever another table has brought in
    since this one was looked at is left out.
    """
    with transaction.atomic():
        # Whoever else adds rows meanwhile does not wait; only another table does.
        Practice.objects.select_for_update(no_key=True).get(pk=practice.pk)
        arrivals = still_new(practice, arrivals)
        for count, arrival in enumerate(arrivals, start=1):
            register_patient(
                practice=practice,
                actor=actor,
                values=arrival.values,
                token=uuid5(token, str(arrival.line)),
            )
            yield count
        if arrivals:
            audit.record(
                practice=practice,
                actor=actor,
                action="patient.import",
                target=practice,
                patients=len(arrivals),
            )
