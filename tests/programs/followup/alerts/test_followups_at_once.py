"""Two act on a report in the same moment: it is done once, and nothing is undone."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from clinic.models import Practice, User
from patients.inbox.actions import acknowledge
from patients.models import Alert, Case
from programs.followup.alerts.actions import apply_proposal
from programs.prescriptions.models import Program
from programs.sessions.actions import store
from programs.sessions.entries import Batch, SymptomEntry
from tests.programs.followup.alerts.reported import (
    FORWARD,
    NOTE,
    Report,
    case,
    program,
    raised,
    report,
)
from tests.waiting import PATIENCE_S

__all__ = ["case", "program", "report"]


@pytest.mark.django_db(transaction=True)
def test_two_press_at_once_and_one_does_it(
    practice: Practice, case: Case, program: Program, report: Report, alice: User, bob: User
) -> None:
    for hours in (30, 1):
        report(FORWARD, {"pain": 4, "regions": ()}, {"pain": 8, "regions": ()}, hours)
    alert = raised(case, "ease_dose")
    start = Barrier(2, timeout=PATIENCE_S)

    def run(actor: User) -> Any:
        start.wait()
        try:
            return apply_proposal(alert=Alert.objects.get(pk=alert.pk), actor=actor, revision=1)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(run, [alice, bob]))
    assert sorted(one.by is None for one in done) == [False, True]
    assert [row.dose().words for row in program.items.active()] == ["10 times, once a day"] * 3


@pytest.mark.django_db(transaction=True)
def test_a_report_does_not_undo_what_was_acknowledged_in_the_same_moment(
    case: Case, program: Program, bob: User
) -> None:
    def flag() -> None:
        now = timezone.now()
        entry = SymptomEntry(uuid.uuid4(), uuid.uuid4(), now, "before", red_flags=("rf_foot_drop",))
        store(case=Case.objects.get(pk=case.pk), batch=Batch((entry,)))

    flag()
    first = raised(case, "red_flag")
    start = Barrier(2, timeout=PATIENCE_S)

    def run(work: Callable[[], Any]) -> None:
        start.wait()
        try:
            work()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(run, [flag, lambda: acknowledge(alert=first, actor=bob, note=NOTE)]))
    first.refresh_from_db()
    assert (first.acknowledged_by, first.note) == (bob, NOTE)
    newest = case.symptom_logs.latest("at").at.isoformat()
    rows = case.alerts.filter(code="red_flag")
    assert newest in first.event or rows.filter(acknowledged_at=None).count() == 1
