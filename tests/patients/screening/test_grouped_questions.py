"""One question for several on the screen: gates, follow-ups, sides, the rest of a group."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from clinic.models import User
from patients.models import Case
from patients.questions import FOLLOWS, GATES
from patients.vocabulary import FINDINGS, RED_FLAGS
from tests.factories import AnswerFactory
from tests.patients.pages import errors, filled, fresh, given, main_text, texts

pytestmark = pytest.mark.django_db
EMERGENCIES = ("rf_cauda_equina_bladder", "rf_cauda_equina_bowel", "rf_saddle_numbness",
               "rf_sexual_change", "rf_bilateral_leg_new", "rf_major_trauma", "rf_aaa_pattern",
               "rf_chest_pain_breathless", "rf_cold_limb",
               "rf_cervical_vascular_or_myelopathy")  # fmt: skip


def answers(case: Case) -> dict[str, str]:
    return {code: row.answer for code, row in fresh(case).current_answers.items()}


def count(client: Client, url: str) -> str:
    (words,) = texts(client.get(url), "save-bar__count")
    return words


def test_no_to_a_gate_is_a_no_to_each_by_name(
    alice_client: Client, alice: User, case: Case, url: str
) -> None:
    alice_client.post(url, {**filled(alice_client, url), "gate-joints": "no"})
    rows = case.answers.order_by("code")
    assert [(row.code, row.answer, row.answered_by) for row in rows] == [
        (code, "no", alice)
        for code in (
            "ankle_foot_problem",
            "arm_problem",
            "hip_problem",
            "knee_problem",
            "neck_problem",
        )
    ]
    assert count(alice_client, url) == "1 of 41 answered"


def test_a_gate_stands_as_its_answers_do(alice_client: Client, case: Case, url: str) -> None:
    AnswerFactory(case=case, code="heart_disease", answer="no")
    page = alice_client.get(url)
    assert page.context["form"]["gate-heart_or_lungs"].value() == "unknown"
    assert "Answered before: Heart disease: No." in main_text(page)
    AnswerFactory(case=case, code="lung_disease", answer="yes")
    assert filled(alice_client, url)["gate-heart_or_lungs"] == "yes"
    # Saving the page as it stands changes nothing.
    alice_client.post(url, filled(alice_client, url))
    assert case.answers.count() == 2


def test_a_gate_taken_back_takes_its_answers_back(
    alice_client: Client, case: Case, url: str
) -> None:
    alice_client.post(url, {**filled(alice_client, url), "gate-belly": "no"})
    alice_client.post(url, {**filled(alice_client, url), "gate-belly": "unknown"})
    assert set(answers(case).values()) == {"unknown"}
    assert case.answers.count() == 6


def test_no_to_a_gate_and_yes_behind_it_is_asked_again(
    alice_client: Client, case: Case, url: str
) -> None:
    sent = {**filled(alice_client, url), "gate-joints": "no", "knee_problem": "yes"}
    page = alice_client.post(url, sent)
    assert errors(page) == ["You said no to this group and yes here. Choose one."]
    assert "gate--open" in page.content.decode()
    assert answers(case) == {}


@pytest.mark.parametrize(
    ("high", "expected"),
    [
        ("yes", {"hypertension_uncontrolled": "yes", "hypertension_controlled": "no"}),
        ("no", {"hypertension_uncontrolled": "no", "hypertension_controlled": "yes"}),
        ("unknown", {"hypertension_controlled": "yes"}),
    ],
)
def test_blood_pressure_is_one_question_and_one_that_follows(
    alice_client: Client, case: Case, url: str, high: str, expected: dict[str, str]
) -> None:
    sent = {"gate-blood_pressure": "yes", "hypertension_uncontrolled": high}
    alice_client.post(url, {**filled(alice_client, url), **sent})
    assert answers(case) == expected
    again = filled(alice_client, url)
    assert again["gate-blood_pressure"] == "yes"
    alice_client.post(url, again)
    assert answers(case) == expected


def test_a_side_goes_with_a_yes_and_can_change_alone(
    alice_client: Client, case: Case, url: str
) -> None:
    sent = filled(alice_client, url)
    yes = {"gate-joints": "yes", "knee_problem": "yes", "side-knee_problem": "left"}
    alice_client.post(url, {**sent, **yes, "hip_problem": "no", "side-hip_problem": "right"})
    rows = {row.code: (row.answer, row.side) for row in case.answers.all()}
    assert rows == {"knee_problem": ("yes", "left"), "hip_problem": ("no", "")}
    assert "Knee problem, left" in main_text(alice_client.get(case.get_absolute_url()))

    alice_client.post(url, {**filled(alice_client, url), "side-knee_problem": "bilateral"})
    assert fresh(case).current_answers["knee_problem"].side == "bilateral"
    history = main_text(alice_client.get(reverse("case_history", args=[case.pk])))
    assert "Knee problem Before: Yes, left Now: Yes, both sides" in history


def test_two_people_name_another_side(
    alice_client: Client, bob_client: Client, case: Case, url: str
) -> None:
    mine, theirs = filled(alice_client, url), filled(bob_client, url)
    yes = {"gate-joints": "yes", "knee_problem": "yes"}
    bob_client.post(url, {**theirs, **yes, "side-knee_problem": "left"})
    page = alice_client.post(url, {**mine, **yes, "side-knee_problem": "right"})
    assert errors(page) == [
        "Bob Brown answered yes while you had this page open. Save again to keep your answer."
    ]
    assert fresh(case).current_answers["knee_problem"].side == "left"


def test_a_side_that_no_page_offers_is_refused(alice_client: Client, case: Case, url: str) -> None:
    sent = {**filled(alice_client, url), "gate-joints": "yes", "knee_problem": "yes"}
    for side in ("central", "up"):
        page = alice_client.post(url, {**sent, "side-knee_problem": side})
        assert errors(page) == ["Choose from the list."], side
        assert answers(case) == {}, side


def test_the_database_takes_a_side_with_a_yes_only(case: Case) -> None:
    for change in ({"answer": "no", "side": "left"}, {"answer": "yes", "side": "central"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AnswerFactory(case=case, code="knee_problem", **change)


def test_the_rest_of_a_group_is_no_by_name_and_nothing_else(
    alice_client: Client, alice: User, case: Case, url: str
) -> None:
    AnswerFactory(case=case, code="rf_foot_drop", answer="no")
    sent = {**filled(alice_client, url), "rf_weight_loss": "yes", "rest-flags": "on"}
    alice_client.post(url, sent)
    others = [
        code
        for code, flag in RED_FLAGS.items()
        if flag.route != "emergency" and code not in FOLLOWS and code != "rf_foot_drop"
    ]
    assert answers(case) == {
        **dict.fromkeys(others, "no"),
        "rf_foot_drop": "no",
        "rf_weight_loss": "yes",
    }
    assert case.answers.count() == len(others) + 1
    assert {row.answered_by for row in case.answers.all()} == {alice}


def test_no_press_answers_an_emergency(alice_client: Client, case: Case, url: str) -> None:
    sent = {**filled(alice_client, url), "rest-emergency": "on", "rest-all": "on"}
    alice_client.post(url, {**sent, "rest-health": "on"})
    assert {code for code, flag in RED_FLAGS.items() if flag.route == "emergency"} == {*EMERGENCIES}
    assert not {*EMERGENCIES} & set(answers(case))


def test_one_press_for_all_groups_leaves_the_emergencies_to_be_asked(
    alice_client: Client, alice: User, case: Case, url: str
) -> None:
    back = case.get_absolute_url()
    yes = {"rf_weight_loss": "yes", "rest-all": "on", "next": back}
    done = alice_client.post(url, {**filled(alice_client, url), **yes})
    assert done["Location"] == f"{url}?next=%2Fcases%2F{case.pk}%2F"
    found = answers(case)
    assert found.pop("rf_weight_loss") == "yes"
    assert set(found.values()) == {"no"}
    assert not {*EMERGENCIES} & set(found)
    assert {row.answered_by for row in case.answers.all()} == {alice}
    # What is left is one group, and no press answers it.
    page = given(alice_client, url)
    assert page.context["form"].all_groups == ""
    assert not [name for name in page.context["form"].fields if name.startswith("rest-")]
    one_by_one = {**dict.fromkeys(EMERGENCIES, "no"), "next": back}
    done = alice_client.post(url, {**filled(alice_client, url), **one_by_one})
    assert done["Location"] == back


def test_a_press_for_a_group_leads_on_to_what_is_open(
    alice_client: Client, case: Case, url: str
) -> None:
    back = case.get_absolute_url()
    done = alice_client.post(url, {**filled(alice_client, url), "rest-flags": "on", "next": back})
    assert done["Location"] == f"{url}?next=%2Fcases%2F{case.pk}%2F"
    page = alice_client.get(url)
    assert texts(page, "screen__done")[0].startswith("16 answered, no to each")
    emergencies = {**dict.fromkeys(EMERGENCIES, "no"), "rest-health": "on"}
    done = alice_client.post(url, {**filled(alice_client, url), **emergencies})
    assert done["Location"] == back


def test_what_is_answered_is_one_line_and_each_yes_has_its_name(
    alice_client: Client, case: Case, url: str
) -> None:
    for code, answer in {"glaucoma": "yes", "cognitive_impairment": "no"}.items():
        AnswerFactory(case=case, code=code, answer=answer)
    for code, answer in {"heart_disease": "no", "lung_disease": "yes"}.items():
        AnswerFactory(case=case, code=code, answer=answer)
    # A gate with something open behind it stays in sight.
    (line,) = texts(alice_client.get(url), "screen__done")
    assert line.startswith("2 answered: yes to Glaucoma or raised eye pressure, no to the rest")
    AnswerFactory(case=case, code="diabetes_insulin", answer="no")
    (line,) = texts(alice_client.get(url), "screen__done")
    assert line.startswith(
        "3 answered: yes to Lung disease, Glaucoma or raised eye pressure, no to the rest"
    )


def test_the_rest_of_a_group_goes_through_its_gates(
    alice_client: Client, case: Case, url: str
) -> None:
    yes = {"gate-bones": "yes", "osteoporosis": "yes", "gate-joints": "unknown"}
    alice_client.post(url, {**filled(alice_client, url), **yes, "rest-health": "on"})
    found = answers(case)
    assert found.pop("osteoporosis") == "yes"
    assert set(found.values()) == {"no"}
    behind = {code for gate in GATES.values() for code in gate.covers}
    assert found.keys() == (
        ({*FINDINGS} | behind | {"rf_minor_trauma_osteoporosis"})
        - {"osteoporosis", "dvt_suspected", "pregnant", "gave_birth", "heart_disease_unstable"}
    )
    assert (fresh(case).pregnant, fresh(case).gave_birth) == ("no", "no")


def test_the_press_is_there_while_more_than_one_question_is_open(
    alice_client: Client, case: Case, url: str
) -> None:
    assert "rest-flags" in given(alice_client, url).context["form"].fields
    others = [code for code, flag in RED_FLAGS.items() if flag.route != "emergency"]
    for code in others[1:]:
        AnswerFactory(case=case, code=code, answer="no")
    assert "rest-flags" not in given(alice_client, url).context["form"].fields
