"""That nobody was sure of a side stays on an exercise, and it is judged so, whatever is done."""

from __future__ import annotations

from itertools import product
from typing import Any, Final

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode

from clinic.models import Practice, User
from clinic.parsing.errors import DefinitionError
from programs.exercises.definition import parse_definition
from programs.exercises.models import Exercise
from programs.exercises.own.asked import ShortAnswers
from programs.exercises.own.form_set import OwnExerciseBundle
from programs.exercises.own.taken import taken
from programs.exercises.theirs.files import OwnFile, read_own, write_table, write_toml
from programs.rules.engine import judge, sides_of
from programs.rules.traits import Traits
from tests.patients.pages import main_text
from tests.programs.exercises.own.conftest import NEW, QUICK, movement, rows, typed, write
from tests.programs.exercises.own.describing import barely, told, unsure
from tests.programs.exercises.own.test_own_quick import ANSWERED, short
from tests.programs.exercises.own.test_own_taken import ENTRIES
from tests.programs.exercises.own.writing import errors, sent_by, untouched
from tests.programs.rules.cases import CONTENT
from tests.programs.rules.cases import case as case_of

pytestmark = pytest.mark.django_db
SOME: Final = (
    "quadratus-lumborum-hang-stretch",
    "piriformis-stretch",
    "half-kneeling-hip-flexor-stretch",
    "standing-side-bend",
    "wall-calf-stretch",
    "bridge",
)
"""Bends and turns to one side, single limbs and legs, and what has no side."""


def stored(slug: str, answers: ShortAnswers) -> dict[str, Any]:
    """An entry as it is stored of which somebody gives these answers."""
    dose = {"label": "Start", "source": "own", "reps": [8, 8]}
    head = {"slug": "own-a", "edition": 3, "name": f"Our {slug}", "summary": "Ours."}
    credit = {"author": "Bob Brown", "licence": "ours", "source": [{"id": "own", "item": ""}]}
    steps = {"steps": ["One.", "Two.", "Three."], "dosage": [dose]}
    return {**head, **taken(answers), **steps, **credit}


def again(data: dict[str, Any], user: User, *, copying: bool) -> dict[str, Any]:
    """The same after the form of a change, or of a copy, was sent as it came, with a new name."""
    about: dict[str, Any] = {"base": parse_definition(data), "base_data": data, "copying": copying}
    shown = OwnExerciseBundle(None, user=user, taken=frozenset(), **about)
    sent = {**untouched(shown), "name": "Another"}
    bundle = OwnExerciseBundle(
        QueryDict(urlencode(sent, doseq=True)), user=user, taken=frozenset(), **about
    )
    assert bundle.is_valid(), (bundle.form.errors, bundle.movements.errors)
    return bundle.data("own-b")


def test_it_is_judged_the_same_after_a_change_a_copy_and_a_file(bob: User) -> None:
    """So whatever is told truthfully is never judged more mildly, for its answers are not."""
    for slug, describe in product(SOME, (unsure, told, barely)):
        data = stored(slug, describe(ENTRIES[slug]))
        before = parse_definition(data).traits
        assert ("sided" in before.unknown) == (describe is not told)
        file = OwnFile([data])
        found: dict[str, Traits] = {
            "changed": parse_definition(again(data, bob, copying=False)).traits,
            "copied": parse_definition(again(data, bob, copying=True)).traits,
        }
        for kind, text in (("toml", write_toml(file)), ("csv", b"".join(write_table(file)))):
            words = text if isinstance(text, str) else text.decode("utf-8-sig")
            (row,) = read_own(words, toml=kind == "toml").exercises
            found[kind] = parse_definition(row).traits
        assert found == dict.fromkeys(found, before), slug


