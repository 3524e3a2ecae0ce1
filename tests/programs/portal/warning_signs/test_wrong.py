"""Something is wrong: what a patient is told at once, and what stops until somebody looks."""

import datetime as dt
import json
import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from clinic.models import Practice
from patients.models import Alert, AlertMail, Case, Patient, ScreenAnswer
from patients.vocabulary import CONDITIONS, FINDINGS, RED_FLAGS
from programs.portal.warning_signs import words as sign_words
from tests.factories import AnswerFactory, ConditionFactory, SurgeryFactory
from tests.patients.pages import main_text
from tests.undone import undone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped_catalogue")]
NOBODY = "Nobody watches this page."


def tell(phone: Client, url: str, *signs: str, **more: str) -> Any:
    answer = phone.post(url, {"signs": list(signs), **more})
    assert answer.status_code == 200
    return answer


def asked_on(phone: Client, wrong: str) -> list[str]:
    return re.findall(r'name="signs"\s+value="(\w+)"', phone.get(wrong).content.decode())


def test_it_asks_for_every_sign_of_today_in_plain_words(
    phone: Client, wrong: str, case: Case
) -> None:
    Patient.objects.update(date_of_birth=dt.date(1996, 3, 8))
    asked = asked_on(phone, wrong)
    history = {"rf_cancer_history", "rf_inflammatory_pattern"}
    assert set(RED_FLAGS) - {*asked} == history | ELSEWHERE
    text = main_text(phone.get(wrong))
    assert text.startswith(f"Something is wrong {NOBODY}")
    assert "You suddenly cannot pee properly, hold it, or feel it." in text


ELSEWHERE = {
    "rf_cannot_bear_weight", "rf_locked_knee", "rf_heel_pop", "rf_shoulder_injury",
    "rf_hot_joint", "rf_wound", "rf_cold_limb", "rf_after_birth",
}  # fmt: skip
"""Signs of limbs, of a wound and after a birth, which a case about a back is not asked for."""
DUE = {"pregnant": "yes", "due_date": dt.date(2027, 2, 1)}
BY_CASE: dict[str, tuple[Any, Any, dict[str, str], set[str]]] = {
    "a woman of thirty who was not asked": ({"sex": "female"}, {}, {}, set()),
    "of no recorded sex": ({"sex": ""}, {}, {}, set()),
    "a woman of thirty who is not pregnant": (
        {"sex": "female"},
        {"pregnant": "no"},
        {},
        {"rf_pregnancy_warning"},
    ),
    "a man": ({"sex": "male"}, {}, {}, {"rf_pregnancy_warning"}),
    "a woman of seventy": ({"sex": "female", "born": 1956}, {}, {}, {"rf_pregnancy_warning"}),
    "a record that says both": ({"sex": "male"}, DUE, {}, set()),
    "a man with strong bones": (
        {"sex": "male"},
        {},
        {"osteoporosis": "no", "vertebral_fracture": "no", "long_term_steroids": "no"},
        {"rf_pregnancy_warning", "rf_minor_trauma_osteoporosis"},
    ),
    "bones asked about in part": (
        {"sex": "male"},
        {},
        {"osteoporosis": "no", "vertebral_fracture": "no"},
        {"rf_pregnancy_warning"},
    ),
    "steroids for long": (
        {"sex": "male"},
        {},
        {"osteoporosis": "no", "vertebral_fracture": "no", "long_term_steroids": "yes"},
        {"rf_pregnancy_warning"},
    ),
    "old bones, all answered no": (
        {"sex": "male", "born": 1970},
        {},
        {"osteoporosis": "no", "vertebral_fracture": "no", "long_term_steroids": "no"},
        {"rf_pregnancy_warning"},
    ),
    "a girl of eight": (
        {"sex": "female", "born": 2018},
        {},
        {},
        {"rf_pregnancy_warning", "rf_sexual_change"},
    ),
}


def test_it_asks_only_what_can_apply_and_unknown_can(phone: Client, wrong: str, case: Case) -> None:
    left_out = {}
    for who, (person, facts, answers, _) in BY_CASE.items():
        with undone():
            born = dt.date(int(person.get("born", 1996)), 1, 5)
            Patient.objects.update(sex=person["sex"], date_of_birth=born)
            Case.objects.update(**facts)
            for code, answer in answers.items():
                AnswerFactory(case=case, kind="finding", code=code, answer=answer)
            left_out[who] = {*sign_words.ASKED} - {*asked_on(phone, wrong)}
    assert left_out == {who: expected | ELSEWHERE for who, (*_, expected) in BY_CASE.items()}


def test_every_sign_is_taken_by_the_form_and_from_a_page_kept_on_the_device(
    phone: Client, page: str, wrong: str, case: Case
) -> None:
    """Also one that the case has ruled out since that page was kept."""
    Patient.objects.update(sex="male", date_of_birth=dt.date(1990, 1, 5))
    for ruled_out in sign_words.WEAK_BONES:
        AnswerFactory(case=case, kind="finding", code=ruled_out, answer="no")
    lost = {}
    for code in sign_words.ASKED:
        with undone():
            said = main_text(tell(phone, wrong, code))
            report(phone, page, red_flags=[code])
            told = [log.red_flags for log in case.symptom_logs.all()]
        if "No warning sign" in said or told != [[code], [code]]:
            lost[code] = (said, told)
    assert lost == {}


