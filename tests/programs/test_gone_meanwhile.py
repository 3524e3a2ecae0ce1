"""A record that is erased while a page is being read: the page goes on without it.

A page asks several questions one after the other, and what the first has named may be gone by the
second. Here it goes before each question of the page in turn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from clinic import wall
from clinic.models import Look, LookKind, Practice, User
from clinic.wall import passages
from patients.models import Case, SymptomLog
from programs.followup.progress import log
from programs.verdicts import checks
from programs.verdicts.touched import touched_by
from tests import factories
from tests.clock import NOW
from tests.programs.conftest import SCREEN, MakeCase
from tests.programs.verdicts.test_checks import MANY
from tests.programs.verdicts.test_recheck import live, osteoporosis
from tests.undone import undone


@pytest.fixture
def busy(make_case: MakeCase, shipped_catalogue: None, practice: Practice, alice: User) -> Case:
    """A case that every list of the first page names: flagged, stopped, reported, due, opened."""
    case = make_case(no=SCREEN)
    program = live(case, alice, "curl-up", "walking")
    osteoporosis(case)
    factories.AnswerFactory(case=case, code="rf_foot_drop")
    checks.catch_up(practice, most=MANY)
    factories.AlertFactory(case=case)
    factories.AlertFactory(case=case, code="both_legs", urgency="same_day")
    SymptomLog.objects.create(
        case=case,
        client_id=uuid4(),
        session=uuid4(),
        phase="before",
        at=NOW,
        received_at=NOW,
        pain=3,
    )
    Look.objects.create(
        practice=practice, actor=alice, kind=LookKind.READ, page="case", patient=case.patient_id,
        case=case.pk,
    )  # fmt: skip
    program.refresh_from_db()
    program.review_on = program.case.today()
    program.save(update_fields=["review_on"])
    return case


class Asked:
    """How many questions were put, and what to do before one of them."""

    def __init__(self, before: int, act: Callable[[], object]) -> None:
        self.before, self.act, self.count = before, act, 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().startswith("SELECT"):
            self.count += 1
            if self.count == self.before:
                self.act()
        return execute(sql, params, many, context)


@contextmanager
def erased_before(question: int, case: Case) -> Iterator[Asked]:
    """The patient is erased just before this question of what is done in the block; undone then."""

    def erase() -> None:
        with wall.within(case.practice_id):
            assert passages.erase_patient(case.patient_id, reason="asked", by=None) is not None

    asked = Asked(question, erase)
    with undone(), connection.execute_wrapper(asked):
        yield asked


def at_each_question(case: Case, read: Callable[[], object]) -> int:
    """Read it with the patient gone before each of its questions; how many there are."""
    question = 1
    while True:
        with erased_before(question, case) as asked:
            read()
        if asked.count < question:
            return asked.count
        question += 1


@pytest.mark.parametrize(
    ("address", "at_least"), [("/", 20), ("/inbox/", 6), ("/find/?q=Maria", 6), ("/patients/", 5)]
)
def test_a_page_goes_on_without_a_record_that_is_erased_meanwhile(
    alice_client: Client, busy: Case, address: str, at_least: int
) -> None:
    assert b"Maria Santos" in alice_client.get(address).content

    def read() -> None:
        assert alice_client.get(address).status_code == 200

    assert at_each_question(busy, read) >= at_least


def test_lines_and_programs_that_are_gone_are_left_out(practice: Practice, busy: Case) -> None:
    keys = list(log.keys_of(busy))
    assert keys
    assert at_each_question(busy, lambda: log.entries_of(busy, keys, {})) > 1
    assert at_each_question(busy, lambda: touched_by(practice, "P-06", None)) > 2