def test_it_is_said_on_the_page_and_asked_in_the_forms(
    bob_client: Client, practice: Practice
) -> None:
    bob_client.post(QUICK, short(**{**ANSWERED, "sided": ""}))
    made = practice.exercises.get()
    assert made.definition().traits.unknown == {"sided", "limb"}
    page = main_text(bob_client.get(reverse("catalogue_entry", args=[made.pk])))
    assert "Sides Not sure: the rules look at both" in page
    assert "If it is done for one side" in page
    assert "So the rules look at both sides, and what moves counts for both." in page
    for form in ("own_exercise_edit", "own_exercise_copy"):
        shown = bob_client.get(reverse(form, args=[made.pk]))
        assert shown.context["bundle"].form["sided"].value() == "unsure"
        assert "not sure if for one side" in shown.context["bundle"].folded["body"]
        text = main_text(shown)
        assert "Not sure: the rules look at both sides, and what moves counts for both" in text
    edit = reverse("own_exercise_edit", args=[made.pk])
    bob_client.post(edit, sent_by(bob_client.get(edit)))
    made.refresh_from_db()
    assert made.definition().traits.unknown == {"sided", "limb"}
    answer = {**sent_by(bob_client.get(edit)), "sided": "no"}
    assert bob_client.post(edit, answer).status_code == 302
    made.refresh_from_db()
    traits = made.definition().traits
    assert (traits.sided, traits.unknown) == (False, frozenset())


def test_what_is_said_of_one_side_counts_for_both(bob_client: Client, practice: Practice) -> None:
    bend = movement(part="lumbar", direction="side_bend_away", range="end", degrees="")
    sent = {**rows("movements", [movement(), bend]), "sided": "unsure"}
    made = write(bob_client, practice, **sent)
    traits = made.definition().traits
    moves = [(m.part, m.direction) for m in traits.movements]
    assert moves == [
        ("hip_both", "flexion"), ("lumbar", "side_bend_away"), ("lumbar", "side_bend_both")
    ]  # fmt: skip
    assert traits.unknown == {"sided", "limb"}
    back = case_of("lumbar_foraminal_stenosis", "left")
    verdicts = [
        judge(CONTENT.rules, back, "own", traits, side).verdict for side in sides_of(traits)
    ]
    assert verdicts == ["adapt", "contraindicated"]
    edit = reverse("own_exercise_edit", args=[made.pk])
    no_side = {**sent_by(bob_client.get(edit)), "sided": "no", "steps": "One.\nTwo.\nThree."}
    wrong = errors(bob_client.post(edit, no_side))
    assert wrong["movements-1-direction"] == [
        "Without a treated side: choose both ways, or remove this row."
    ]
    right = bob_client.post(edit, {**no_side, "movements-1-remove": "on"})
    assert right.status_code == 302, errors(right)
    limbs = {"arm_load": "partial", "arm_load_on": "other", "kneels_on": "treated"}
    legs = {"leg_load": "full", "leg_load_other": "none"}
    refused = bob_client.post(NEW, typed(name="B", token="", sided="unsure", **limbs, **legs))
    why = "You are not sure of a treated side, so choose"
    assert errors(refused) == {
        "arm_load_on": [f"{why} both."],
        "kneels_on": [f"{why} both."],
        "leg_load_other": [f"{why} the same for both."],
    }


def test_a_file_that_knows_a_side_that_nobody_knows_is_refused(practice: Practice) -> None:
    right = stored("piriformis-stretch", unsure(ENTRIES["piriformis-stretch"]))
    del right["leg_load_other"]
    hip = {"part": "hip_treated", "direction": "flexion", "range": "end", "mode": "hold"}
    turn = {"part": "lumbar", "direction": "rotation_away", "range": "end", "mode": "hold"}
    for key, wrong in (
        ("sided", {"sided": False}),
        ("kneels_on", {"kneels_on": "treated"}),
        ("arm_load_on", {"arm_load_on": "other"}),
        ("leg_load_other", {"leg_load": "full", "leg_load_other": "none"}),
        ("movement", {"movement": [hip]}),
        ("movement", {"movement": [turn, {**turn, "direction": "rotation_both", "range": "mid"}]}),
    ):
        with pytest.raises(DefinitionError) as refused:
            parse_definition({**right, "unknown": ["sided"], **wrong})
        assert refused.value.key == key
    assert not Exercise.objects.filter(practice=practice).exists()
