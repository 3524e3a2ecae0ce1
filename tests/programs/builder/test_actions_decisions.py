"""Accepting cautions, overriding rules, and when a decision no longer holds."""

import datetime as dt

import pytest

from clinic.models import AuditEntry, User
from clinic.outcomes import Refused
from patients.models import Case
from programs.builder import actions
from programs.prescriptions.models import Override, Program
from programs.verdicts.standing import decision_key
from tests import factories
from tests.clock import TODAY
from tests.programs.conftest import MakeCase, exercise_id, judged, only_item

SOON = TODAY + dt.timedelta(days=14)
REASON = "Tested in the clinic, no symptoms."


@pytest.fixture
def falls(make_case: MakeCase, shipped_catalogue: None) -> Case:
    """Stenosis on the right with a risk of falls: standing stretches are adapted."""
    return make_case(yes=("falls_risk",))


@pytest.fixture
def adapted(falls: Case, alice: User) -> Program:
    """A draft with one exercise that has to be adapted."""
    program = factories.ProgramFactory(case=falls)
    factories.ProgramItemFactory(program=program, slug="oblique-standing-stretch", side="right")
    assert judged(program).standing.verdict == "adapt"
    return program


@pytest.fixture
def forbidden(draft: Program) -> Program:
    """A draft with one exercise that is not for this patient."""
    factories.ProgramItemFactory(program=draft, slug="oblique-standing-stretch", side="left")
    assert judged(draft).standing.verdict == "contraindicated"
    return draft


def keys(program: Program) -> list[str]:
    found = judged(program)
    assert found.assessment
    return [decision_key(r) for r in found.assessment.reasons if r.verdict != "preferred"]


def accept(program: Program, actor: User, **change: object) -> None:
    values = {"keys": keys(program), "modification": "Hold on to a kitchen counter."}
    actions.acknowledge(
        program=program, actor=actor, item_id=only_item(program).pk, **{**values, **change}
    )


def override(program: Program, actor: User, **change: object) -> Override:
    values = {"keys": keys(program), "reason": REASON, "expires_on": SOON}
    return actions.override_item(
        program=program, actor=actor, item_id=only_item(program).pk, **{**values, **change}
    )


def test_accepting_an_adaptation_keeps_who_and_what_is_printed(
    adapted: Program, alice: User
) -> None:
    accept(adapted, alice, modification="  Hold on to a kitchen counter. ")
    item = only_item(adapted)
    assert item.modification == "Hold on to a kitchen counter."
    assert item.acknowledged_by == alice
    assert judged(adapted).standing.clear
    entry = AuditEntry.objects.get(action="program.item.accept")
    assert entry.details == {"program": str(adapted.pk), "rules": ["P-30@2"]}


def test_an_adaptation_needs_words(adapted: Program, alice: User) -> None:
    with pytest.raises(Refused) as refusal:
        accept(adapted, alice, modification="  ")
    assert refusal.value.field == "modification"
    assert not judged(adapted).standing.clear


def test_only_what_was_shown_is_accepted(adapted: Program, alice: User) -> None:
    shown = keys(adapted)
    factories.AnswerFactory(case=adapted.case, code="vertebral_fracture", answer="no")
    factories.SurgeryFactory(
        case=adapted.case, code="lumbar_discectomy", performed_on=TODAY, side="", approach=""
    )
    factories.ConditionFactory(case=adapted.case, code="lumbar_scoliosis", side="unspecified")
    accept(adapted, alice, keys=shown)
    stands = judged(adapted).standing
    assert [r.rule for r in stands.accepted] == ["P-30"]
    assert [r.rule for r in stands.to_accept] == ["R14"]
    with pytest.raises(Refused, match="something else now"):
        accept(adapted, alice, keys=["P-99@1:caution:00000000"])


