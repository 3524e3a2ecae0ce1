"""A practice's own exercises: written, copied, changed and retired, and judged like any other."""

import re
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode

from clinic.models import AuditEntry, Practice, User
from clinic.parsing.errors import DefinitionError
from programs.exercises.catalogue_files import built_in
from programs.exercises.definition import OWN, Definition, parse_definition
from programs.exercises.library import library_for
from programs.exercises.models import Exercise
from programs.exercises.own import trait_words as words
from programs.exercises.own.form_set import OwnExerciseBundle
from programs.rules.traits import (
    ARM_LOADS,
    BREATHING,
    CONTACTS,
    EFFORTS,
    FLAGS,
    LIMB_DIRECTIONS,
    LIMBS,
    MODALITIES,
    MODES,
    NECK_LOADS,
    PARTS,
    PELVIS_DIRECTIONS,
    PRESSURES,
    RANGES,
    SPINE_DIRECTIONS,
    SPINE_LOADS,
)
from tests.programs.conftest import MakeCase, exercise_id
from tests.programs.exercises.own.conftest import NEW, dose, movement, rows, typed, write

pytestmark = pytest.mark.django_db


def errors(answer: Any) -> dict[str, list[str]]:
    """What is told at the fields, rows included."""
    bundle = answer.context["bundle"]
    found = {name: list(told) for name, told in bundle.form.errors.items()}
    for part, prefix in ((bundle.movements, "movements"), (bundle.presets, "presets")):
        for n, row in enumerate(part.forms):
            found |= {f"{prefix}-{n}-{name}": list(told) for name, told in row.errors.items()}
        if part.non_form_errors():
            found[prefix] = list(part.non_form_errors())
    return found


# --- Writing --------------------------------------------------------------------------------------


def test_a_clinician_writes_an_exercise(bob_client: Client, practice: Practice, bob: User) -> None:
    answer = bob_client.post(NEW, typed())
    made = practice.exercises.get()
    assert answer.headers["Location"] == reverse("exercise_pictures", args=[made.pk])
    assert made.slug == "own-0b2f7a524c1e4e0a9a635f4f6f3a8d10"
    definition = made.definition()
    assert (definition.name, definition.author, definition.sources) == (
        "Heel slide",
        "Bob Brown",
        (("own", ""),),
    )
    assert definition.traits.flags == {"supine_prolonged", "floor_transfer", "teach_first"}
    assert [(m.part, m.degrees) for m in definition.traits.movements] == [("hip_treated", 80)]
    assert [p.dosage.words for p in definition.presets] == ["8 to 10 times, 2 times a day"]
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor, entry.target_id) == ("exercise.create", bob, str(made.pk))


def test_a_second_click_makes_no_second(bob_client: Client, practice: Practice) -> None:
    locations = [bob_client.post(NEW, typed()).status_code for _ in range(2)]
    assert practice.exercises.count() == 1
    # The second is told that the name is taken, or led to the first: nothing is made twice.
    assert locations == [302, 422]


def test_two_clicks_at_the_same_moment_make_one(
    bob: User, practice: Practice, bob_client: Client
) -> None:
    from programs.exercises.own.actions import create_own

    made = write(bob_client, practice)
    again = create_own(practice=practice, actor=bob, data=made.data)
    assert (again.pk, practice.exercises.count()) == (made.pk, 1)


def test_it_is_found_prescribed_and_judged_by_what_it_is(
    bob_client: Client, practice: Practice, make_case: MakeCase
) -> None:
    made = write(bob_client, practice)
    library = library_for(practice)
    assert library.search.search("heel slide").keys[0] == made.slug
    page = bob_client.get(reverse("catalogue_entry", args=[made.pk])).content.decode()
    assert "Written by your practice" in page
    assert "(rule P-11)" in page  # long lying on the back, in pregnancy
    assert made.slug not in page


def test_another_practice_never_sees_it(
    bob_client: Client, charlie_client: Client, practice: Practice, other_practice: Practice
) -> None:
    made = write(bob_client, practice)
    assert made.slug not in library_for(other_practice).definitions
    assert "Heel slide" not in charlie_client.get("/exercises/?q=heel").content.decode()
    for name in ("catalogue_entry", "own_exercise_edit", "own_exercise_copy", "exercise_pictures"):
        assert charlie_client.get(reverse(name, args=[made.pk])).status_code == 404


def test_built_in_entries_are_nobodys_to_edit(bob_client: Client) -> None:
    pk = exercise_id("dead-bug")
    assert bob_client.get(reverse("own_exercise_edit", args=[pk])).status_code == 404
    assert bob_client.post(reverse("own_exercise_retire", args=[pk])).status_code == 404


