"""The safety screen: every question, who answered when, and what a yes sets going."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from clinic.models import AuditEntry, User
from patients import questions, vocabulary
from patients.models import Case
from patients.screening.actions import clear_red_flag
from tests.factories import AnswerFactory, ConditionFactory
from tests.patients.pages import errors, filled, fresh, given, main_text, said, texts

pytestmark = pytest.mark.django_db
EVERYTHING: list[vocabulary.RedFlag | vocabulary.Finding] = [
    *vocabulary.RED_FLAGS.values(),
    *vocabulary.FINDINGS.values(),
]
QUESTIONS: list[vocabulary.RedFlag | vocabulary.Finding] = [
    item for item in EVERYTHING if item.code not in ("dvt_suspected", "hypertension_controlled")
]
"""What is asked in words of its own; the two others follow from an answer to something else."""
FOLLOWING = {"rf_minor_trauma_osteoporosis", "rf_pregnancy_warning", "rf_after_birth"}
"""Red flags that are asked only after a yes to something else."""


@pytest.fixture
def url(case: Case) -> str:
    return reverse("safety_screen", args=[case.pk])


def answers(case: Case) -> list[tuple[str, str]]:
    return list(case.answers.values_list("code", "answer"))


def test_it_asks_everything_in_plain_words_red_flags_first(alice_client: Client, url: str) -> None:
    page = alice_client.get(url)
    asked = texts(page, "question__text")
    gates = [gate.question for gate in questions.GATES.values()]
    of_the_case = ["Are you pregnant?", "Did you have a baby in the past year?"]
    assert sorted(asked) == sorted([*(item.question for item in QUESTIONS), *gates, *of_the_case])
    first = {flag.question for code, flag in vocabulary.RED_FLAGS.items() if code not in FOLLOWING}
    assert set(asked[: len(first)]) == first
    assert texts(page, "save-bar__count") == ["0 of 41 answered"]
    unknown_names = alice_client.get(url, {"only": "x,'--"})
    assert texts(unknown_names, "question__text") == asked, "they show everything"
    assert len(asked) == len(QUESTIONS) + len(questions.GATES) + 2


def test_only_what_was_changed_is_written(
    alice_client: Client, alice: User, case: Case, url: str
) -> None:
    AnswerFactory(case=case, code="vertigo", answer="no")
    sent = {**filled(alice_client, url), "glaucoma": "yes", "rf_weight_loss": "no"}
    page = alice_client.post(url, sent, follow=True)
    assert said(page) == ["The answers are saved."]
    assert answers(case) == [("vertigo", "no"), ("rf_weight_loss", "no"), ("glaucoma", "yes")]
    row = case.answers.get(code="rf_weight_loss")
    assert (row.kind, row.answered_by) == ("red_flag", alice)
    entry = AuditEntry.objects.get(action="case.screen")
    assert entry.details == {
        "fields": ["answer:glaucoma", "answer:rf_weight_loss"],
        "revision": 2,
    }
    assert texts(alice_client.get(url), "save-bar__count") == ["2 of 41 answered"]


def test_each_saved_answer_shows_who_and_when(
    bob_client: Client, bob: User, case: Case, url: str
) -> None:
    AnswerFactory(case=case, code="glaucoma", answered_by=bob)
    notes = texts(bob_client.get(url + "?only=glaucoma"), "question__note")
    assert len(notes) == 1
    assert notes[0].startswith("Glaucoma or raised eye pressure Bob Brown, ")


def test_a_double_click_writes_once(alice_client: Client, case: Case, url: str) -> None:
    sent = {**filled(alice_client, url), "glaucoma": "yes"}
    assert said(alice_client.post(url, sent, follow=True)) == ["The answers are saved."]
    assert said(alice_client.post(url, sent, follow=True)) == ["Nothing changed."]
    assert answers(case) == [("glaucoma", "yes")]
    assert case.revisions.count() == 2


def test_an_answer_is_taken_back_to_not_asked(alice_client: Client, case: Case, url: str) -> None:
    AnswerFactory(case=case, code="glaucoma")
    alice_client.post(url, {**filled(alice_client, url), "glaucoma": "unknown"})
    assert answers(case) == [("glaucoma", "yes"), ("glaucoma", "unknown")]
    assert texts(alice_client.get(url), "save-bar__count") == ["0 of 41 answered"]


def test_two_people_answer_different_questions_at_once(
    alice_client: Client, bob_client: Client, case: Case, url: str
) -> None:
    mine, theirs = filled(alice_client, url), filled(bob_client, url)
    bob_client.post(url, {**theirs, "glaucoma": "yes"})
    alice_client.post(url, {**mine, "vertigo": "no"})
    assert answers(case) == [("glaucoma", "yes"), ("vertigo", "no")]


def test_two_people_answer_one_question_otherwise(
    alice_client: Client, bob_client: Client, case: Case, url: str
) -> None:
    mine, theirs = filled(alice_client, url), filled(bob_client, url)
    bob_client.post(url, {**theirs, "glaucoma": "yes"})
    page = alice_client.post(url, {**mine, "glaucoma": "no", "vertigo": "no"})
    assert errors(page) == [
        "Bob Brown answered yes while you had this page open. Save again to keep your answer."
    ]
    form = page.context["form"]
    assert (form["glaucoma"].value(), form["vertigo"].value()) == ("no", "no")
    assert answers(case) == [("glaucoma", "yes")]

    again = {**mine, "glaucoma": "no", "vertigo": "no", "seen": form["seen"].value()}
    assert alice_client.post(url, again).status_code == 302
    assert answers(case)[1:] == [("glaucoma", "no"), ("vertigo", "no")]


def test_some_questions_only_and_back_to_where_the_reader_came_from(
    alice_client: Client, case: Case, url: str
) -> None:
    back = reverse("patient_list") + "?q=maria"
    page = alice_client.get(url, {"only": "vertigo,rf_foot_drop,nonsense", "next": back})
    assert texts(page, "question__text") == [
        vocabulary.RED_FLAGS["rf_foot_drop"].question,
        vocabulary.FINDINGS["vertigo"].question,
    ]
    sent = {"seen": "0", "vertigo": "no", "next": back}
    done = alice_client.post(url + "?only=vertigo,rf_foot_drop", sent)
    assert (done.status_code, done["Location"]) == (302, back)
    assert answers(case) == [("vertigo", "no")]


ELSEWHERE = ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example",
             "\x00"]  # fmt: skip


def test_next_never_leads_off_the_site(alice_client: Client, case: Case, url: str) -> None:
    home = case.get_absolute_url()
    for address in ELSEWHERE:
        done = alice_client.post(url, {"vertigo": "no", "next": address})
        assert done["Location"] == home, address
        assert given(alice_client, url, {"next": address}).context["back"] == home, address


def test_a_stopping_yes_leads_to_the_case_and_its_banner(
    alice_client: Client, case: Case, url: str
) -> None:
    sent = {**filled(alice_client, url), "rf_saddle_numbness": "yes", "rf_dvt_pattern": "yes"}
    page = alice_client.post(url, {**sent, "next": "/patients/"}, follow=True)
    assert page.request["PATH_INFO"] == case.get_absolute_url()
    words = main_text(page)
    assert (
        "Emergency: get medical help now Send Maria Sørensen to the emergency department now, "
        "or call 112. No exercise until a doctor has looked. Saddle numbness Alice Archer"
    ) in words
    assert (
        "Medical review today Arrange for a doctor to see Maria Sørensen today. "
        "No exercise until then. If things get worse, call 112. "
        "Signs of a blood clot in a leg Alice Archer"
    ) in words
    assert words.count("No program can be issued until this is cleared.") == 2


def test_slower_flags_are_a_calm_notice(alice_client: Client, case: Case) -> None:
    for code in ("rf_cancer_history", "rf_inflammatory_pattern", "hypertension_uncontrolled"):
        AnswerFactory(case=case, code=code)
    page = alice_client.get(case.get_absolute_url())
    assert page.context["stops"] == []
    assert texts(page, "notice--warning") == [
        "Arrange a medical review soon History of cancer. "
        "Write to the doctor or call within days. This alone does not stop a program.",
        "Refer Inflammatory back pain pattern, High blood pressure, not controlled "
        "(above 180/110). Write to the doctor or specialist who should look into this.",
    ]


def test_an_answer_that_no_page_offers_is_refused(
    alice_client: Client, case: Case, url: str
) -> None:
    maybe = {"glaucoma": "maybe", "rf_foot_drop": "maybe"}
    page = alice_client.post(url, {**filled(alice_client, url), **maybe})
    assert {*page.context["form"].errors} == {*maybe}
    assert errors(page) == ["Choose yes, no or not asked."] * 2
    assert answers(case) == []


def test_a_cleared_flag_stays_cleared_until_it_is_there_again(
    alice_client: Client, alice: User, case: Case, url: str
) -> None:
    flag = AnswerFactory(case=case, code="rf_foot_drop")
    clear_red_flag(answer=flag, actor=alice, note="Seen by Dr Hall today.")
    alice_client.post(url, filled(alice_client, url))
    assert fresh(case).open_stops() == []
    sent = {**filled(alice_client, url), "again-rf_foot_drop": "on"}
    for _ in range(2):
        alice_client.post(url, sent)
    assert [row.pk > flag.pk for row in fresh(case).open_stops()] == [True]
    assert answers(case) == [("rf_foot_drop", "yes")] * 2


def test_a_flag_that_went_and_came_back_stops_again(
    alice_client: Client, alice: User, case: Case, url: str
) -> None:
    flag = AnswerFactory(case=case, code="rf_foot_drop")
    clear_red_flag(answer=flag, actor=alice, note="Seen by Dr Hall today.")
    for answer in ("no", "yes"):
        alice_client.post(url, {**filled(alice_client, url), "rf_foot_drop": answer})
    assert [row.code for row in fresh(case).open_stops()] == ["rf_foot_drop"]


def test_the_screen_takes_the_same_queries_however_much_is_answered(
    alice_client: Client, case: Case, url: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    alice_client.get(url)
    for answered in ([], QUESTIONS[:40]):
        for item in answered:
            AnswerFactory(case=case, code=item.code)
        with django_assert_num_queries(10):
            alice_client.get(url)


def test_saving_takes_the_same_queries_for_one_answer_and_for_many(
    alice_client: Client, case: Case, url: str
) -> None:
    counts: list[int] = []
    for codes in (["glaucoma"], [item.code for item in QUESTIONS]):
        sent: dict[str, Any] = {**filled(alice_client, url), **dict.fromkeys(codes, "no")}
        with CaptureQueriesContext(connection) as queries:
            alice_client.post(url, sent)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_question_that_only_an_exercise_asks_for_counts_as_open(
    alice_client: Client, case: Case, url: str
) -> None:
    case.conditions.all().delete()
    ConditionFactory(case=case, code="knee_osteoarthritis", side="left")
    asked = questions.on_the_page({}, pregnancy=False, about=fresh(case).about)
    assert "aortic_aneurysm" not in asked
    page = alice_client.get(f"{url}?only=aortic_aneurysm").content.decode()
    answered, total = (
        int(re.search(rf"data-screen-{name}>(\d+)<", page)[1])  # type: ignore[index]
        for name in ("answered", "asked")
    )
    whole = alice_client.get(url).content.decode()
    assert f"data-screen-asked>{total - 1}<" in whole
    assert answered < total
