"""What was asked stands beside what was done: in its version, or written where another says it."""

import dataclasses
import importlib
import uuid
from typing import Any

import pytest
from django.db import connection

from clinic.models import User
from patients.models import Case
from programs.exercises.dosage import Dosage, Span
from programs.prescriptions.models import IssuedPrescription
from programs.sessions.models import ExerciseLog
from programs.sessions.prescribed import dose_asked
from tests.programs.portal.conftest import issue_for
from tests.programs.sessions.conftest import Send, ago, exercise

pytestmark = pytest.mark.django_db
S1 = uuid.UUID(int=1)
TWICE = Dosage(sets=Span(2, 2), reps=Span(7, 7))
migration: Any = importlib.import_module("programs.migrations.0032_asked_by_the_version")


def test_what_a_later_version_asks_is_written_beside_a_session_of_an_earlier_one(
    case: Case, send: Send, issued: IssuedPrescription, alice: User
) -> None:
    before = issued.prescription()
    item = dataclasses.replace(before.items[0], dosage=TWICE)
    issue_for(case, alice, dataclasses.replace(before, items=(item, *before.items[1:])))
    send(exercise(S1, ago(minutes=5), "item-0"), prescription=issued.pk)
    row = ExerciseLog.objects.get()
    assert row.asked == {"sets": [2, 2], "reps": [7, 7]}
    assert dose_asked(row) == TWICE


def test_what_the_version_says_is_read_there(
    send: Send, issued: IssuedPrescription, django_assert_num_queries: Any
) -> None:
    send(exercise(S1, ago(minutes=5), "item-0"))
    row = ExerciseLog.objects.select_related("session").get()
    with django_assert_num_queries(1):
        assert dose_asked(row) == issued.prescription().items[0].dosage
    assert row.asked is None


def test_going_back_writes_it_beside_each_log_again(send: Send, issued: IssuedPrescription) -> None:
    send(exercise(S1, ago(minutes=5), "item-0"))
    with connection.cursor() as cursor:
        cursor.execute(migration.SAY_AGAIN)
    assert ExerciseLog.objects.get().asked == issued.payload["items"][0]["dosage"] != {}
