"""What a template or a copy brings comes in a few statements, in its place, and is said once."""

from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinic.models import AuditEntry, User
from patients.models import Case
from programs.builder import actions
from programs.prescriptions.models import Program
from tests import factories
from tests.patients.pages import main_text

NINE_STEPS = "foraminal-stenosis-nine-steps"


def rows(program: Program) -> list[tuple[int, bool, str, str]]:
    """Position, whether removed, exercise and side of every row there is."""
    found = program.items.select_related("exercise").order_by("position", "exercise__slug")
    return [(r.position, r.removed_at is not None, r.exercise.slug, r.side) for r in found]


def beside(case: Case, alice: User) -> Program:
    """A draft with two exercises, and one that was removed between them."""
    case.programs.filter(ended_at=None).update(ended_at=case.created_at)
    program = factories.ProgramFactory(case=case)
    for place, slug in enumerate(("childs-pose", "curl-up", "walking"), 1):
        factories.ProgramItemFactory(program=program, slug=slug, position=place)
    gone = program.items.active().get(exercise__slug="curl-up")
    actions.remove_item(program=program, actor=alice, item_id=gone.pk)
    return program


def test_many_take_as_many_statements_as_one(stenosis: Case, alice: User) -> None:
    counts = []
    for there in (7, 3):
        program = factories.ProgramFactory(case=stenosis)
        actions.apply_starter(program=program, actor=alice, slug=NINE_STEPS)
        for item in program.items.active()[there:]:
            actions.remove_item(program=program, actor=alice, item_id=item.pk)
        with CaptureQueriesContext(connection) as caught:
            applied = actions.apply_starter(program=program, actor=alice, slug=NINE_STEPS)
        assert len(applied.added) == 8 - there
        counts.append(len(caught))
        stenosis.programs.update(ended_at=stenosis.created_at)
    assert counts[0] == counts[1]


def test_each_stands_where_it_would_if_it_came_alone(stenosis: Case, alice: User) -> None:
    together, alone = beside(stenosis, alice), beside(stenosis, alice)
    applied = actions.apply_starter(program=together, actor=alice, slug=NINE_STEPS)
    came = together.items.in_bulk(applied.items)
    for pk in applied.items:
        row = came[UUID(pk)]
        actions.add_exercise(program=alone, actor=alice, exercise_id=row.exercise_id, side=row.side)
    assert rows(together) == rows(alone)


def test_each_is_on_record(draft: Program, alice: User) -> None:
    applied = actions.apply_starter(program=draft, actor=alice, slug=NINE_STEPS)
    entries = AuditEntry.objects.filter(action="program.item.add")
    assert {entry.target_id for entry in entries} == set(applied.items)
    assert {entry.details["program"] for entry in entries} == {str(draft.pk)}
    assert {entry.patient for entry in entries} == {draft.case.patient_id}
    actions.remove_items(program=draft, actor=alice, item_ids=applied.items)
    assert AuditEntry.objects.filter(action="program.item.remove").count() == len(applied.items)


@pytest.mark.parametrize("copied", [False, True])
def test_what_came_is_said_once(
    draft: Program, stenosis: Case, alice: User, alice_client: Client, copied: bool
) -> None:
    actions.apply_starter(program=draft, actor=alice, slug=NINE_STEPS)
    stenosis.programs.update(ended_at=stenosis.created_at)
    start = reverse("program_create", args=[stenosis.pk])
    sent = f"copy:{draft.pk}" if copied else NINE_STEPS
    page = alice_client.post(start, {"starter": sent}, follow=True)
    assert page.status_code == 200
    assert main_text(page).count("8 added") == 1
