"""A practice's copy of a built-in exercise: nothing is lost, nothing becomes safe by itself."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode

from clinic.models import Practice, User
from programs.builder.freeze import freeze_item
from programs.exercises.catalogue_files import built_in
from programs.exercises.definition import Definition, parse_definition
from programs.exercises.dosage import Dosage
from programs.exercises.own import trait_words as words
from programs.exercises.own.form_set import OwnExerciseBundle
from programs.exercises.own.full_shown import preview_of
from programs.exercises.own.previewing import Preview
from programs.rules.movements import ALL_DIRECTIONS, LIMBS, MODES, PARTS, RANGES
from programs.rules.traits import (
    ARM_LOADS,
    BALANCES,
    BREATHING,
    CONTACTS,
    EFFORTS,
    EXTERNAL_LOADS,
    FLAGS,
    LEG_LOADS,
    MODALITIES,
    NECK_LOADS,
    NERVE_TENSIONS,
    PRESSURES,
    SPINE_LOADS,
)
from programs.verdicts.judgement import JudgedItem
from programs.verdicts.standing import Standing
from tests.programs.conftest import exercise_id
from tests.programs.exercises.own.writing import errors, sent_by, untouched

pytestmark = pytest.mark.django_db


def test_everything_the_rules_see_can_be_said() -> None:
    assert set(words.PART_LABELS) == PARTS
    directions = {code for _, group in words.DIRECTION_GROUPS for code, _ in group}
    assert directions == ALL_DIRECTIONS
    pairs = (
        (words.RANGE_LABELS, RANGES),
        (words.MODE_LABELS, MODES),
        (words.SPINE_LOAD_LABELS, SPINE_LOADS),
        (words.ARM_LOAD_LABELS, ARM_LOADS),
        (words.LIMB_LABELS, LIMBS),
        (words.LEG_LOAD_LABELS, LEG_LOADS),
        (words.BALANCE_LABELS, BALANCES),
        (words.EXTERNAL_LOAD_LABELS, EXTERNAL_LOADS),
        (words.NERVE_LABELS, NERVE_TENSIONS),
        (words.NECK_LOAD_LABELS, NECK_LOADS),
        (words.EFFORT_LABELS, EFFORTS),
        (words.PRESSURE_LABELS, PRESSURES),
        (words.CONTACT_LABELS, CONTACTS),
        (words.BREATHING_LABELS, BREATHING),
        (words.MODALITY_LABELS, MODALITIES),
    )
    assert [set(said) == set(codes) for said, codes in pairs] == [True] * len(pairs)
    assert {*words.TRAIT_QUESTIONS, *words.REMARKS} == set(FLAGS)


def as_copied(values: dict[str, Any], original: Definition) -> dict[str, Any]:
    """The same with what a copy has to be told."""
    told = {"name": f"Our {original.slug}", "keep_drawing": "yes"}
    return {**values, **told, **_left_open(original)}


@pytest.mark.parametrize("slug", ["latissimus-dorsi-roller-release", "stationary-cycling"])
def test_a_copy_is_kept_as_the_page_shows_it(
    bob_client: Client, practice: Practice, slug: str
) -> None:
    original = built_in().definitions[slug]
    url = reverse("own_exercise_copy", args=[exercise_id(slug)])
    values = as_copied(sent_by(bob_client.get(url)), original)
    answer = bob_client.post(url, values)
    assert answer.status_code == 302, errors(answer)
    assert lost(practice.exercises.get().definition(), original) == []


def test_a_copy_is_judged_like_its_original(bob: User) -> None:
    """Nothing that the rules see gets lost between any entry and the form.

    And what the form shows before it is saved is what is frozen into a program afterwards.
    """
    content = built_in()
    originals = {slug: d for slug, d in content.definitions.items() if d.prescribable}
    faults: dict[str, Any] = {}
    for slug, original in originals.items():
        about: dict[str, Any] = {
            "base": original,
            "base_data": content.raw_exercises[slug],
            "copying": True,
        }
        empty = OwnExerciseBundle(None, user=bob, taken=frozenset(), **about)
        sent = QueryDict(urlencode(as_copied(untouched(empty), original), doseq=True))
        filled = OwnExerciseBundle(sent, user=bob, taken=frozenset(), **about)
        if not filled.is_valid():
            faults[slug] = filled.form.errors
        elif gone := lost(parse_definition(filled.data("own-copy")), original):
            faults[slug] = gone
        elif wrong := differs(preview_of(filled), filled):
            faults[slug] = wrong
    assert faults == {}
    assert len(originals) > 50


def lost(copied: Definition, original: Definition) -> list[str]:
    """What is not the same in a copy as the rules, the drawing and the licence need it."""
    bare, wanted = (replace(d.traits, movements=()) for d in (copied, original))
    moves, all_moves = (
        [replace(m, degrees=None) for m in d.traits.movements] for d in (copied, original)
    )
    credit = (original.licence, "Homeward contributors, changed by Bob Brown")
    same = {
        "figures": copied.figures == original.figures,
        "licence and author": (copied.licence, copied.author) == credit,
        "traits": replace(bare, equipment=wanted.equipment) == wanted,
        "required": copied.traits.required == original.traits.required,
        "movements": moves == all_moves,
    }
    return [name for name, holds in same.items() if not holds]


def differs(preview: Preview, filled: OwnExerciseBundle) -> dict[str, Any]:
    """What a preview shows otherwise than an issued program has it: the words, by name."""
    definition = filled.definition
    assert definition
    side = "right" if definition.traits.sided else ""
    dosage = definition.presets[0].dosage if definition.presets else Dosage()
    item = SimpleNamespace(pk=1, side=side, note="", modification="", exercise=None)
    judged = JudgedItem(cast(Any, item), definition, None, Standing("ok"), dosage)
    frozen, card = freeze_item(judged), preview.card
    names = ("name", "kind", "side_words", "equipment_words", "steps", "dose_words", "feel",
             "avoid", "stop", "transient_when")  # fmt: skip
    pairs = {name: (getattr(card, name), getattr(frozen, name)) for name in names}
    out: dict[str, Any] = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    return out | ({"told": preview.wrong} if preview.wrong or preview.missing else {})


def _left_open(original: Definition) -> dict[str, str]:
    """Built-in entries leave out what no rule needs of them; a clinician's own may not."""
    out = {}
    for n, m in enumerate(original.traits.movements):
        if m.direction == "flexion" and m.part[:3] in ("hip", "kne") and m.degrees is None:
            out[f"movements-{n}-degrees"] = "40"
    for n, preset in enumerate(original.presets):
        dosage = preset.dosage
        if not (dosage.reps or dosage.hold_s or dosage.duration_s):
            out[f"presets-{n}-reps"] = "5"
    return out


