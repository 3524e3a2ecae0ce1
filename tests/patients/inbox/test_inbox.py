"""The inbox: what waits, what is said about it, who has seen to it."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from clinic.models import AuditEntry, Membership, Practice, User
from patients.inbox import actions as inbox_actions
from patients.inbox.card import Help, InboxCard, InboxEntry, Step
from patients.models import Alert, Case
from tests.every_row import every
from tests.factories import AlertFactory, CaseFactory, PatientFactory
from tests.patients.pages import errors, main_text, said, texts
from tests.undone import undone

URL = reverse("inbox")
RAISED = datetime(2026, 11, 20, 13, 0, tzinfo=UTC)
NOTE = "Rang her: she is on her way to the emergency room."
pytestmark = pytest.mark.django_db


def acknowledge(alert: Alert) -> str:
    return reverse("alert_acknowledge", args=[alert.pk])


def titles(response: Any) -> list[str]:
    return texts(response, "alert-item__title")


def test_what_most_come_for_is_the_first_step_of_a_card() -> None:
    said = {"direction": False, "program": False, "draft": True}
    first, second = (
        Help(steps=tuple(Step(words, f"/{words}/", main=said[words]) for words in some))
        for some in (["direction", "program"], ["program", "draft"])
    )
    card = InboxCard([InboxEntry(Alert(), "", (), help_) for help_ in (first, second)])
    assert [step.words for step in card.steps] == ["draft", "direction", "program"]


def test_the_most_urgent_stands_first_and_a_stranger_sees_nothing(
    bob_client: Client, charlie_client: Client, case: Case, foreign_case: Case
) -> None:
    AlertFactory(case=case, kind="review", code="ask_barriers", urgency="routine")
    AlertFactory(case=case, code="both_legs", urgency="same_day")
    AlertFactory(case=case)
    AlertFactory(case=foreign_case, code="neurological_change", urgency="same_day")
    AlertFactory(case=case, code="peripheralising", urgency="soon", item_name="Back bend")
    page = bob_client.get(URL)
    assert titles(page) == [
        "Red flag: Saddle numbness",
        "Symptoms newly in both legs",
        "Symptoms further down after exercise, and staying there: Back bend",
        "Ask what gets in the way",
    ]
    assert texts(page, "urgency") == ["Emergency now", "Today", "Soon", "When you can"]
    assert texts(page, "site-nav__count") == ["4 waiting"]
    assert titles(charlie_client.get(URL)) == ["Weakness or numbness: new, or spreading"]


def test_what_was_reported_is_said_in_plain_words(alice_client: Client, case: Case) -> None:
    facts = {
        "seen": "numbness that is new or further down",
        "session": "0b7c",
        "at": "2026-11-20T09:30:00+00:00",
        "location_before": {"left": 0, "right": 4},
        "location_now": {"left": 0, "right": 6},
    }
    AlertFactory(
        case=case, code="neurological_change", urgency="same_day", facts=facts, raised_at=RAISED
    )
    assert texts(alice_client.get(URL), "alert-item__facts") == [
        "Numbness that is new or further down. It was on 20 Nov 2026, 09:30 and reached you later. "
        "Left: no symptoms. Right: foot, before it thigh."
    ]


@every(
    ("code", "facts", "words"),
    [
        ("red_flag", {}, ["Answered yes: “New: is it numb between your legs or around your back "
                          "passage?”", "It was on 20 Nov 2026, 09:30 and reached you later."]),
        ("peripheralising", {"items": ["a"], "rank_before": 4, "rank_after": 5},
         ["Furthest from the back: lower leg, before it thigh."]),
        ("two_red_days", {"pain_after": {"x": 7, "y": 8}, "next_day_rise": {"y": 3, "x": 1}},
         ["Pain after the last sessions: 7 and 8 of 10.",
          "Pain the next day was higher by 3 and 1 points."]),
        ("worsening", {"days": 9, "baseline_pain": 4, "mean_pain": 6.3, "sessions_in_mean": 3,
                       "rank_change": 1},
         ["9 days into the program.",
          "Pain before the last 3 sessions: 6.3 of 10 on average; 4 at the start.",
          "Symptoms begin 1 place further down the leg than at the start."]),
        ("both_legs", {"seen": "symptoms newly in both legs", "along": "arm"},
         ["Symptoms newly in both arms."]),
        ("ask_barriers", {"sessions_done": 4, "sessions_asked": 14.0, "in_days": 14},
         ["4 of 14 sessions done in 14 days."]),
    ],
)  # fmt: skip
def test_facts_have_words_and_units(
    case: Case, code: str, facts: dict[str, Any], words: list[str]
) -> None:
    from patients.inbox.words import facts as in_words

    given: dict[str, Any] = {"facts": facts} if facts else {}
    given["raised_at"] = RAISED
    with undone():
        assert in_words(AlertFactory(case=case, code=code, urgency="soon", **given)) == words


def test_acknowledging_takes_a_note_and_names_who_did_it(
    bob_client: Client, alice_client: Client, bob: User, alert: Alert
) -> None:
    page = bob_client.post(acknowledge(alert), {"note": f" {NOTE} "}, follow=True)
    assert said(page) == ["Acknowledged: Red flag: Saddle numbness. Your note is in the record."]
    assert (page.redirect_chain[-1][0], titles(page)) == (URL, [])
    alert.refresh_from_db()
    assert (alert.acknowledged_by, alert.note) == (bob, NOTE)
    done = main_text(alice_client.get(URL, {"show": "done"}))
    assert f"{NOTE} Bob Brown" in done
    entry = AuditEntry.objects.get(action="alert.acknowledge")
    assert entry.details == {"code": "red_flag", "urgency": "emergency"}


@every(
    ("note", "message"),
    [
        ("", "Write what you did or decided. The note stays in the record."),
        ("  ", "Write what you did or decided. The note stays in the record."),
        ("...", "Write a few words: what you did or decided."),
        ("x" * 2001, "Use 2000 characters or fewer. This has 2001."),
    ],
)
def test_a_note_that_says_nothing_acknowledges_nothing(
    alice_client: Client, alert: Alert, note: str, message: str
) -> None:
    page = alice_client.post(acknowledge(alert), {"note": note, "next": "/"})
    assert (page.status_code, errors(page)) == (200, [message])
    assert page.context["form"]["note"].value() == note
    assert page.context["next"] == "/"
    alert.refresh_from_db()
    assert alert.is_open


def test_the_second_of_two_is_told_who_was_first(
    bob_client: Client, alice_client: Client, alert: Alert
) -> None:
    bob_client.post(acknowledge(alert), {"note": NOTE}, follow=True)
    page = alice_client.post(acknowledge(alert), {"note": "Me too."}, follow=True)
    assert said(page) == [f"Bob Brown has acknowledged this: {NOTE}"]
    again = bob_client.post(acknowledge(alert), {"note": NOTE}, follow=True)
    assert said(again) == ["You have acknowledged this already."]
    assert AuditEntry.objects.filter(action="alert.acknowledge").count() == 1


def test_what_was_reported_again_since_is_read_once_more(bob_client: Client, alert: Alert) -> None:
    """Nobody acknowledges what came in after their page did."""
    Alert.objects.filter(pk=alert.pk).update(event="rf_saddle_numbness@2026-11-20T14:00:00")
    page = bob_client.post(acknowledge(alert), {"note": NOTE, "seen": alert.event})
    assert "It was reported again since you opened this page." in main_text(page)
    assert NOTE in main_text(page)
    alert.refresh_from_db()
    assert alert.is_open
    again = bob_client.post(acknowledge(alert), {"note": NOTE, "seen": alert.event})
    assert (again.status_code, Alert.objects.get().is_open) == (302, False)


def test_a_member_who_left_and_a_stranger_answer_nothing(
    alert: Alert, bob: User, bob_membership: Membership, charlie: User
) -> None:
    bob_membership.is_active = False
    bob_membership.save()
    for person in (bob, charlie):
        with pytest.raises(PermissionDenied):
            inbox_actions.acknowledge(alert=alert, actor=person, note=NOTE)


def test_the_number_of_queries_does_not_grow(
    alice_client: Client, practice: Practice, django_assert_num_queries: Any
) -> None:
    for rows, shown in ((1, 1), (29, 20)):
        for _ in range(rows):
            case = CaseFactory(patient=PatientFactory(practice=practice))
            AlertFactory(case=case)
        alice_client.get(URL)
        with django_assert_num_queries(7):
            page = alice_client.get(URL)
        assert len(titles(page)) == shown


def test_an_address_from_elsewhere_is_not_followed(bob_client: Client, alert: Alert) -> None:
    page = bob_client.post(acknowledge(alert), {"note": NOTE, "next": "https://evil.example/"})
    assert page.headers["Location"] == URL


# --- On top of other pages -----------------------------------------------------------------------


def test_an_urgent_alert_stands_on_top_until_it_is_acknowledged(
    bob_client: Client, charlie_client: Client, case: Case, alert: Alert, review: Alert
) -> None:
    home = reverse("dashboard")
    for url in (home, case.get_absolute_url()):
        assert titles(bob_client.get(url)) == ["Red flag: Saddle numbness"]
    assert titles(charlie_client.get(home)) == []
    bob_client.post(acknowledge(alert), {"note": NOTE, "next": home})
    for url in (home, case.get_absolute_url()):
        assert titles(bob_client.get(url)) == []


def test_another_case_of_the_practice_does_not_show_it(
    bob_client: Client, case: Case, alert: Alert
) -> None:
    other = CaseFactory(patient=PatientFactory(practice=case.practice))
    assert titles(bob_client.get(other.get_absolute_url())) == []


def test_more_alerts_than_fit_are_a_click_away(
    bob_client: Client, case: Case, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(11):
        AlertFactory(case=case)
    page = bob_client.get(reverse("dashboard"))
    assert len(titles(page)) == 10
    assert "There are more in the inbox" in main_text(page)


@every(
    ("show", "words"),
    [
        ("open", "What your patients report online comes in here."),
        ("snoozed", "Under Open, Snooze puts off what can wait until a day you choose."),
        ("done", "What you acknowledge is kept here."),
    ],
)
def test_an_empty_list_says_how_it_fills(alice_client: Client, show: str, words: str) -> None:
    assert words in main_text(alice_client.get(URL, {"show": show}))
