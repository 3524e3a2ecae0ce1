"""What decides verdicts is asked of whoever writes an exercise; nothing is answered for them."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from clinic.models import Practice
from programs.exercises.own import trait_words as words
from tests.programs.exercises.own.conftest import NEW, typed, write
from tests.programs.exercises.own.writing import errors

pytestmark = pytest.mark.django_db

DECIDING = (
    "position",
    "sided",
    "helper_needed",
    "moves",
    "spine_load",
    "arm_load",
    "neck_load",
    "leg_load",
    "leg_load_other",
    "balance",
    "external_load",
    "nerve_tension",
    "effort",
    "breathing",
    "pressure",
    "modality",
    "transient_rise",
    *(f"flag_{code}" for code in words.TRAIT_QUESTIONS),
)


@pytest.mark.parametrize("name", DECIDING)
def test_what_decides_verdicts_must_be_answered(
    bob_client: Client, practice: Practice, name: str
) -> None:
    answer = bob_client.post(NEW, typed(**{name: ""}))
    assert list(errors(answer)) == [name]
    assert not practice.exercises.exists()


def test_nothing_is_answered_for_anybody(bob_client: Client) -> None:
    form = bob_client.get(NEW).context["bundle"].form
    assert {name: form[name].value() for name in DECIDING} == dict.fromkeys(DECIDING)


def test_the_bearing_arm_and_knee_are_both_until_a_side_is_named(
    bob_client: Client, practice: Practice
) -> None:
    plain = write(bob_client, practice).definition().traits
    assert (plain.arm_load_on, plain.kneels_on) == ("both", "both")
    named = {"arm_load": "partial", "arm_load_on": "other", "kneels_on": "treated"}
    sided = write(
        bob_client,
        practice,
        name="Kneeling reach",
        token=str(uuid4()),
        flag_kneeling="yes",
        **named,
    ).definition()
    assert (sided.traits.arm_load_on, sided.traits.kneels_on) == ("other", "treated")


def test_what_was_never_asked_of_an_older_exercise_is_no_no(
    bob_client: Client, practice: Practice
) -> None:
    made = write(bob_client, practice)
    assert made.definition().traits.flags == {"supine_prolonged", "floor_transfer", "teach_first"}
    made.data = {key: value for key, value in made.data.items() if key != "edition"}
    made.save(update_fields=["data"])
    older = made.definition().traits.flags
    assert older - {"supine_prolonged", "floor_transfer", "teach_first"} == {
        "both_legs_lifted",
        "complex_sequence",
    }
    page = bob_client.get(reverse("own_exercise_edit", args=[made.pk])).context["bundle"].form
    assert page["flag_both_legs_lifted"].value() == "yes"
    assert page["flag_uphill"].value() == "no"