def test_a_copy_needs_a_name_of_its_own_and_a_word_about_the_drawing(bob_client: Client) -> None:
    url = reverse("own_exercise_copy", args=[exercise_id("piriformis-stretch")])
    answer = bob_client.post(url, sent_by(bob_client.get(url)))
    assert errors(answer) == {
        "name": ["Another exercise has this name. Give this one its own."],
        "keep_drawing": ["Answer yes or no. The rules need to know."],
    }


def test_a_dose_keeps_its_source_until_it_is_changed(
    bob_client: Client, practice: Practice
) -> None:
    url = reverse("own_exercise_copy", args=[exercise_id("piriformis-stretch")])
    values = {**sent_by(bob_client.get(url)), "name": "Our way", "keep_drawing": "no"}
    bob_client.post(url, {**values, "presets-1-reps": "9"})
    copied = practice.exercises.get().definition()
    assert [(p.source, p.item) for p in copied.presets] == [("S4", "D13"), ("own", "")]
    assert copied.figures == ()


@pytest.mark.parametrize("slug", ["psoas-release", "combined-movement-test"])
def test_what_is_never_given_to_a_patient_cannot_be_copied(bob_client: Client, slug: str) -> None:
    pk = exercise_id(slug)
    assert bob_client.get(reverse("own_exercise_copy", args=[pk])).status_code == 404
    page = bob_client.get(reverse("catalogue_entry", args=[pk])).content.decode()
    assert "Copy and change" not in page
