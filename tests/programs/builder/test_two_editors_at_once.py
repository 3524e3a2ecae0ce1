"""Somebody who waits for another's change gets their turn, and the newest state."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction

from clinic.models import Practice, User
from patients.models import Case
from patients.record import trail
from programs.builder.actions.base import lock, touch
from programs.prescriptions.models import Program
from tests.factories import CaseFactory, PatientFactory, ProgramFactory
from tests.waiting import PATIENCE_S, until

pytestmark = pytest.mark.django_db(transaction=True)

A_WAIT = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


def while_it_is_changed(change: Callable[[], None], work: Callable[[], Any]) -> Any:
    """What ``work`` gives when it starts during ``change`` and has to wait for its end."""
    changed, done = Event(), Event()

    def other() -> None:
        try:
            with transaction.atomic():
                change()
                changed.set()
                done.wait(PATIENCE_S)
        finally:
            connection.close()

    def mine() -> Any:
        try:
            changed.wait(PATIENCE_S)
            with transaction.atomic():
                return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        pool.submit(other)
        answer = pool.submit(mine)
        with connection.cursor() as cursor:
            until(lambda: cursor.execute(A_WAIT).fetchone()[0], "the second has to wait")
        done.set()
        return answer.result()


@pytest.fixture
def case(practice: Practice, alice: User) -> Case:
    patient = PatientFactory(practice=practice, created_by=alice)
    return CaseFactory(patient=patient, clinician=alice)


def test_two_clinicians_change_one_draft(case: Case, alice: User, bob: User) -> None:
    program: Program = ProgramFactory(case=case, created_by=alice)
    found = while_it_is_changed(lambda: touch(lock(program), bob), lambda: lock(program))
    assert (found.revision, found.changed_by) == (program.revision + 1, bob)


def test_a_case_changes_hands_meanwhile(case: Case, alice: User, bob: User) -> None:
    def hand_over() -> None:
        now = trail.locked(case)
        now.clinician = now.preference_recorded_by = bob
        now.directional_preference, now.preference_recorded_on = "flexion", now.opened_on
        now.save()

    found = while_it_is_changed(hand_over, lambda: trail.locked(case))
    assert (found.clinician, found.preference_recorded_by) == (bob, bob)
