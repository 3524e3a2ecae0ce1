"""Two clicks in the same moment, on two real connections."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from clinic.models import Practice, User
from patients.inbox.actions import acknowledge
from patients.models import Case, Patient
from patients.record.actions import change_case, open_case, register_patient
from patients.record.merge import Conflict
from patients.screening.actions import clear_red_flag, record_answers
from tests.factories import AlertFactory, AnswerFactory
from tests.patients.pages import fresh
from tests.waiting import PATIENCE_S

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """The results of works started together, an exception in place of a result."""
    start = Barrier(len(works), timeout=PATIENCE_S)

    def run(work: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return work()
        except Conflict as conflict:
            return conflict
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_two_clicks_register_one_patient_and_open_one_case(practice: Practice, alice: User) -> None:
    token = uuid4()
    values = {
        "full_name": "Ann Lee",
        "date_of_birth": date(1970, 2, 3),
        "email": "",
        "phone": "",
        "clinician_notes": "",
        "sex": "",
    }
    made = at_once(
        *[lambda: register_patient(practice=practice, actor=alice, values=values, token=token)] * 2
    )
    assert [row.pk for row in made] == [token, token]
    patient = Patient.objects.get()
    facts = {"title": "Back", "clinician": [alice.pk, str(alice)]}
    made = at_once(*[lambda: open_case(patient=patient, actor=alice, facts=facts, token=token)] * 2)
    assert [row.pk for row in made] == [token, token]
    assert Case.objects.get().revisions.count() == 1


def test_two_clicks_save_one_answer(case: Case, alice: User) -> None:
    saved = at_once(
        *[lambda: record_answers(case=case, actor=alice, seen=0, answers={"vertigo": "no"})] * 2
    )
    assert sorted(len(one.answers) for one in saved) == [0, 1]
    assert case.answers.count() == 1


def test_two_clinicians_clear_one_flag(case: Case, alice: User, bob: User) -> None:
    flag = AnswerFactory(case=case, code="rf_foot_drop")
    made = at_once(
        lambda: clear_red_flag(answer=flag, actor=alice, note="Alice looked at it."),
        lambda: clear_red_flag(answer=flag, actor=bob, note="Bob looked at it."),
    )
    assert made[0].pk == made[1].pk
    assert fresh(case).open_stops() == []


def test_of_two_who_change_one_fact_one_is_told(case: Case, alice: User, bob: User) -> None:
    outcome = at_once(
        lambda: change_case(case=case, actor=alice, seen=1, facts={"goals": "Walk."}),
        lambda: change_case(case=case, actor=bob, seen=1, facts={"goals": "Run."}),
    )
    assert sorted(type(one).__name__ for one in outcome) == ["Conflict", "list"]
    assert [row.number for row in case.revisions.all()] == [2, 1]


def test_two_clinicians_acknowledge_one_alert(case: Case, alice: User, bob: User) -> None:
    alert = AlertFactory(case=case)
    done = at_once(
        lambda: acknowledge(alert=alert, actor=alice, note="Alice rang her."),
        lambda: acknowledge(alert=alert, actor=bob, note="Bob rang her."),
    )
    assert sorted(one.mine for one in done) == [False, True]
    assert done[0].alert.acknowledged_by == done[1].alert.acknowledged_by
    assert done[0].alert.note == done[1].alert.note
