"""A new exercise from its words, a dose and eight questions; what nobody answers stays open."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from clinic.models import AuditEntry, Practice
from programs.exercises.definition import LONGEST_SUMMARY
from programs.exercises.library import library_for
from programs.exercises.own.asked import ASKED_MOVES, SO_FLAGS
from programs.rules.facts import CaseFacts
from programs.rules.unsaid import UNSAID
from tests.programs.exercises.own.conftest import NEW, QUICK
from tests.programs.exercises.own.writing import errors, sent_by

pytestmark = pytest.mark.django_db


def short(**changes: Any) -> dict[str, Any]:
    """Nothing but what must be there."""
    values = {
        "name": "Wall press",
        "steps": "Stand by a wall.\nLean in.\nPush away.",
        "dose": "3x10, daily",
        "phase": "strengthen",
        "position": "standing",
        "token": str(uuid4()),
    }
    return {**values, **changes}


ANSWERED: dict[str, Any] = {
    "regions": ["shoulder", "elbow"],
    "sided": "no",
    "moves": ["elbow:flexion", "elbow:extension"],
    "moved": "all",
    "far": "inner",
    "how": "repeated",
    "effort": "strength",
    "against": "none",
    "equipment": ["wall"],
    "so": ["arms_some"],
    "looked": "on",
}
"""Every question answered, and the list looked at."""


def told(answer: Any) -> dict[str, list[str]]:
    return {name: list(rows) for name, rows in answer.context["form"].errors.items()}


def test_what_must_be_there_is_enough_and_the_rest_is_open(
    bob_client: Client, practice: Practice
) -> None:
    answer = bob_client.post(QUICK, short())
    made = practice.exercises.get()
    assert answer.headers["Location"] == reverse("catalogue_entry", args=[made.pk])
    definition = made.definition()
    assert definition.summary == "Build strength, standing."
    assert [(p.label, p.dosage.words) for p in definition.presets] == [
        ("To start with", "3 sets of 10, once a day, every day")
    ]
    assert definition.traits.flags == frozenset()
    no = {"supine_prolonged", "kneeling", "both_legs_lifted", "pressure", "contact", "modality"}
    assert set(UNSAID) - definition.traits.unknown == no | {
        *("range", "mode", "degrees", "limb", "topics")
    }
    page = bob_client.get(answer.headers["Location"]).content.decode()
    assert "<dt>Region</dt><dd>Nobody has said</dd>" in page
    assert re.search(r"<summary>Show the \d+ rules</summary>", page)
    assert "What nobody has said of it" in page
    assert "If the head is lower than the heart" in page
    facts = CaseFacts(findings={"glaucoma": True})
    found = library_for(practice).engine.assess(facts, only=[made.slug])
    assert {(a.side, a.verdict) for a in found} == {
        ("left", "contraindicated"), ("right", "contraindicated")
    }  # fmt: skip


def test_all_eight_leave_nothing_open(bob_client: Client, practice: Practice) -> None:
    bob_client.post(QUICK, short(**ANSWERED))
    traits = practice.exercises.get().definition().traits
    assert traits.unknown == frozenset()
    assert (traits.arm_load, traits.leg_load, traits.spine_load) == ("partial", "full", "low")
    assert [(m.part, m.direction, m.range) for m in traits.movements] == [
        ("elbow_both", "flexion", "inner"),
        ("elbow_both", "extension", "inner"),
    ]
    assert (traits.equipment, traits.sided, traits.flags) == (("wall",), False, frozenset())


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"name": ""}, "name", "Give it a name."),
        ({"name": "Bridge"}, "name", "Another exercise has this name. Give this one its own."),
        ({"steps": "One."}, "steps", "Write 3 to 7 lines. There are 1."),
        ({"dose": "lots"}, "dose", "“lots” is not understood. "
         "Write it like “3x10, hold 5 s, 2/day”."),
        ({"dose": ""}, "dose", "Give a dose to start from, like “3x10, daily”."),
        ({"phase": ""}, "phase", "Choose one."),
        ({"position": ""}, "position", "Choose one."),
        ({"moved": "all"}, "moved", "Tick above what moves, or say that nothing does."),
        ({"moves": ["hip:flexion"], "moved": "nothing"}, "moved",
         "Something is ticked above. Say that it moves, or take it away."),
        ({"sided": "no", "moves": ["pelvis:shift_away"]}, "moves",
         "“Pelvis: shifts away from the treated side” means something only for a treated side."),
        ({"phase": "release", "looked": "on"}, "so", "Self-massage presses. Tick how hard."),
        ({"sided": "no", "steps": "One.\nTwo {side}.\nThree."}, "steps",
         "It is not for one side, so {side} and {other} mean nothing here."),
    ],
    ids=lambda value: str(value)[:40],
)  # fmt: skip
def test_what_is_wrong_is_told_and_nothing_typed_is_lost(
    bob_client: Client, practice: Practice, changes: dict[str, Any], field: str, words: str
) -> None:
    sent = short(**{"summary": "Lean and push.", **changes})
    answer = bob_client.post(QUICK, sent)
    assert answer.status_code == 422
    assert told(answer) == {field: [words]}
    form = answer.context["form"]
    assert {name: form[name].value() for name in sent if name != "token"} == {
        name: value if name != "looked" else True for name, value in sent.items() if name != "token"
    }
    assert not practice.exercises.exists()


def test_a_second_click_leads_to_what_the_first_has_made(
    bob_client: Client, practice: Practice
) -> None:
    sent = short()
    first, second = (bob_client.post(QUICK, sent) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert practice.exercises.count() == AuditEntry.objects.count() == 1


def test_what_follows_is_shown_with_and_without_scripts(bob_client: Client) -> None:
    sent = short(position="hooklying", look="1", so=["warm"])
    page = bob_client.post(QUICK, sent)
    assert (page.status_code, page.context["form"]["name"].value()) == (200, "Wall press")
    part = bob_client.post(QUICK, sent, headers={"hx-request": "true"})
    assert "<html" not in part.content.decode()
    for answer in (page, part):
        html = " ".join(answer.content.decode().split())
        assert "Understood: 3 sets of 10, once a day, every day." in html
        assert "this is so: Stays lying on the back." in html
        assert 'value="supine_prolonged" checked disabled' in html
        assert 'value="warm" checked>' in html
        assert 'value="uphill"' not in html


def test_every_answer_goes_along_to_the_full_form_and_open_ones_stay_open(
    bob_client: Client, practice: Practice
) -> None:
    sent = short(moves=["hip:flexion", "lumbar:extension"], so=["breath_held"], summary="Ours.")
    unsure = bob_client.post(NEW, {**sent, "from": "short"}).context["bundle"].form
    assert unsure["sided"].value() == "unsure"
    sent |= {"sided": "yes"}
    page = bob_client.post(NEW, {**sent, "from": "short"})
    bundle = page.context["bundle"]
    shown = {name: bundle.form[name].value() for name in ("name", "summary", "position", "effort")}
    assert shown == {
        "name": "Wall press", "summary": "Ours.", "position": "standing", "effort": "unsure"
    }  # fmt: skip
    assert bundle.form["breathing"].value() == "breath_hold_possible"
    assert bundle.form["flag_head_lift"].value() == "unsure"
    assert not page.context["bundle"].has_errors
    full = sent_by(page)
    assert bob_client.post(NEW, full).status_code == 302
    bob_client.post(QUICK, {**sent, "name": "Another", "token": str(uuid4())})
    one, other = (e.definition().traits for e in practice.exercises.order_by("pk"))
    assert one == other
    edit = reverse("own_exercise_edit", args=[practice.exercises.latest("pk").pk])
    again = sent_by(bob_client.get(edit))
    assert bob_client.post(edit, again).status_code == 302
    assert practice.exercises.latest("pk").definition().traits == other


def test_however_much_moves_it_is_saved_and_can_be_changed(
    bob_client: Client, practice: Practice
) -> None:
    """Its sentence ends where there is no more room, and there is a row for each movement."""
    many = short(**{**ANSWERED, "sided": "", "moves": list(ASKED_MOVES)[:16]})
    bob_client.post(QUICK, many)
    made = practice.exercises.get()
    assert 150 < len(made.data["summary"]) <= LONGEST_SUMMARY
    assert made.data["summary"].endswith("; and more.")
    made.data["dosage"] = [{**made.data["dosage"][0], "label": f"Dose {n}"} for n in range(6)]
    made.save(update_fields=["data"])
    edit = reverse("own_exercise_edit", args=[made.pk])
    changed = bob_client.post(edit, {**sent_by(bob_client.get(edit)), "feel": "Warm."})
    assert changed.status_code == 302
    before = made.data["movement"]
    made.refresh_from_db()
    assert (made.data["movement"], len(made.data["dosage"])) == (before, 6)
    assert (len(before) > len(many["moves"]), made.data["feel"]) == (True, "Warm.")


def test_without_a_purpose_the_full_form_asks_for_it(bob_client: Client) -> None:
    answer = bob_client.post(NEW, {**short(phase="", position=""), "from": "short"})
    form = answer.context["bundle"].form
    assert [form[name].value() for name in ("phase", "position", "kind")] == ["", "", ""]
    wrong = bob_client.post(NEW, sent_by(answer))
    assert {"phase", "position", "kind"} <= set(errors(wrong))


def test_not_sure_is_an_answer_in_the_full_form(bob_client: Client) -> None:
    form = bob_client.get(NEW).context["bundle"].form
    for code in SO_FLAGS & {name.removeprefix("flag_") for name in form.fields}:
        assert ("unsure", "Not sure: count it as possible") in form.fields[f"flag_{code}"].choices
