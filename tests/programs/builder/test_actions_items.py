"""Adding, ordering, removing: what a draft lets one do."""

from itertools import product

import pytest

from clinic.models import AuditEntry, User
from clinic.outcomes import Refused, Stale
from patients.models import Case
from programs.builder import actions
from programs.builder.actions.base import fingerprint
from programs.builder.actions.drafts import in_order, snapshot
from programs.exercises.dosage import Dosage
from programs.prescriptions.models import Program, ProgramItem
from programs.verdicts.judgement import JudgedItem, judge_program
from programs.verdicts.standing import Refusal, decision_key
from tests import factories
from tests.clock import TOMORROW
from tests.programs.conftest import MakeCase, exercise_id, judged, only_item, slugs
from tests.undone import undone

OVERRIDE = {"reason": "The surgeon allows it.", "expires_on": TOMORROW}
SLUG_OF = {
    "preferred": ("oblique-standing-stretch", "right"),
    "contraindicated": ("oblique-standing-stretch", "left"),
    "ok": ("dead-bug", ""),
    "restricted": ("psoas-release", "right"),
    "test": ("combined-movement-test", "right"),
}


def add(program: Program, actor: User, slug: str, side: str = "", **more: object) -> object:
    return actions.add_exercise(
        program=program, actor=actor, exercise_id=exercise_id(slug), side=side, **more
    )


def refusal_of(what: str, *, overridden: bool, stopped: bool) -> str:
    """Why this is not added; empty where it is."""
    if what in ("restricted", "test"):
        return str(Refusal.NEVER_PRESCRIBED)
    if what == "contraindicated" and stopped:
        return str(Refusal.STOPPED)
    if what == "contraindicated" and not overridden:
        return str(Refusal.OVERRIDE_NEEDED)
    return ""


def test_what_can_be_added(draft: Program, alice: User) -> None:
    wrong = []
    for stopped, overridden, what in product((False, True), (False, True), SLUG_OF):
        expected = refusal_of(what, overridden=overridden, stopped=stopped)
        slug, side = SLUG_OF[what]
        more = {"override": OVERRIDE} if overridden else {}
        refused = ""
        with undone():
            if stopped:
                factories.AnswerFactory(case=draft.case, code="rf_foot_drop", answer="yes")
            program = Program.objects.get(pk=draft.pk)
            try:
                add(program, alice, slug, side, **more)
            except Refused as refusal:
                refused = refusal.message
            there = slugs(draft)
        added = [] if expected else [f"{slug} {side}".strip()]
        if (refused, there) != (expected, added):
            wrong.append((what, f"{stopped=} {overridden=}", refused, there))
    assert not wrong, str(wrong)


def test_an_added_exercise_has_its_first_dose_and_leaves_a_trail(
    draft: Program, alice: User
) -> None:
    add(draft, alice, "oblique-standing-stretch", "right")
    item = only_item(draft)
    assert (item.preset, item.dosage) == ("30-second hold", {"hold_s": [30, 30]})
    draft.refresh_from_db()
    assert (draft.revision, draft.changed_by) == (2, alice)
    entry = AuditEntry.objects.get(action="program.item.add")
    assert entry.details == {
        "exercise": "oblique-standing-stretch",
        "program": str(draft.pk),
        "side": "right",
    }


def test_an_override_is_only_written_where_it_is_needed(draft: Program, alice: User) -> None:
    add(draft, alice, "dead-bug", override=OVERRIDE)
    assert not only_item(draft).overrides.exists()


def test_a_side_that_does_not_fit(draft: Program, alice: User) -> None:
    for slug, side, words in (
        ("oblique-standing-stretch", "", "Choose left or right."),
        ("oblique-standing-stretch", "up", "Choose left or right."),
        ("dead-bug", "left", "This exercise has no sides."),
    ):
        with pytest.raises(Refused, match=words):
            add(draft, alice, slug, side)


def test_an_exercise_is_there_once_a_side(
    make_case: MakeCase, shipped_catalogue: None, alice: User
) -> None:
    case = make_case(conditions=(("nonspecific_low_back_pain_chronic", "unspecified"),))
    program = factories.ProgramFactory(case=case)
    add(program, alice, "piriformis-stretch", "left")
    add(program, alice, "piriformis-stretch", "right")
    with pytest.raises(Refused, match="already in the program"):
        add(program, alice, "piriformis-stretch", "left")