def test_no_built_in_entry_begins_like_an_own_one() -> None:
    assert [slug for slug in built_in().definitions if slug.startswith(OWN)] == []


# --- Nothing is silently safe ---------------------------------------------------------------------

DECIDING = (
    "position",
    "sided",
    "helper_needed",
    "moves",
    "spine_load",
    "arm_load",
    "neck_load",
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
    assert older - {"supine_prolonged", "floor_transfer", "teach_first"} == {"both_legs_lifted"}
    page = bob_client.get(reverse("own_exercise_edit", args=[made.pk])).context["bundle"].form
    assert page["flag_both_legs_lifted"].value() == "yes"
    assert page["flag_uphill"].value() == "no"


def test_an_empty_form_keeps_the_page_and_says_so(bob_client: Client) -> None:
    answer = bob_client.post(NEW, {})
    assert answer.status_code == 422
    assert "Nothing has been saved yet." in answer.content.decode()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"name": "dead bug"}, {"name": "Another exercise has this name. Give this one its own."}),
        ({"name": "Pelvic tilt"},
         {"name": "Say posterior or anterior: they are opposite movements."}),
        ({"aliases": "pelvic tilt"},
         {"aliases": "Say posterior or anterior: they are opposite movements."}),
        ({"steps": "One.\nTwo."}, {"steps": "Write 3 to 7 lines. There are 2."}),
        ({"steps": "One.\nOne.\nTwo."}, {"steps": "Line 2 is there twice."}),
        ({"steps": "Bend the {knee}.\nTwo.\nThree."},
         {"steps": "Curly brackets are only for {side} and {other}."}),
        ({"kind": "test"}, {"kind": "Choose from the list."}),
        ({"kind": "restricted"}, {"kind": "Choose from the list."}),
        ({"phase": "assess"}, {"phase": "Choose from the list."}),
        ({"regions": []}, {"regions": "Choose at least one."}),
        ({"transient_rise": "during_only"}, {"transient_when": "Say when a rise is all right."}),
        ({"pressure": "deep"}, {"contact": "Say where it presses."}),
        ({"kind": "release"}, {"pressure": "Self-massage presses. Say how hard."}),
        ({"flag_supine_prolonged": "no"},
         {"flag_supine_prolonged": "The position is lying on the back, so this is a yes."}),
        ({"position": "half_kneeling"},
         {"flag_kneeling": "The position is kneeling, so this is a yes.",
          "flag_balance_demand": "Kneeling on one knee is a yes."}),
        ({"position": "lunge"}, {"flag_balance_demand": "A lunge is a yes."}),
        ({"position": "prone_over_ball"},
         {"flag_prone_abdomen_pressure": "The position is lying over a ball, so this is a yes.",
          "flag_exercise_ball": "The position is lying over a ball, so this is a yes.",
          "flag_balance_demand": "Lying over a ball is a yes."}),
        ({"sided": "no", "kneels_on": "treated", "steps": "One.\nTwo.\nThree.",
          **rows("movements", [movement(part="hip_both")])},
         {"kneels_on": "There is no treated side, so choose both."}),
        ({"flag_head_lift": "yes"},
         {"neck_load": "You say that the head is lifted: then the neck holds it up."}),
        ({"moves": "no"}, {"moves": "There are movements below. Say yes, or remove them."}),
        (rows("movements", []), {"moves": "Say in a row below what moves, and how."}),
        (rows("movements", [movement(degrees="")]),
         {"movements-0-degrees":
          "How far does it bend at most? Rules about hips look at it."}),
        (rows("movements", [movement(degrees="200")]),
         {"movements-0-degrees": "Write a whole number from 0 to 180."}),
        (rows("movements", [movement(part="lumbar", direction="abduction")]),
         {"movements-0-direction": "Low back: it cannot do this. Choose another."}),
        (rows("movements", [movement(range="")]),
         {"movements-0-range": "Choose one, or remove this row."}),
        (rows("movements", [movement(part="leg")]),
         {"movements-0-part": "Choose from the list."}),
        (rows("movements", [movement(), movement()]),
         {"movements-1-part": "This is here twice. Remove one.",
          "movements": "Two rows are the same."}),
        (rows("movements", [movement(part="shoulder_both", direction="flexion", range="end")]),
         {"flag_arms_overhead": "A shoulder goes as far as it can: this is a yes."}),
        (rows("presets", []),
         {"presets-0-label": "Give at least one dose to start from.",
          "__all__": "Give at least one dose to start from."}),
        (rows("presets", [dose(label="")]),
         {"presets-0-label": "Give this dose a name, like: Everyday start."}),
        (rows("presets", [dose(reps="")]),
         {"presets-0-reps": "Say how many times, how long to hold, or for how long."}),
        (rows("presets", [dose(reps="some")]),
         {"presets-0-reps": "Write it like: 5, or 5 to 8."}),
        (rows("presets", [dose(reps="9 to 3")]),
         {"presets-0-reps": "The smaller number comes first."}),
        (rows("presets", [dose(reps="500")]), {"presets-0-reps": "From 1 to 100."}),
        (rows("presets", [dose(hold_s="30")]),
         {"presets-0-hold_s": "Add s for seconds or min for minutes."}),
        (rows("presets", [dose(hold_s="10 min")]),
         {"presets-0-hold_s": "From 1 to 300 seconds."}),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_at_its_field_and_stays_typed(
    bob_client: Client, practice: Practice, changes: dict[str, Any], told: dict[str, str]
) -> None:
    answer = bob_client.post(NEW, typed(**{"feel": "As typed.", **changes}))
    assert errors(answer) == {name: [text] for name, text in told.items()}
    assert answer.context["bundle"].form["feel"].value() == "As typed."
    assert "As typed." in answer.content.decode()
    assert not practice.exercises.exists()


