"""Issuing a version: the whole request that freezes it and has its paper ready."""

from __future__ import annotations

import os
import time
import uuid
from typing import Final

from django.test import Client
from django.urls import reverse

from benchmarks.door import HOST
from benchmarks.journeys.people import a_case, whose
from benchmarks.measure import Result, p95
from programs.builder import actions
from programs.prescriptions.handout_models import Handout
from programs.prescriptions.models import Program

RUNS: Final = 40
STARTER: Final = "foraminal-stenosis-short"


def measure(runs: int) -> list[Result]:
    """The 95th percentile, by the clock and in processor time of the process that answers.

    One in four is a patient's first version; the others follow an amendment. The paper is
    rendered before the answer goes out, so it is ready when it is asked for.
    """
    client = Client(SERVER_NAME=HOST)
    _, owner = whose()
    client.force_login(owner, "django.contrib.auth.backends.ModelBackend")
    clock, worked = [], []
    program = None
    for n in range(max(runs, RUNS)):
        program = _draft(n) if program is None or n % 4 == 0 else _amended(program)
        began, before = time.perf_counter(), sum(os.times()[:2])
        _issued(client, program)
        clock.append(1000 * (time.perf_counter() - began))
        worked.append(1000 * (sum(os.times()[:2]) - before))
    exercises = program.items.count() if program else 0
    what = f"issuing {exercises} exercises, paper and all, 95th percentile"
    return [
        Result(what, round(p95(clock)), "ms", "< 1000"),
        Result(f"{what}, processor time", round(p95(worked)), "ms", "< 1000"),
    ]


def _draft(n: int) -> Program:
    """A new patient's program, from a starting template, with nothing left to decide."""
    _, owner = whose()
    program, _ = actions.create_program(case=a_case(f"Ivo Issued {n}"), actor=owner)
    actions.apply_starter(program=program, actor=owner, slug=STARTER, side="right")
    return program


def _amended(program: Program) -> Program:
    """The next version's draft."""
    _, owner = whose()
    return actions.amend(program=Program.objects.get(pk=program.pk), actor=owner)


def _issued(client: Client, program: Program) -> None:
    """As the button does it; the paper is there afterwards."""
    program.refresh_from_db()
    form = {
        "issue_key": str(uuid.uuid4()),
        "revision": program.revision,
        "case_revision": program.case.revision,
        "since": "unchanged",
    }
    answer = client.post(reverse("program_issue", args=[program.pk]), form)
    if answer.status_code != 302:
        raise RuntimeError(f"not issued: {answer.content.decode()[:2000]}")
    latest = program.prescriptions.order_by("-version")[:1].get()
    assert Handout.objects.filter(prescription=latest).exists()
