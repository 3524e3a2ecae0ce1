"""What a page or an issue needs of a program is worked out once a request."""

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from types import CodeType, FrameType, FunctionType
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from programs.prescriptions.handout_models import Handout
from programs.prescriptions.models import IssuedPrescription, Program
from programs.prescriptions.sheet import sheet_of
from programs.verdicts.blockers import blockers_of
from programs.verdicts.judgement import judge_program
from tests import factories
from tests.patients.pages import given


@contextmanager
def calls(*functions: FunctionType) -> Iterator[Counter[str]]:
    """How often the functions are entered, or those that arrange and check; none is replaced."""
    seen: Counter[str] = Counter()
    watched: dict[CodeType, str] = {
        f.__code__: f.__name__ for f in functions or (sheet_of, blockers_of)
    }

    def count(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code in watched:
            seen[watched[frame.f_code]] += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield seen
    finally:
        sys.setprofile(before)


@pytest.fixture
def ready(draft: Program) -> Program:
    """A draft that can be issued."""
    factories.ProgramItemFactory(program=draft, slug="dead-bug")
    return draft


def test_the_builder_asks_once_what_stands_in_the_way(alice_client: Client, ready: Program) -> None:
    with calls() as seen:
        assert alice_client.get(reverse("program", args=[ready.pk])).status_code == 200
    assert seen == {"blockers_of": 1}


def test_a_template_is_judged_before_it_is_applied_and_after(
    alice_client: Client, draft: Program
) -> None:
    sent = {"starter": "foraminal-stenosis-short"}
    with calls(judge_program) as seen:
        answer = alice_client.post(
            reverse("program_starter", args=[draft.pk]), sent, headers={"hx-request": "true"}
        )
    assert b"added" in answer.content
    assert seen == {"judge_program": 2}


def test_the_preview_asks_and_arranges_once(alice_client: Client, ready: Program) -> None:
    with calls() as seen:
        assert alice_client.get(reverse("program_issue", args=[ready.pk])).status_code == 200
    assert seen == {"blockers_of": 1, "sheet_of": 1}


def test_issuing_arranges_once_for_both_handouts(
    alice_client: Client, ready: Program, django_capture_on_commit_callbacks: Any
) -> None:
    page = given(alice_client, reverse("program_issue", args=[ready.pk]))
    sent = page.context["form"].initial
    with calls() as seen, django_capture_on_commit_callbacks(execute=True):
        answer = alice_client.post(reverse("program_issue", args=[ready.pk]), sent)
    assert answer.status_code == 302
    assert (IssuedPrescription.objects.count(), Handout.objects.count()) == (1, 2)
    assert seen == {"blockers_of": 1, "sheet_of": 1}


def test_an_issued_program_is_arranged_once(alice_client: Client, ready: Program) -> None:
    page = given(alice_client, reverse("program_issue", args=[ready.pk]))
    alice_client.post(reverse("program_issue", args=[ready.pk]), page.context["form"].initial)
    with calls() as seen:
        assert alice_client.get(reverse("program", args=[ready.pk])).status_code == 200
    assert seen == {"sheet_of": 1}