def test_sides_need_a_treated_side(bob_client: Client) -> None:
    answer = bob_client.post(NEW, typed(sided="no"))
    assert errors(answer) == {
        "steps": ["There is no treated side, so {side} and {other} cannot be filled in."],
        "sided": ["A movement below speaks of the treated side."],
        "movements-0-part": ["This needs a treated side. Say so above."],
    }


def test_a_removed_row_may_be_as_wrong_as_it_likes(bob_client: Client, practice: Practice) -> None:
    wrong = movement(part="lumbar", direction="abduction", remove="on")
    made = write(bob_client, practice, **rows("movements", [wrong, movement()]))
    assert len(made.definition().traits.movements) == 1


def test_advice_needs_no_dose_and_no_movement(bob_client: Client, practice: Practice) -> None:
    advice = {
        "kind": "advice",
        "moves": "no",
        "sided": "no",
        "steps": "Rest.\nWalk.\nSleep.",
        **rows("movements", []),
        **rows("presets", []),
    }
    made = write(bob_client, practice, **advice)
    assert (made.kind, made.definition().presets) == ("advice", ())


def test_times_are_read_with_their_unit(bob_client: Client, practice: Practice) -> None:
    filled = dose(reps="", sets="2", hold_s="15-30 s", duration_s="5 to 10 min", rest_s="1 min")
    made = write(bob_client, practice, **rows("presets", [filled]))
    dosage = made.definition().presets[0].dosage.to_dict()
    assert dosage == {
        "sets": [2, 2],
        "hold_s": [15, 30],
        "duration_s": [300, 600],
        "rest_s": [60, 60],
        "times_per_day": [2, 2],
    }
    page = bob_client.get(reverse("own_exercise_edit", args=[made.pk])).content.decode()
    assert re.findall(r'name="presets-0-(?:hold_s|duration_s|rest_s)"\s+value="([^"]*)"', page) == [
        "15 to 30 s",
        "5 to 10 min",
        "1 min",
    ]


def test_mark_up_is_text(bob_client: Client, practice: Practice) -> None:
    made = write(bob_client, practice, name="<b>Bold</b> & co", feel="<script>alert(1)</script>")
    page = bob_client.get(reverse("catalogue_entry", args=[made.pk])).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; co" in page


def test_hard_words_are_hinted_at_and_saved_all_the_same(
    bob_client: Client, practice: Practice
) -> None:
    hard = "Simultaneously externally rotate your contralateral extremity approximately."
    made = write(bob_client, practice, steps=f"{hard}\nLie down.\nRest.")
    page = bob_client.get(reverse("own_exercise_edit", args=[made.pk])).content.decode()
    assert "This is a hint only." in page


# --- Words for every code -------------------------------------------------------------------------


