"""What only a clinician's word ends: nerve signs, the emergency of both legs, signs to review."""

import datetime as dt
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic.models import User
from patients.models import Alert, Case, CaseResponse
from patients.screening.actions import clear_red_flag
from programs.followup.alerts.actions import clear_sign
from programs.portal.door import opening
from programs.portal.stopping import is_stopped
from programs.sessions import responses
from programs.sessions.daily import refresh_answers
from programs.verdicts.case_facts import case_facts
from tests.clock import NOW, SetClock
from tests.factories import AnswerFactory, ConditionFactory
from tests.patients.pages import main_text
from tests.programs.rules.cases import one
from tests.programs.sessions.conftest import BEND_FORWARD, Send, ago, ended, exercise, symptoms

S1, S2 = uuid.UUID(int=1), uuid.UUID(int=2)
BOTH = ("thigh_back_left", "calf_right")
NOTE = "Examined today: strength is normal."
FLAG = "rf_bilateral_leg_new"


def weak(**more: object) -> object:
    return symptoms(S1, ago(minutes=5), "next_day", kinds=("weakness",), **more)


def raised(case: Case) -> list[tuple[str, str, bool]]:
    rows = case.alerts.filter(kind="alert", ended_at=None).order_by("rank", "pk")
    return [(a.code, a.urgency, a.is_open) for a in rows]


# Nerve signs.
def test_weakness_holds_the_page_for_weeks_and_until_it_is_cleared(
    case: Case, send: Send, alice: User, clock: SetClock
) -> None:
    assert send(weak()).response.outcome == "get_help"
    clock(NOW + dt.timedelta(days=40))
    calm = (exercise(S2, ago(hours=1), BEND_FORWARD), symptoms(S2, ago(hours=1), "after", pain=1))
    assert send(*calm).response.outcome == "get_help"
    assert is_stopped(case)
    assert raised(case) == [("neurological_change", "same_day", True)]
    assert clear_sign(case=case, actor=alice, code="neurological_change", note=NOTE)
    assert responses.answer_for(case).outcome == "carry_on"
    assert (is_stopped(case), raised(case)) == (False, [])


def test_a_nerve_that_gets_worse_is_not_slid_until_that_is_cleared(
    case: Case, send: Send, alice: User
) -> None:
    def rules() -> list[str]:
        return [r.rule for r in one(case_facts(case), "sciatic-nerve-slider-lying", "left").reasons]

    AnswerFactory(case=case, code="glaucoma", answer="no")
    assert "R98" not in rules()
    send(weak())
    assert "R98" in rules()
    clear_sign(case=case, actor=alice, code="neurological_change", note=NOTE)
    assert "R98" not in rules()


def test_a_correction_does_not_take_weakness_back(case: Case, send: Send) -> None:
    first = symptoms(S1, ago(hours=1), "before", pain=3, kinds=("weakness",))
    send(first)
    later = symptoms(S1, ago(minutes=1), "before", pain=3, kinds=(), corrects=first.id)
    assert send(later).response.outcome == "get_help"


def test_weakness_known_from_the_start_is_not_new(case: Case, send: Send) -> None:
    case.baseline_weakness = "right"
    case.save()
    known = symptoms(S1, ago(minutes=5), "before", kinds=("weakness",), regions=("calf_right",))
    assert send(known).response.outcome == "carry_on"
    left = symptoms(S2, ago(minutes=4), "before", kinds=("weakness",), regions=("calf_left",))
    assert send(left).response.outcome == "get_help"


# Both legs.
@pytest.mark.parametrize("phase", ["before", "during", "after", "settled", "next_day"])
def test_both_legs_weak_is_an_emergency_wherever_it_is_said(
    case: Case, send: Send, phase: str
) -> None:
    item = BEND_FORWARD if phase == "during" else ""
    said = symptoms(S1, ago(minutes=5), phase, item=item, kinds=("numbness",), regions=BOTH)
    assert send(said).response.outcome == "get_help"
    assert raised(case)[0] == ("red_flag", "emergency", True)
    # It stands on the safety screen, so that nothing is prescribed either.
    answer = case.answers.get()
    assert (answer.code, answer.answer, answer.who) == (FLAG, "yes", "The patient")
    assert opening.is_paused(case)


def test_a_correction_in_the_diary_is_a_page_too(case: Case, send: Send) -> None:
    first = symptoms(S1, ago(hours=1), "before", pain=3, regions=BOTH, kinds=())
    send(first)
    assert ("red_flag", "emergency", True) not in raised(case)
    said = symptoms(
        S1, ago(minutes=1), "before", regions=BOTH, kinds=("weakness",), corrects=first.id
    )
    send(said)
    assert ("red_flag", "emergency", True) in raised(case)


