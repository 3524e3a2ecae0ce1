"""Templates applied to cases: what is added, what is left out and why."""

import datetime as dt

import pytest

from clinic.models import User
from clinic.outcomes import Refused
from programs.builder import actions
from programs.builder.actions.starters import side_of_case
from programs.prescriptions.models import Program
from programs.rules.facts import CaseFacts, ConditionFact
from tests import factories
from tests.clock import TODAY
from tests.programs.conftest import MakeCase, slugs

NINE_STEPS = "foraminal-stenosis-nine-steps"
FLEXION = "flexion-series"
pytestmark = pytest.mark.usefixtures("shipped_catalogue")


def sides(program: Program) -> set[str]:
    return {item.side for item in program.items.active()} - {""}


def test_the_treated_side_is_the_side_of_the_case(make_case: MakeCase, alice: User) -> None:
    for side in ("left", "right"):
        case = make_case(conditions=(("lumbar_foraminal_stenosis", side),))
        program = factories.ProgramFactory(case=case)
        applied = actions.apply_starter(program=program, actor=alice, slug=NINE_STEPS)
        assert (applied.left_out, applied.present) == ([], [])
        assert len(applied.added) == program.items.active().count() == 8
        assert sides(program) == {side}


def test_each_exercise_says_how_often(make_case: MakeCase, alice: User) -> None:
    program = factories.ProgramFactory(case=make_case())
    actions.apply_starter(program=program, actor=alice, slug=FLEXION)
    rows = program.items.active().exclude(exercise__kind="advice")
    assert [row.dose().says_how_often for row in rows] == [True] * 8


def test_what_a_template_brought_is_taken_back_in_one_step(draft: Program, alice: User) -> None:
    factories.ProgramItemFactory(program=draft, slug="dead-bug")
    applied = actions.apply_starter(program=draft, actor=alice, slug=NINE_STEPS)
    actions.remove_items(program=draft, actor=alice, item_ids=applied.items)
    assert slugs(draft) == ["dead-bug"]
    assert draft.items.count() == 9


def test_twice_adds_nothing_twice(make_case: MakeCase, alice: User) -> None:
    program = factories.ProgramFactory(case=make_case())
    actions.apply_starter(program=program, actor=alice, slug=NINE_STEPS)
    again = actions.apply_starter(program=program, actor=alice, slug=NINE_STEPS)
    assert (again.added, len(again.present)) == ([], 8)
    assert program.items.active().count() == 8


def test_osteoporosis_leaves_out_loaded_flexion_and_says_so(
    make_case: MakeCase, alice: User
) -> None:
    program = factories.ProgramFactory(case=make_case(yes=("osteoporosis",)))
    applied = actions.apply_starter(program=program, actor=alice, slug=FLEXION)
    left_out = {row.name: row.reason for row in applied.left_out}
    assert sorted(left_out) == ["Seated forward bend"]
    assert all(left_out.values())
    assert set(slugs(program)) & {"curl-up", "seated-back-flexion"} == set()


def test_a_hip_replacement_leaves_out_deep_hip_bends(make_case: MakeCase, alice: User) -> None:
    case = make_case()
    factories.SurgeryFactory(case=case, performed_on=TODAY - dt.timedelta(weeks=5))
    program = factories.ProgramFactory(case=case)
    applied = actions.apply_starter(program=program, actor=alice, slug=NINE_STEPS)
    assert [row.name for row in applied.left_out] == [
        "Hanging leg low back stretch (right)",
        "Knee hug in bed",
    ]


@pytest.mark.parametrize(
    "conditions",
    [
        (("nonspecific_low_back_pain_chronic", "unspecified"),),
        (("lumbar_foraminal_stenosis", "bilateral"),),
        (("sciatica", "left"), ("lumbar_radiculopathy", "right")),
    ],
)
def test_the_side_is_asked_where_the_case_does_not_tell(
    make_case: MakeCase, alice: User, conditions: tuple[tuple[str, str], ...]
) -> None:
    program = factories.ProgramFactory(case=make_case(conditions=conditions))
    with pytest.raises(Refused) as refusal:
        actions.apply_starter(program=program, actor=alice, slug=NINE_STEPS)
    assert refusal.value.field == "side"
    assert not program.items.exists()
    actions.apply_starter(program=program, actor=alice, slug=NINE_STEPS, side="both")
    assert sides(program) == {"left", "right"}


def test_the_side_is_that_of_what_the_template_is_meant_for() -> None:
    """A right leg and a left knee: each template treats its own side."""
    facts = CaseFacts(
        conditions=(
            ConditionFact("lumbar_foraminal_stenosis", "right"),
            ConditionFact("knee_osteoarthritis", "left"),
        )
    )
    assert side_of_case(facts, ("knee_osteoarthritis",)) == "left"
    assert side_of_case(facts, ("lumbar_foraminal_stenosis",)) == "right"
    assert side_of_case(facts) == "right"
    knees = CaseFacts(conditions=(ConditionFact("knee_osteoarthritis", "left"),))
    assert side_of_case(knees, ("sciatica",)) == "left"
    both = CaseFacts(conditions=(ConditionFact("knee_osteoarthritis", "bilateral"),))
    assert side_of_case(both, ("knee_osteoarthritis",)) == ""


def test_the_clinician_s_side_goes_before_the_case_s(make_case: MakeCase, alice: User) -> None:
    """Stretches that bend toward the narrowed side are then left out."""
    program = factories.ProgramFactory(case=make_case())
    applied = actions.apply_starter(program=program, actor=alice, slug=NINE_STEPS, side="left")
    assert {row.side for row in applied.left_out} == {"left"}
    assert "Standing side stretch, held (left)" in [row.name for row in applied.left_out]


def test_a_template_that_is_not_there(make_case: MakeCase, alice: User) -> None:
    program = factories.ProgramFactory(case=make_case())
    with pytest.raises(Refused, match="from the list"):
        actions.apply_starter(program=program, actor=alice, slug="no-such")


def test_notes_and_doses_come_from_the_template(make_case: MakeCase, alice: User) -> None:
    program = factories.ProgramFactory(case=make_case())
    actions.apply_starter(program=program, actor=alice, slug=NINE_STEPS)
    item = program.items.get(exercise__slug="knees-side-to-side")
    assert (item.preset, item.note) == (
        "30 easy repeats, no hold",
        "Keep it small and free of pain.",
    )


def test_a_plan_b_is_no_plan_b_where_the_main_exercise_is_left_out(
    make_case: MakeCase, alice: User
) -> None:
    for condition, notes in (("lumbar_canal_stenosis", 4), ("lumbar_foraminal_stenosis", 0)):
        program = factories.ProgramFactory(case=make_case(conditions=((condition, "right"),)))
        actions.apply_starter(
            program=program, actor=alice, slug="extension-with-response-monitoring"
        )
        assert program.items.active().exclude(note="").count() == notes