def test_everything_the_rules_see_can_be_said() -> None:
    assert set(words.PART_LABELS) == PARTS
    directions = {code for _, group in words.DIRECTION_GROUPS for code, _ in group}
    assert directions == SPINE_DIRECTIONS | PELVIS_DIRECTIONS | LIMB_DIRECTIONS
    pairs = (
        (words.RANGE_LABELS, RANGES),
        (words.MODE_LABELS, MODES),
        (words.SPINE_LOAD_LABELS, SPINE_LOADS),
        (words.ARM_LOAD_LABELS, ARM_LOADS),
        (words.LIMB_LABELS, LIMBS),
        (words.NECK_LOAD_LABELS, NECK_LOADS),
        (words.EFFORT_LABELS, EFFORTS),
        (words.PRESSURE_LABELS, PRESSURES),
        (words.CONTACT_LABELS, CONTACTS),
        (words.BREATHING_LABELS, BREATHING),
        (words.MODALITY_LABELS, MODALITIES),
    )
    assert [set(said) == set(codes) for said, codes in pairs] == [True] * len(pairs)
    assert {*words.TRAIT_QUESTIONS, *words.REMARKS} == set(FLAGS)


# --- Copying --------------------------------------------------------------------------------------


def sent_by(page: Any) -> dict[str, Any]:
    """What a browser sends of a page that nobody has touched."""
    return untouched(page.context["bundle"])


def untouched(bundle: OwnExerciseBundle) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for part in (bundle.form, *bundle.movements.forms, *bundle.presets.forms):
        for field in part:
            value = field.value()
            if value not in (None, False, ""):
                out[field.html_name] = value if value is not True else "on"
    for rows_of in (bundle.movements, bundle.presets):
        for field in rows_of.management_form:
            out[field.html_name] = field.value()
    return out


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
    """Nothing that the rules see gets lost between any entry and the form."""
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


# --- Editing --------------------------------------------------------------------------------------


def edit(client: Client, exercise: Exercise, **changes: Any) -> Any:
    url = reverse("own_exercise_edit", args=[exercise.pk])
    return client.post(url, {**sent_by(client.get(url)), **changes})


def test_an_edit_is_saved_and_audited(
    bob_client: Client, alice_client: Client, practice: Practice
) -> None:
    made = write(bob_client, practice)
    answer = edit(alice_client, made, name="Heel slides")
    assert answer.headers["Location"] == reverse("catalogue_entry", args=[made.pk])
    made.refresh_from_db()
    assert (made.name, made.definition().author) == (
        "Heel slides",
        "Bob Brown, changed by Alice Archer",
    )
    actions = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert actions == ["exercise.create", "exercise.change"]
    assert library_for(practice).definitions[made.slug].name == "Heel slides"


def test_saving_without_a_change_writes_nothing(bob_client: Client, practice: Practice) -> None:
    made = write(bob_client, practice)
    edit(bob_client, made)
    assert AuditEntry.objects.count() == 1


def test_a_stale_edit_is_told_and_a_second_save_replaces(
    bob_client: Client, alice_client: Client, practice: Practice
) -> None:
    made = write(bob_client, practice)
    url = reverse("own_exercise_edit", args=[made.pk])
    mine = {**sent_by(bob_client.get(url)), "feel": "My words."}
    edit(alice_client, made, feel="Her words.")
    answer = bob_client.post(url, mine)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Alice Archer saved it" in page
    assert "My words." in page
    made.refresh_from_db()
    assert made.definition().feel == "Her words."
    assert bob_client.post(url, sent_by(answer)).status_code == 302
    made.refresh_from_db()
    assert made.definition().feel == "My words."


def test_retiring_and_bringing_back(bob_client: Client, practice: Practice) -> None:
    made = write(bob_client, practice)
    for _ in range(2):
        bob_client.post(reverse("own_exercise_retire", args=[made.pk]))
    assert made.slug not in library_for(practice).current
    assert made.slug in library_for(practice).definitions
    bob_client.post(reverse("own_exercise_restore", args=[made.pk]))
    assert made.slug in library_for(practice).current
    actions = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert actions == ["exercise.create", "exercise.retire", "exercise.restore"]


def test_the_pages_take_few_queries(
    bob_client: Client, practice: Practice, django_assert_num_queries: Any
) -> None:
    made = write(bob_client, practice)
    url = reverse("own_exercise_edit", args=[made.pk])
    bob_client.get(url)
    with django_assert_num_queries(EDIT_QUERIES):
        bob_client.get(url)


EDIT_QUERIES = 8


def test_data_that_is_no_exercise_is_never_stored(bob: User, practice: Practice) -> None:
    from programs.exercises.own.actions import create_own

    with pytest.raises(DefinitionError):
        create_own(practice=practice, actor=bob, data={"slug": "own-x", "name": "x"})
    assert not practice.exercises.exists()
