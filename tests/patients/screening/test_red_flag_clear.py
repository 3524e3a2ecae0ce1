"""Clearing a red flag: by a named clinician, with a note that stays."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from clinic.models import AuditEntry, Membership, User
from patients.models import Case, RedFlagClearance, ScreenAnswer
from patients.screening.actions import clear_red_flag
from tests.every_row import every
from tests.factories import AnswerFactory, CaseFactory
from tests.patients.pages import errors, fresh, main_text, said

pytestmark = pytest.mark.django_db
NOTE = "Seen by Dr Hall today. Old weakness, no change."


@pytest.fixture
def flag(case: Case) -> ScreenAnswer:
    return AnswerFactory(case=case, code="rf_foot_drop")


@pytest.fixture
def url(case: Case, flag: ScreenAnswer) -> str:
    return reverse("red_flag_clear", args=[case.pk, flag.pk])


def test_the_page_says_what_is_cleared_and_by_whom(bob_client: Client, url: str) -> None:
    words = main_text(bob_client.get(url))
    assert "Foot drop “Does a foot drag or slap when you walk?” Yes. Alice Archer" in words
    assert "Clear as Bob Brown Leave it open" in words


def test_clearing_lifts_the_stop_and_stays_in_the_record(
    bob_client: Client, bob: User, case: Case, flag: ScreenAnswer, url: str
) -> None:
    page = bob_client.post(url, {"note": f" {NOTE} "}, follow=True)
    assert said(page) == ["Foot drop: cleared. Your note is in the record."]
    assert page.context["stops"] == []
    assert f"Record of cleared red flags Foot drop {NOTE} Cleared by Bob Brown" in main_text(page)
    found = fresh(case)
    assert found.open_stops() == []
    assert found.revision == 2
    entry = AuditEntry.objects.get(action="red_flag.clear")
    assert (entry.actor, entry.target_id) == (bob, str(case.pk))
    assert entry.details == {
        "code": "rf_foot_drop",
        "fields": ["answer:rf_foot_drop"],
        "revision": 2,
    }


@every(
    ("note", "message"),
    [
        ("", "Write what was done. The note stays in the record."),
        ("   ", "Write what was done. The note stays in the record."),
        ("ok", "Write at least 10 characters: who looked, and what they found."),
        ("..........", "Write at least 10 characters: who looked, and what they found."),
        ("x" * 2001, "Use 2000 characters or fewer. This has 2001."),
        ("Seen\x00 by Dr Hall", "Null characters are not allowed."),
    ],
)
def test_a_note_that_says_nothing_clears_nothing(
    alice_client: Client, case: Case, url: str, note: str, message: str
) -> None:
    page = alice_client.post(url, {"note": note})
    assert errors(page) == [message]
    assert page.context["form"]["note"].value() == note
    assert len(fresh(case).open_stops()) == 1


def test_the_first_word_stays_when_two_clear_at_once(
    alice_client: Client, bob_client: Client, url: str
) -> None:
    bob_client.post(url, {"note": NOTE})
    page = alice_client.post(url, {"note": "Another story altogether."}, follow=True)
    assert said(page) == ["Bob Brown has cleared this red flag."]
    assert RedFlagClearance.objects.get().note == NOTE


def test_clearing_twice_in_the_same_moment_keeps_one(
    flag: ScreenAnswer, alice: User, bob: User
) -> None:
    first = clear_red_flag(answer=flag, actor=bob, note=NOTE)
    second = clear_red_flag(answer=flag, actor=alice, note="Another story altogether.")
    assert (second.pk, second.cleared_by) == (first.pk, bob)


def test_an_older_answer_is_not_cleared(alice_client: Client, case: Case, url: str) -> None:
    AnswerFactory(case=case, code="rf_foot_drop")
    page = alice_client.post(url, {"note": NOTE}, follow=True)
    assert said(page) == ["There is a newer answer to this question."]
    assert RedFlagClearance.objects.count() == 0


@every(
    ("code", "answer"), [("osteoporosis", "yes"), ("rf_weight_loss", "yes"), ("rf_foot_drop", "no")]
)
def test_only_what_stops_a_case_is_cleared(case: Case, alice: User, code: str, answer: str) -> None:
    row = AnswerFactory(case=case, code=code, answer=answer)
    with pytest.raises(ValueError, match="does not stop"):
        clear_red_flag(answer=row, actor=alice, note=NOTE)


def test_a_member_who_left_and_a_stranger_clear_nothing(
    flag: ScreenAnswer, bob_membership: Membership, bob: User, charlie: User
) -> None:
    bob_membership.is_active = False
    bob_membership.save()
    for person in (bob, charlie):
        with pytest.raises(PermissionDenied):
            clear_red_flag(answer=flag, actor=person, note=NOTE)


def test_an_answer_of_another_case_is_not_there(
    alice_client: Client, case: Case, flag: ScreenAnswer
) -> None:
    other = CaseFactory(patient=case.patient)
    url = reverse("red_flag_clear", args=[other.pk, flag.pk])
    assert alice_client.get(url).status_code == 404


def test_a_number_beyond_the_database_is_not_there(alice_client: Client, case: Case) -> None:
    url = reverse("red_flag_clear", args=[case.pk, 10**30])
    assert alice_client.get(url).status_code == 404


def test_what_was_typed_in_a_note_is_shown_as_typed(
    alice_client: Client, case: Case, url: str
) -> None:
    note = "<script>alert(1)</script> & “ok” مرحبا 🙂"
    body = alice_client.post(url, {"note": note}, follow=True).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; “ok” مرحبا 🙂" in body