def test_the_signs_of_pressed_nerves_stay_whatever_the_case_says(
    phone: Client, wrong: str, case: Case
) -> None:
    nerves = {code for code, flag in RED_FLAGS.items() if flag.group == "cauda_equina"}
    for code in FINDINGS:
        AnswerFactory(case=case, kind="finding", code=code, answer="no")
    for condition in CONDITIONS:
        case.conditions.all().delete()
        ConditionFactory(case=case, code=condition)
        assert nerves <= {*asked_on(phone, wrong)}


def test_a_knee_that_was_operated_on_is_asked_for_its_own_signs(
    phone: Client, wrong: str, case: Case
) -> None:
    case.conditions.all().delete()
    ConditionFactory(case=case, code="knee_osteoarthritis", side="left")
    SurgeryFactory(case=case, code="knee_replacement", side="left")
    asked = {*asked_on(phone, wrong)}
    assert {"rf_locked_knee", "rf_hot_joint", "rf_cold_limb", "rf_wound"} <= asked
    assert not {"rf_shoulder_injury", "rf_heel_pop", "rf_after_birth"} & asked


def test_an_emergency_says_what_to_do_now_and_stops_everything(
    phone: Client, page: str, wrong: str, case: Case, practice: Practice
) -> None:
    Practice.objects.update(emergency_number="112", alert_email="alerts@harbour.example")
    answer = tell(phone, wrong, "rf_saddle_numbness", "rf_weight_loss")
    text = main_text(answer)
    assert text.startswith("Get help now Call 112 now Or go to the emergency department at once.")
    assert "Nerves in your back may be pressed. This cannot wait." in text
    assert NOBODY in text
    assert "You lose weight" not in text
    assert 'href="tel:112"' in answer.content.decode()
    (row,) = ScreenAnswer.objects.filter(code="rf_saddle_numbness")
    assert (row.answer, row.answered_by) == ("yes", None)
    assert list(Alert.objects.filter(kind="alert").values_list("urgency", flat=True)) == [
        "emergency",
        "soon",
    ]
    assert AlertMail.objects.get().to == "alerts@harbour.example"
    stopped = main_text(phone.get(page))
    assert stopped.startswith("Please stop your programme for now")
    assert "You told us about a warning sign: It goes numb between your legs" in stopped
    assert "Have you got help? If not, get help now. Call 112" in stopped
    assert phone.get(f"{page}print/").status_code == 302


def test_a_sign_of_today_leads_to_a_doctor_today(phone: Client, page: str, wrong: str) -> None:
    text = main_text(tell(phone, wrong, "rf_foot_drop"))
    assert text.startswith("Speak to a doctor today Call your doctor or us today.")
    assert "Have your leg checked today. Take care not to fall." in text
    assert "Have you spoken to a doctor? If not, do it today." in main_text(phone.get(page))


def test_a_sign_that_can_wait_stops_nothing(phone: Client, page: str, wrong: str) -> None:
    text = main_text(tell(phone, wrong, "rf_weight_loss"))
    assert text.startswith("Tell us in the next few days Until then go easier with your programme.")
    assert main_text(phone.get(page)).startswith("Your home programme")
    assert Alert.objects.get().urgency == "soon"


def test_none_of_these_leads_back_and_is_no_report(phone: Client, page: str, wrong: str) -> None:
    answer = tell(phone, wrong, none="on")
    assert main_text(answer).startswith("No warning sign That is good.")
    assert f'href="{page}"' in answer.content.decode()
    assert not Alert.objects.exists()


def test_a_tick_counts_more_than_none_of_these(phone: Client, wrong: str) -> None:
    text = main_text(tell(phone, wrong, "rf_foot_drop", none="on"))
    assert text.startswith("Speak to a doctor today")


def test_without_an_answer_it_asks_again(phone: Client, wrong: str) -> None:
    text = main_text(tell(phone, wrong))
    assert "Tick what is true. If nothing is, tick “None of these”." in text
    odd = tell(phone, wrong, "rf_foot_drop", "no_such")
    assert "Please tick the boxes on this page again." in main_text(odd)
    assert 'value="rf_foot_drop" data-route="same_day" checked' in odd.content.decode()


def report(phone: Client, page: str, **fields: Any) -> None:
    at = timezone.now().isoformat()
    entry = {"type": "symptoms", "id": str(uuid.uuid4()), "session": str(uuid.uuid4()), "at": at,
             "phase": "before", **fields}  # fmt: skip
    body = json.dumps({"sent_at": at, "entries": [entry]})
    answer = phone.post(f"{page}log/", body, content_type="application/json")
    assert answer.json()["refused"] == []
