"""Logs as a patient's device sends them, for a case with an issued program."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from clinic.models import Practice, User
from patients.models import Case
from programs.prescriptions.models import IssuedPrescription
from programs.sessions.actions import Stored, store
from programs.sessions.entries import Batch, ExerciseEntry, SentEntry, SessionEntry, SymptomEntry
from tests.programs.portal.conftest import issue_for, make_case
from tests.programs.samples import sample_exercise, sample_prescription

BEND_BACK = "item-back"
BEND_FORWARD = "item-2"
Send = Callable[..., Stored]


@pytest.fixture
def case(practice: Practice, alice: User, shipped_catalogue: None) -> Case:
    case = make_case(practice, alice, "Margaret Ellison", dt.date(1951, 3, 8))
    case.baseline_pain, case.baseline_left, case.baseline_right = 5, "none", "lower_leg"
    case.save()
    return case


@pytest.fixture
def issued(case: Case, alice: User) -> IssuedPrescription:
    """Three exercises and a held back bend."""
    back = sample_exercise(
        0,
        figures=False,
        item=BEND_BACK,
        exercise="standing-back-extension",
        name="Standing back bend",
        side="",
        side_words="",
        transient_rise="during_only",
    )
    sample = sample_prescription(3, figures=False)
    return issue_for(
        case, alice, sample_prescription(3, figures=False, items=(*sample.items, back))
    )


@pytest.fixture
def send(case: Case, issued: IssuedPrescription) -> Send:
    def send(*entries: SentEntry, **options: Any) -> Stored:
        known = {k: options.pop(k) for k in ("sent_at", "prescription") if k in options}
        return store(case=case, batch=Batch(tuple(entries), **known), **options)

    return send


def ago(**span: float) -> dt.datetime:
    return timezone.now() - dt.timedelta(**span)


def symptoms(session: uuid.UUID, at: dt.datetime, phase: str, **fields: Any) -> SymptomEntry:
    return SymptomEntry(id=uuid.uuid4(), session=session, at=at, phase=phase, **fields)


def exercise(session: uuid.UUID, at: dt.datetime, item: str, **fields: Any) -> ExerciseEntry:
    fields = {"state": "done", **fields}
    return ExerciseEntry(id=uuid.uuid4(), session=session, at=at, item=item, **fields)


def ended(session: uuid.UUID, at: dt.datetime, state: str = "finished") -> SessionEntry:
    return SessionEntry(id=uuid.uuid4(), session=session, at=at, state=state)
