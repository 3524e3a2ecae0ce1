"""A neck or arm case: places of the arm are stored, compared along the arm, and told as such."""

import uuid
from typing import Any

import pytest

from patients.inbox import words
from patients.models import Alert, Case, SymptomLog
from patients.vocabulary import Chain
from programs.followup.progress import rows
from programs.sessions.responses import answer_for
from tests.programs.sessions.conftest import BEND_FORWARD, Send, ago, ended, exercise, symptoms

S1, S2 = uuid.UUID(int=1), uuid.UUID(int=2)


@pytest.fixture
def arm_case(case: Case) -> Case:
    case.conditions.create(code="cervical_radiculopathy", side="left")
    case.baseline_left, case.baseline_right = "forearm", "none"
    case.save()
    return Case.objects.get(pk=case.pk)


def told(session: uuid.UUID, start: float, before: str, after: str) -> list[Any]:
    """A session: where it was before, after it, and still some time later."""
    return [
        symptoms(session, ago(hours=start), "before", pain=4, regions=(before,), kinds=()),
        exercise(session, ago(hours=start - 0.1), BEND_FORWARD),
        symptoms(
            session,
            ago(hours=start - 0.2),
            "after",
            pain=4,
            regions=(after,),
            provoked=(BEND_FORWARD,),
        ),
        ended(session, ago(hours=start - 0.2)),
        symptoms(session, ago(hours=start - 0.4), "settled", pain=4, regions=(after,)),
    ]


def test_symptoms_that_move_down_the_arm_and_stay_stop_the_exercise(
    arm_case: Case, send: Send
) -> None:
    send(*told(S1, 2, "upper_arm_back_left", "palm_left"))
    assert list(SymptomLog.objects.order_by("at").values_list("left", "right")) == [
        ("upper_arm", "none"),
        ("hand", "none"),
        ("hand", "none"),
    ]
    (alert,) = Alert.objects.filter(case=arm_case, code="peripheralising")
    assert "Furthest from the neck: hand, before it upper arm." in words.facts(alert)


def test_symptoms_that_draw_in_to_the_neck_are_a_good_sign(arm_case: Case, send: Send) -> None:
    send(*told(S1, 2, "forearm_back_left", "neck_side_left"))
    # That a low back bent meanwhile says nothing about the direction an arm prefers.
    assert not Alert.objects.filter(case=arm_case).exists()
    day = rows.days_of(arm_case)[0]
    assert (day.arms, day.lefts) == (True, (5, 2, 2))


def test_places_of_the_leg_say_nothing_about_an_arm(case: Case, send: Send) -> None:
    """They were told before the case was one of the neck."""
    send(symptoms(S1, ago(hours=30), "before", pain=4, regions=("calf_left",), kinds=()))
    case.conditions.create(code="neck_pain", side="unspecified")
    after = Case.objects.get(pk=case.pk)
    assert after.symptom_chain is Chain.ARM
    send(*told(S2, 2, "neck_middle", "neck_middle"))
    assert answer_for(after).answer["alerts"] == []
    assert [day.lefts for day in rows.days_of(after)] == [(), (1, 1, 1)]


def test_both_arms_newly_numb_are_the_spinal_cord_s_red_flag(arm_case: Case, send: Send) -> None:
    both = ("palm_left", "palm_right")
    send(symptoms(S1, ago(hours=1), "before", pain=4, regions=both, kinds=("numbness",)))
    titles = [words.title(alert) for alert in Alert.objects.filter(case=arm_case)]
    assert "Symptoms newly in both legs" not in titles
    (flag,) = Alert.objects.filter(case=arm_case, code="red_flag")
    assert flag.facts["red_flag"] == "rf_cervical_vascular_or_myelopathy"
