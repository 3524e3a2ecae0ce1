"""A case, the real catalogue, and a draft to work on."""

from collections.abc import Callable

import pytest

from clinic.models import Practice, User
from patients import vocabulary
from patients.models import Case
from programs.exercises.models import Exercise
from programs.prescriptions.models import Program, ProgramItem
from programs.verdicts.judgement import JudgedItem, judge_program
from tests import factories
from tests.kept_rows import put_catalogue

MakeCase = Callable[..., Case]
SCREEN = (*vocabulary.RED_FLAGS, *vocabulary.FINDINGS)
"""Everything a safety screen asks; a program goes out only once it is answered."""


@pytest.fixture
def shipped_catalogue(db: None) -> None:
    """Every entry and rule of the project, loaded."""
    put_catalogue()


@pytest.fixture
def make_case(practice: Practice, alice: User) -> MakeCase:
    """A case of Alice's. ``yes`` and ``no`` answer the safety screen; the rest is not asked."""

    def make(
        *,
        conditions: tuple[tuple[str, str], ...] = (("lumbar_foraminal_stenosis", "right"),),
        yes: tuple[str, ...] = (),
        no: tuple[str, ...] = (),
        **fields: object,
    ) -> Case:
        patient = factories.PatientFactory(
            practice=practice, created_by=alice, full_name="Maria Santos"
        )
        case = factories.CaseFactory(patient=patient, title="Right leg pain", **fields)
        for code, side in conditions:
            factories.ConditionFactory(case=case, code=code, side=side)
        factories.answer(case, "yes", yes)
        factories.answer(case, "no", no)
        return case

    return make


@pytest.fixture
def stenosis(make_case: MakeCase, shipped_catalogue: None) -> Case:
    """Foraminal stenosis on the right, everything asked and answered no."""
    return make_case(no=SCREEN)


@pytest.fixture
def draft(stenosis: Case) -> Program:
    """An empty draft for the stenosis case."""
    return factories.ProgramFactory(case=stenosis)


def exercise_id(slug: str) -> int:
    """The primary key of a built-in entry."""
    return Exercise.objects.get(practice=None, slug=slug).pk


def judged(program: Program, slug: str = "") -> JudgedItem:
    """The only item of a program, or the one of this entry, as the rules see it now."""
    program = Program.objects.get(pk=program.pk)
    items = [
        i
        for i in judge_program(program).items
        if not slug or (i.definition and i.definition.slug == slug)
    ]
    assert len(items) == 1
    return items[0]


def slugs(program: Program) -> list[str]:
    """Entries of a draft in the order they are printed, with their side."""
    items = judge_program(Program.objects.get(pk=program.pk)).items
    return [f"{i.item.exercise.slug} {i.item.side}".strip() for i in items]


def only_item(program: Program) -> ProgramItem:
    """The only active item of a program."""
    return program.items.active().get()
