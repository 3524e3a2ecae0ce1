"""Programs from before the order was free, put in the order they were shown in, some at a time."""

import importlib
from types import SimpleNamespace

import pytest
from django.db import connection

from clinic.models import Practice
from programs.exercises.models import Exercise
from programs.prescriptions.models import Program, ProgramItem
from tests import factories

put_in_order = importlib.import_module("programs.migrations.0023_order_is_free").put_in_order
SHOWN = ["release", "stretch", "stretch", "strengthen", "posture"]
STORED = ["posture", "strengthen", "stretch", "release", "stretch"]


def a_program(practice: Practice, *, ended: bool = False) -> Program:
    case = factories.CaseFactory(patient__practice=practice)
    people = {"created_by": case.clinician, "changed_by": case.clinician}
    ended_at = case.created_at if ended else None
    program = Program.objects.create(case=case, title="Low back", ended_at=ended_at, **people)
    for n, phase in enumerate(STORED):
        left = Exercise.objects.filter(phase=phase).exclude(pk__in=program.items.values("exercise"))
        ProgramItem.objects.create(
            program=program, exercise=left.order_by("pk")[0], position=10 * n
        )
    return program


def phases(program: Program) -> list[str]:
    return list(program.items.active().values_list("exercise__phase", flat=True))


@pytest.mark.usefixtures("shipped_catalogue")
@pytest.mark.parametrize("at_once", [1, 2])
def test_running_programs_are_put_in_order_in_batches(practice: Practice, at_once: int) -> None:
    running = [a_program(practice) for _ in range(3)]
    over = a_program(practice, ended=True)
    first, second = ProgramItem.objects.filter(
        program=running[0], exercise__phase="stretch"
    ).order_by("position")
    for _ in range(2):
        put_in_order(SimpleNamespace(connection=connection), at_once)
        assert [phases(program) for program in running] == [SHOWN] * 3
    assert phases(over) == STORED
    shown = list(running[0].items.active())
    assert [item.position for item in shown] == [1, 2, 3, 4, 5]
    assert shown[1:3] == [first, second]