def test_what_is_not_in_the_catalogue(draft: Program, alice: User) -> None:
    with pytest.raises(Refused, match="not in the catalogue"):
        actions.add_exercise(program=draft, actor=alice, exercise_id=0, side="")


def test_nothing_is_added_to_what_is_issued(draft: Program, alice: User) -> None:
    Program.objects.filter(pk=draft.pk).update(draft_open=False)
    with pytest.raises(Refused, match="has been issued"):
        add(draft, alice, "dead-bug")


def three(draft: Program, alice: User) -> list[str]:
    for slug in ("dead-bug", "core-breathing", "hook-lying-march"):
        add(draft, alice, slug)
    add(draft, alice, "walking")
    return slugs(draft)


def item_id(draft: Program, slug: str) -> object:
    return draft.items.active().get(exercise__slug=slug).pk


def test_moving_up_and_down_goes_past_a_purpose(draft: Program, alice: User) -> None:
    assert three(draft, alice) == ["dead-bug", "core-breathing", "hook-lying-march", "walking"]
    move = {"program": draft, "actor": alice}
    assert actions.move_item(**move, item_id=item_id(draft, "core-breathing"), up=True)
    assert slugs(draft) == ["core-breathing", "dead-bug", "hook-lying-march", "walking"]
    assert not actions.move_item(**move, item_id=item_id(draft, "core-breathing"), up=True)
    assert actions.move_item(**move, item_id=item_id(draft, "walking"), up=True)
    assert not actions.move_item(**move, item_id=item_id(draft, "hook-lying-march"), up=False)
    assert slugs(draft) == ["core-breathing", "dead-bug", "walking", "hook-lying-march"]
    judged = [j.definition.slug for j in judge_program(draft).items if j.definition]
    assert judged == slugs(draft)


def test_what_is_added_comes_behind_its_purpose(draft: Program, alice: User) -> None:
    for slug in ("walking", "dead-bug", "childs-pose", "curl-up"):
        add(draft, alice, slug)
    assert slugs(draft) == ["childs-pose", "dead-bug", "curl-up", "walking"]


def test_a_draft_kept_before_the_order_was_free_comes_back_by_purpose(
    draft: Program, alice: User
) -> None:
    for slug in ("dead-bug", "childs-pose"):
        add(draft, alice, slug)
    kept = snapshot(draft)
    del kept["order"]
    kept["items"] = [{**row, "position": 9 - row["position"]} for row in kept["items"]]
    ids = {item.exercise.slug: item.exercise_id for item in draft.items.all()}
    assert [(row["exercise_id"], row["position"]) for row in in_order(kept)] == [
        (ids["childs-pose"], 1),
        (ids["dead-bug"], 2),
    ]


def test_reordering_keeps_what_was_added_meanwhile(draft: Program, alice: User) -> None:
    three(draft, alice)
    order = [str(item_id(draft, s)) for s in ("hook-lying-march", "dead-bug")]
    actions.reorder(program=draft, actor=alice, order=[*order, "not-an-id", ""])
    assert slugs(draft) == ["hook-lying-march", "dead-bug", "core-breathing", "walking"]


def test_removing_and_putting_back_loses_nothing(draft: Program, alice: User) -> None:
    three(draft, alice)
    item = draft.items.get(exercise__slug="core-breathing")
    item.note = "Slowly."
    item.save()
    actions.remove_item(program=draft, actor=alice, item_id=item.pk)
    assert slugs(draft) == ["dead-bug", "hook-lying-march", "walking"]
    actions.restore_item(program=draft, actor=alice, item_id=item.pk)
    assert slugs(draft) == ["dead-bug", "core-breathing", "hook-lying-march", "walking"]
    item.refresh_from_db()
    assert item.note == "Slowly."


