"""Exercises that a practice writes itself: written once, judged like the rest."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clinic.models import AuditEntry, Practice, User
from programs.exercises.catalogue_files import built_in
from programs.exercises.definition import OWN
from programs.exercises.library import library_for
from tests.programs.conftest import MakeCase, exercise_id
from tests.programs.exercises.own.conftest import NEW, dose, movement, rows, typed, write
from tests.programs.exercises.own.writing import errors

pytestmark = pytest.mark.django_db


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


def test_a_second_click_leads_to_what_the_first_has_made(
    bob_client: Client, practice: Practice
) -> None:
    copy = reverse("own_exercise_copy", args=[exercise_id("walking")])
    locations = [bob_client.post(url, typed()).headers["Location"] for url in (NEW, NEW, copy)]
    made = practice.exercises.get().pk
    assert locations == [
        reverse("exercise_pictures", args=[made]),
        *[reverse("catalogue_entry", args=[made])] * 2,
    ]


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
    listed = charlie_client.get("/exercises/?q=heel slide").content.decode()
    assert reverse("catalogue_entry", args=[made.pk]) not in listed
    for name in ("catalogue_entry", "own_exercise_edit", "own_exercise_copy", "exercise_pictures"):
        assert charlie_client.get(reverse(name, args=[made.pk])).status_code == 404


def test_built_in_entries_are_nobodys_to_edit(bob_client: Client) -> None:
    pk = exercise_id("dead-bug")
    assert bob_client.get(reverse("own_exercise_edit", args=[pk])).status_code == 404
    assert bob_client.post(reverse("own_exercise_retire", args=[pk])).status_code == 404


def test_no_built_in_entry_begins_like_an_own_one() -> None:
    assert [slug for slug in built_in().definitions if slug.startswith(OWN)] == []


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
         {"steps": "Curly brackets are only for {side}, {other} and {hold}."}),
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
          "flag_balance_demand": "Kneeling on one knee is a yes.",
          "leg_load": "In this position a leg carries all of the body."}),
        ({"position": "lunge", "leg_load": "full"}, {"flag_balance_demand": "A lunge is a yes."}),
        ({"position": "plank"}, {"flag_abdominal_wall_load": "A plank is a yes."}),
        ({"leg_load": "partial", "sided": "no", "steps": "One.\nTwo.\nThree.",
          **rows("movements", [movement(part="hip_both")])},
         {"leg_load_other": "There is no treated side, so choose the same for both."}),
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