def test_clearing_the_red_flag_of_both_legs_clears_all_of_it(
    case: Case, send: Send, alice: User, alice_client: Client, clock: SetClock
) -> None:
    send(symptoms(S1, ago(minutes=5), "before", kinds=("weakness",), regions=BOTH))
    alert = case.alerts.get(code="red_flag")
    text = main_text(alice_client.get(reverse("inbox")))
    assert "Weakness or numbness that is new in both legs." in text
    assert "Answered yes" not in text
    clear_red_flag(answer=case.answers.get(), actor=alice, note=NOTE)
    case.refresh_from_db()
    assert responses.answer_for(case).outcome == "carry_on"
    assert (is_stopped(case), raised(case)) == (False, [])
    alert.refresh_from_db()
    assert (alert.acknowledged_by, alert.note) == (alice, NOTE)
    # Judged again it stays so; told of again after more than a week it is new.
    responses.refresh(case)
    assert case.answers.count() == 1
    clock(NOW + dt.timedelta(days=9))
    again = symptoms(S2, ago(minutes=2), "before", kinds=("weakness",), regions=BOTH)
    assert send(again).response.outcome == "get_help"
    assert [row.answer for row in case.answers.all()] == ["yes", "yes"]


def test_judging_again_raises_the_same_emergency_once(case: Case, send: Send) -> None:
    send(symptoms(S1, ago(minutes=5), "before", kinds=("weakness",), regions=BOTH))
    for _ in range(3):
        responses.refresh(case)
    assert case.alerts.filter(code="red_flag").count() == 1
    assert case.answers.count() == 1


# Signs to review.
def test_a_soon_flag_is_told_until_it_is_cleared(
    case: Case, send: Send, alice_client: Client
) -> None:
    told = send(symptoms(S1, ago(minutes=5), "before", red_flags=("rf_weight_loss",))).response
    assert told.outcome == "ease"
    assert "in the next few days" in told.answer["patient"]["reason"]
    assert raised(case) == [("red_flag", "soon", True)]
    url = reverse("sign_clear", args=[case.pk, "rf_weight_loss"])
    assert url in alice_client.get(reverse("inbox")).content.decode()
    alice_client.post(url, {"note": "Planned diet."})
    assert responses.answer_for(case).outcome == "carry_on"
    alert = Alert.objects.get(code="red_flag")
    assert (alert.is_open, alert.note) == (False, "Planned diet.")
    again = send(symptoms(S2, ago(minutes=1), "before", red_flags=("rf_weight_loss",))).response
    assert again.outcome == "ease"


def test_a_sign_that_is_urgent_with_what_the_screen_knows_stops(
    case: Case, send: Send, alice: User
) -> None:
    AnswerFactory(case=case, code="rf_cancer_history", answered_by=alice)
    assert responses.refresh(case).outcome == "carry_on"
    told = send(symptoms(S1, ago(minutes=5), "before", red_flags=("rf_weight_loss",))).response
    assert told.outcome == "get_help"
    assert raised(case) == [("red_flag", "same_day", True)]
    clear_red_flag(answer=case.answers.get(code="rf_weight_loss"), actor=alice, note=NOTE)
    assert responses.refresh(case).outcome == "carry_on"


def test_a_stopping_flag_is_not_cleared_on_the_page_of_signs(
    case: Case, alice_client: Client, charlie_client: Client
) -> None:
    for code in ("rf_foot_drop", "rf_bilateral_leg_new", "two_red_days", "nothing"):
        assert alice_client.get(reverse("sign_clear", args=[case.pk, code])).status_code == 404
    url = reverse("sign_clear", args=[case.pk, "rf_weight_loss"])
    assert charlie_client.get(url).status_code == 404


# The kept answer.
def test_a_change_of_the_rules_judges_every_case_anew(case: Case, send: Send) -> None:
    send(symptoms(S1, ago(minutes=5), "before", kinds=("weakness",)))
    old = {"edition": "older rules", "outcome": "carry_on"}
    CaseResponse.objects.update(**old)
    assert responses.answer_for(case).outcome == "get_help"
    CaseResponse.objects.update(**old)
    assert refresh_answers(timezone.now()) == {"judged": 1}
    assert CaseResponse.objects.get().outcome == "get_help"
    assert refresh_answers(timezone.now()) == {}


# Opened is not done.
def test_questions_answered_without_an_exercise_are_no_session(case: Case, send: Send) -> None:
    told = send(
        ended(S1, ago(minutes=9), "open"),
        symptoms(S1, ago(minutes=9), "before", pain=2),
        symptoms(S1, ago(minutes=5), "after", pain=9),
        ended(S1, ago(minutes=5), "stopped"),
    ).response
    assert told.answer["patient"]["rules"] == ["L10"]
    done = send(exercise(S1, ago(minutes=7), BEND_FORWARD)).response
    assert done.outcome == "ease"


@pytest.mark.parametrize(
    ("condition", "trend"), [("sciatica", "centralising"), ("knee_osteoarthritis", "too_early")]
)
def test_the_pain_of_a_knee_does_not_draw_in_to_the_back(
    case: Case, send: Send, condition: str, trend: str
) -> None:
    case.conditions.all().delete()
    ConditionFactory(case=case, code=condition, side="right")
    done = (
        symptoms(S1, ago(minutes=40), "before", pain=4, regions=("calf_right",)),
        exercise(S1, ago(minutes=30), BEND_FORWARD),
        symptoms(S1, ago(minutes=10), "settled", pain=4, regions=("back_right",)),
    )
    assert send(*done).response.trend == trend