def test_what_was_added_again_is_not_put_back_twice(draft: Program, alice: User) -> None:
    add(draft, alice, "dead-bug")
    item = only_item(draft)
    actions.remove_item(program=draft, actor=alice, item_id=item.pk)
    add(draft, alice, "dead-bug")
    with pytest.raises(Refused, match="again already"):
        actions.restore_item(program=draft, actor=alice, item_id=item.pk)


def test_removing_twice_is_told(draft: Program, alice: User, bob: User) -> None:
    add(draft, alice, "dead-bug")
    item = only_item(draft)
    actions.remove_item(program=draft, actor=alice, item_id=item.pk)
    with pytest.raises(Refused, match="has been removed"):
        actions.remove_item(program=draft, actor=bob, item_id=item.pk)


def save(draft: Program, actor: User, item: ProgramItem, seen: str, **change: object) -> None:
    values = {"dosage": Dosage.from_dict({"reps": [8, 8]}), "note": "", "side": ""}
    actions.save_item(
        program=draft,
        actor=actor,
        item_id=item.pk,
        seen=seen,
        **{**values, **change},
    )


def test_two_people_change_two_exercises(draft: Program, alice: User, bob: User) -> None:
    add(draft, alice, "dead-bug")
    add(draft, alice, "core-breathing")
    first, second = draft.items.order_by("position")
    seen = {item.pk: fingerprint(item) for item in (first, second)}
    save(draft, alice, first, seen[first.pk], note="From Alice.")
    save(draft, bob, second, seen[second.pk], note="From Bob.")
    notes = draft.items.order_by("position").values_list("note", flat=True)
    assert list(notes) == ["From Alice.", "From Bob."]


def test_two_people_change_the_same_exercise(draft: Program, alice: User, bob: User) -> None:
    add(draft, alice, "dead-bug")
    item = only_item(draft)
    seen = fingerprint(item)
    save(draft, alice, item, seen, note="From Alice.")
    with pytest.raises(Stale) as stale:
        save(draft, bob, item, seen, note="From Bob.")
    assert stale.value.who == "Alice Archer"
    assert stale.value.when is not None
    item.refresh_from_db()
    assert item.note == "From Alice."
    save(draft, bob, item, fingerprint(item), note="From Bob.")
    item.refresh_from_db()
    assert item.note == "From Bob."


def test_another_side_is_another_question(
    make_case: MakeCase, shipped_catalogue: None, alice: User
) -> None:
    case: Case = make_case(
        conditions=(("nonspecific_low_back_pain_chronic", "unspecified"),), yes=("falls_risk",)
    )
    program = factories.ProgramFactory(case=case)
    add(program, alice, "psoas-lunge-stretch", "left")
    found = judged(program)
    assert [r.rule for r in found.standing.to_accept] == ["P-30"]
    actions.acknowledge(
        program=program,
        actor=alice,
        item_id=found.item.pk,
        keys=_keys(found),
        modification="Hold a chair.",
    )
    assert judged(program).standing.clear
    item = only_item(program)
    save(program, alice, item, fingerprint(item), side="right", dosage=item.dose())
    found = judged(program)
    assert (found.item.side, found.item.modification) == ("right", "")
    assert not found.standing.clear


def _keys(found: JudgedItem) -> list[str]:
    return [decision_key(r) for r in found.standing.to_accept]


def test_a_side_that_is_not_for_this_patient_is_refused(draft: Program, alice: User) -> None:
    add(draft, alice, "oblique-standing-stretch", "right")
    item = only_item(draft)
    with pytest.raises(Refused) as refusal:
        save(draft, alice, item, fingerprint(item), side="left")
    assert refusal.value.field == "side"
    item.refresh_from_db()
    assert item.side == "right"


def test_a_source_s_dose_can_be_taken_over(draft: Program, alice: User) -> None:
    add(draft, alice, "oblique-standing-stretch", "right")
    item = only_item(draft)
    values = {"program": draft, "actor": alice, "item_id": item.pk, "note": "Typed."}
    values["side"] = "right"
    actions.apply_preset(**values, number=1, seen=fingerprint(item))
    item.refresh_from_db()
    assert (item.preset, item.note) == ("Everyday start", "Typed.")
    with pytest.raises(Refused, match="not in the catalogue"):
        actions.apply_preset(**values, number=7, seen=fingerprint(item))
