"""A clinician's usual doses and favourites, and templates of a practice's own."""

from __future__ import annotations

import pytest
from django.test import Client

from clinic.models import AuditEntry, Practice, User
from programs.builder import actions
from programs.exercises.theirs.models import ExerciseUse, OwnStarter
from programs.prescriptions.models import Program
from tests import factories
from tests.programs.builder.test_builder_page import text, url
from tests.programs.builder.test_builder_program import issue
from tests.programs.conftest import MakeCase, exercise_id, only_item, slugs

USUAL = {"sets": [3, 3], "reps": [6, 6], "days_per_week": [5, 5]}


@pytest.fixture
def issued(draft: Program, alice_client: Client) -> Program:
    """Alice has given the dead bug in her way."""
    factories.ProgramItemFactory(program=draft, slug="dead-bug", dosage=USUAL)
    issue(alice_client, draft)
    return draft


@pytest.fixture
def next_draft(issued: Program, make_case: MakeCase) -> Program:
    return factories.ProgramFactory(case=make_case())


def test_an_exercise_comes_with_the_dose_that_its_clinician_gave_last(
    next_draft: Program, alice_client: Client
) -> None:
    pk = exercise_id("dead-bug")
    page = alice_client.post(url(next_draft, "add/"), {"add": f"{pk}:"}, follow=True)
    assert "3 sets of 6, 5 days a week (your usual dose)" in text(page)
    assert only_item(next_draft).dosage == USUAL


def test_another_clinician_s_habit_is_not_mine(next_draft: Program, bob_client: Client) -> None:
    bob_client.post(url(next_draft, "add/"), {"add": f"{exercise_id('dead-bug')}:"})
    assert only_item(next_draft).preset == "10 slow repeats"


def test_what_is_given_often_stands_above_the_search(
    next_draft: Program, alice_client: Client, bob_client: Client
) -> None:
    assert "You often give Add : Dead bug" in text(alice_client.get(url(next_draft)))
    assert "You often give" not in text(bob_client.get(url(next_draft)))


def test_a_favourite_is_put_on_and_taken_off(draft: Program, alice_client: Client) -> None:
    pk = exercise_id("walking")
    for _ in range(2):
        answer = alice_client.post(url(draft, "favourite/"), {"exercise": f"{pk}:on"}, follow=True)
        assert "Walking is among your favourites." in text(answer)
    assert "★ Take off your favourites: Walking" in text(alice_client.get(url(draft)))
    alice_client.post(url(draft, "favourite/"), {"exercise": f"{pk}:off"})
    assert ExerciseUse.objects.get().favourite is False


def test_issuing_twice_counts_twice(issued: Program, alice_client: Client) -> None:
    alice_client.post(url(issued, "amend/"))
    issue(alice_client, issued)
    row = ExerciseUse.objects.get()
    assert (row.times, row.dosage) == (2, USUAL)


def keep(client: Client, program: Program, **sent: str) -> str:
    data = {"name": "My back set", **sent}
    return text(client.post(url(program, "keep-template/"), data, follow=True))


def test_a_template_of_one_s_own_is_for_whichever_side_is_treated(
    draft: Program, make_case: MakeCase, alice_client: Client
) -> None:
    """Made on the right, used on the left."""
    factories.ProgramItemFactory(program=draft, slug="dead-bug", dosage=USUAL, note="Slowly.")
    factories.ProgramItemFactory(program=draft, slug="oblique-standing-stretch", side="right")
    assert "“My back set” is among your templates." in keep(alice_client, draft)
    left = factories.ProgramFactory(
        case=make_case(conditions=(("lumbar_foraminal_stenosis", "left"),))
    )
    assert "My back set" in text(alice_client.get(url(left)))
    slug = f"own-{OwnStarter.objects.get().pk}"
    alice_client.post(url(left, "template/"), {"starter": slug})
    rows = {item.exercise.slug: item for item in left.items.active()}
    assert (rows["dead-bug"].dosage, rows["dead-bug"].note) == (USUAL, "Slowly.")
    assert rows["oblique-standing-stretch"].side == "left"


def test_a_template_of_one_s_own_keeps_pace_step_and_when_to_add(
    draft: Program, make_case: MakeCase, alice_client: Client
) -> None:
    """What a dose line has no place for."""
    dose = {
        "sets": [3, 3], "reps": [10, 10], "resistance": "band", "step": "second from the left",
        "pace": "slow down, quick up", "progress": "add 2 when it is easy",
    }  # fmt: skip
    factories.ProgramItemFactory(program=draft, slug="dead-bug", dosage=dose)
    factories.ProgramItemFactory(program=draft, slug="curl-up", dosage={"reps": [8, 8]})
    keep(alice_client, draft)
    other = factories.ProgramFactory(case=make_case())
    slug = f"own-{OwnStarter.objects.get().pk}"
    alice_client.post(url(other, "template/"), {"starter": slug})
    rows = {item.exercise.slug: item.dosage for item in other.items.active()}
    assert rows == {"dead-bug": dose, "curl-up": {"reps": [8, 8]}}


def test_a_private_template_is_its_maker_s_and_a_shared_one_everybody_s(
    draft: Program, alice_client: Client, bob_client: Client, charlie: User
) -> None:
    factories.ProgramItemFactory(program=draft, slug="dead-bug")
    listed = url(draft, "?templates=1")
    keep(alice_client, draft)
    assert "My back set" not in text(bob_client.get(listed))
    keep(alice_client, draft, shared="on")
    assert "My back set" in text(bob_client.get(listed))
    assert OwnStarter.objects.count() == 1
    assert "Rename, share or remove templates" in text(bob_client.get(listed))


def test_a_template_needs_a_name_and_something_in_it(draft: Program, alice_client: Client) -> None:
    assert "There is nothing in the program yet." in keep(alice_client, draft)
    factories.ProgramItemFactory(program=draft, slug="dead-bug")
    answer = alice_client.post(url(draft, "keep-template/"), {"name": " "})
    assert answer.status_code == 422
    assert "Give the template a name." in text(answer)


def test_another_practice_s_template_is_not_there(
    draft: Program, other_practice: Practice, charlie: User, alice: User, alice_client: Client
) -> None:
    theirs = OwnStarter.objects.create(
        practice=other_practice, name="Foreign", data={}, shared=True, made_by=charlie
    )
    assert "Foreign" not in text(alice_client.get(url(draft)))
    with pytest.raises(actions.Refused):
        actions.apply_starter(program=draft, actor=alice, slug=f"own-{theirs.pk}")
    assert slugs(draft) == []
    assert not AuditEntry.objects.filter(action="program.starter").exists()