def test_an_override_of_an_adaptation_prints_no_change(adapted: Program, alice: User) -> None:
    override(adapted, alice)
    stands = judged(adapted).standing
    assert stands.clear
    assert [r.rule for r in stands.overridden] == ["P-30"]


def test_an_override_is_named_dated_and_limited(forbidden: Program, alice: User) -> None:
    made = override(forbidden, alice)
    assert (made.made_by, made.reason, made.expires_on, made.side) == (
        alice,
        REASON,
        SOON,
        "left",
    )
    assert judged(forbidden).standing.clear
    entry = AuditEntry.objects.get(action="program.item.override")
    assert entry.details == {
        "expires_on": SOON.isoformat(),
        "program": str(forbidden.pk),
        "rules": ["R01@1"],
    }


REFUSED: list[tuple[dict[str, object], str]] = [
    ({"reason": "Because"}, "reason"),
    ({"reason": "          "}, "reason"),
    ({"expires_on": TODAY}, "expires_on"),
    ({"expires_on": TODAY - dt.timedelta(days=1)}, "expires_on"),
    ({"expires_on": TODAY + dt.timedelta(days=366)}, "expires_on"),
    ({"keys": []}, ""),
    ({"keys": ["R01@1"]}, ""),
]


def test_an_override_that_is_refused(forbidden: Program, alice: User) -> None:
    for change, field in REFUSED:
        with pytest.raises(Refused) as refusal:
            override(forbidden, alice, **change)
        assert refusal.value.field == field, change
        assert not Override.objects.exists(), change


def test_nothing_is_overridden_while_the_case_is_stopped(forbidden: Program, alice: User) -> None:
    factories.AnswerFactory(case=forbidden.case, code="rf_foot_drop", answer="yes")
    with pytest.raises(Refused, match="warning sign"):
        override(forbidden, alice)


@pytest.mark.parametrize("slug", ["psoas-release", "combined-movement-test"])
def test_what_is_never_prescribed_is_never_overridden(
    draft: Program, alice: User, slug: str
) -> None:
    factories.ProgramItemFactory(program=draft, slug=slug, side="right")
    with pytest.raises(Refused, match="never given"):
        override(draft, alice)


def test_an_override_that_is_taken_back_stays_in_the_record(
    forbidden: Program, alice: User, bob: User
) -> None:
    override(forbidden, alice)
    take_back = {"program": forbidden, "actor": bob, "item_id": only_item(forbidden).pk}
    actions.revoke_override(**take_back)
    assert judged(forbidden).standing.blocked
    assert Override.objects.get().reason == REASON
    with pytest.raises(Refused, match="no override"):
        actions.revoke_override(**take_back)


def test_a_new_fact_asks_again(forbidden: Program, alice: User) -> None:
    override(forbidden, alice)
    factories.AnswerFactory(case=forbidden.case, code="vertebral_fracture", answer="yes")
    assert [r.rule for r in judged(forbidden).standing.blocked] == ["P-01"]


def test_the_other_side_asks_again(adapted: Program, alice: User) -> None:
    """What was accepted for a stenosis on the right says nothing about one on the left."""
    override(adapted, alice)
    adapted.case.conditions.update(side="left")
    assert [r.rule for r in judged(adapted).standing.blocked] == ["R01"]


def test_adding_against_the_rules_takes_one_step(draft: Program, alice: User) -> None:
    actions.add_exercise(
        program=draft,
        actor=alice,
        exercise_id=exercise_id("oblique-standing-stretch"),
        side="left",
        override={"reason": REASON, "expires_on": SOON},
    )
    assert judged(draft).standing.clear


def test_a_refused_override_adds_nothing(draft: Program, alice: User) -> None:
    with pytest.raises(Refused):
        actions.add_exercise(
            program=draft,
            actor=alice,
            exercise_id=exercise_id("oblique-standing-stretch"),
            side="left",
            override={"reason": "short", "expires_on": SOON},
        )
    assert not draft.items.exists()
