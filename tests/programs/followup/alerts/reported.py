"""A case with an issued program, and reports of how its exercises went."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic.models import User
from patients import vocabulary
from patients.models import Alert, Case
from programs.builder import actions
from programs.prescriptions.models import Program
from programs.sessions.actions import store
from programs.sessions.entries import Batch, ExerciseEntry, SymptomEntry
from tests.factories import ProgramFactory, ProgramItemFactory
from tests.programs.conftest import MakeCase

NOTE = "Examined today: strength is normal."
BACK, FORWARD = "standing-back-extension", "double-knee-to-chest"
BUTTOCK: dict[str, Any] = {"pain": 4, "regions": ("buttock_right",)}
CALF: dict[str, Any] = {"pain": 5, "regions": ("calf_right",)}
Report = Callable[..., None]


@pytest.fixture
def case(make_case: MakeCase, shipped_catalogue: None) -> Case:
    conditions = (("nonspecific_low_back_pain_chronic", "unspecified"),)
    return make_case(conditions=conditions, no=(*vocabulary.RED_FLAGS, *vocabulary.FINDINGS))


@pytest.fixture
def program(case: Case, alice: User) -> Program:
    """A back bend, a forward bend and a strength exercise, issued."""
    made = ProgramFactory(case=case)
    for slug in (BACK, FORWARD, "dead-bug"):
        dose = {"sets": [2, 2], "reps": [10, 10], "times_per_day": [1, 1]}
        ProgramItemFactory(program=made, slug=slug, dosage=dose)
    made.refresh_from_db()
    actions.issue(program=made, actor=alice, issue_key=uuid.uuid4(), seen_revision=made.revision)
    return Program.objects.get(pk=made.pk)


def item(program: Program, slug: str) -> str:
    return str(program.items.get(exercise__slug=slug).pk)


@pytest.fixture
def report(case: Case, program: Program) -> Report:
    """A session an hour ago with one exercise in it, and how it was before and after."""

    def send(slug: str, before: dict[str, Any], after: dict[str, Any], hours: int = 1) -> None:
        start, run = timezone.now() - dt.timedelta(hours=hours), uuid.uuid4()
        at = [start + dt.timedelta(minutes=n) for n in (0, 5, 12)]
        store(
            case=case,
            batch=Batch(
                (
                    SymptomEntry(uuid.uuid4(), run, at[0], "before", **before),
                    ExerciseEntry(uuid.uuid4(), run, at[1], item(program, slug), "done"),
                    SymptomEntry(uuid.uuid4(), run, at[2], "settled", **after),
                )
            ),
        )

    return send


@pytest.fixture
def spread(report: Report) -> None:
    """The back bend left symptoms further down."""
    report(
        BACK, {"pain": 4, "regions": ("buttock_right",)}, {"pain": 5, "regions": ("calf_right",)}
    )


def raised(case: Case, code: str) -> Alert:
    return case.alerts.get(code=code, ended_at=None)


def press(client: Client, alert: Alert, **data: Any) -> Any:
    return client.post(reverse("proposal_apply", args=[alert.pk]), data, follow=True)
