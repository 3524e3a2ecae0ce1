"""What one event raises stands on one card, and what no longer holds can be put away."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clinic.models import AuditEntry, User
from patients.models import Alert, AlertMail, Case
from programs.builder.actions import end_program
from programs.prescriptions.models import IssuedPrescription, Program
from programs.sessions import responses
from tests.clock import NOW, SetClock
from tests.factories import AnswerFactory
from tests.patients.pages import main_text, said, texts
from tests.programs.portal.conftest import issue_for
from tests.programs.samples import sample_exercise, sample_prescription
from tests.programs.sessions.conftest import Send, ago, ended, exercise, symptoms
from tests.programs.sessions.test_store import spread as spread_of

INBOX = reverse("inbox")
S1, S2 = uuid.UUID(int=1), uuid.UUID(int=2)
NOTE = "Rang her: she rests today and comes in tomorrow."
BACK = str(uuid.UUID(int=9))
NO_LONGER = "No longer holds since 20 Nov 2026, 09:30."
WEAK = {"kinds": ("weakness", "numbness"), "regions": ("foot_right",), "pain": 4}


@pytest.fixture
def issued(case: Case, alice: User) -> IssuedPrescription:
    """A held back bend, by an id that the pages take."""
    back = sample_exercise(
        0,
        figures=False,
        item=BACK,
        exercise="standing-back-extension",
        name="Standing back bend",
        side="",
        side_words="",
    )
    made = issue_for(case, alice, sample_prescription(1, figures=False, items=(back,)))
    Program.objects.update(draft_open=False)
    return made


def spread(session: uuid.UUID, start: dt.datetime) -> list[Any]:
    """A session after which the leg is worse, still so at the check."""
    return spread_of(session, start, BACK)


def cards(response: Any) -> list[str]:
    return texts(response, "alert-item")


def titles(response: Any) -> list[str]:
    return texts(response, "alert-item__title")


def open_codes(case: Case) -> list[str]:
    return sorted(case.alerts.open().values_list("code", flat=True))


# --- One event, one card --------------------------------------------------------------------------


def test_three_things_of_one_session_stand_on_one_card(
    bob_client: Client, charlie_client: Client, send: Send
) -> None:
    send(*spread(S1, ago(hours=1)))
    page = bob_client.get(INBOX)
    assert (len(cards(page)), texts(page, "site-nav__count")) == (1, ["1 waiting"])
    assert titles(page) == [
        "Symptoms further down after exercise, and staying there: Standing back bend",
        "Extension is not tolerated for now: Standing back bend",
        "Look at the direction again: Standing back bend",
    ]
    assert page.content.count(b"Acknowledge with a") == 1
    assert cards(charlie_client.get(INBOX)) == []


def test_what_a_card_has_said_it_does_not_say_again(bob_client: Client, send: Send) -> None:
    send(*spread(S1, ago(hours=1)))
    page = bob_client.get(INBOX)
    assert len(texts(page, "alert-item__when")) == 1
    assert main_text(page).count("Symptoms further down past the window.") == 1
    rules = texts(page, "alert-item__rule")
    assert len(rules) == len(set(rules)) > 1


def test_one_note_answers_the_whole_card(
    bob_client: Client, bob: User, case: Case, send: Send
) -> None:
    send(*spread(S1, ago(hours=1)))
    card = bob_client.get(INBOX).context["cards"][0]
    url = reverse("alert_acknowledge", args=[card.alert.pk])
    for _ in range(2):
        page = bob_client.post(url, {"note": NOTE, "seen": card.seen}, follow=True)
    assert said(page) == ["You have acknowledged this already."]
    assert {(row.acknowledged_by, row.note) for row in case.alerts.all()} == {(bob, NOTE)}
    assert AuditEntry.objects.filter(action="alert.acknowledge").count() == 3
    done = bob_client.get(INBOX, {"show": "done"})
    assert len(cards(done)) == 1
    assert main_text(done).count(NOTE) == 1


def test_what_came_in_after_the_page_did_is_not_acknowledged_with_it(
    bob_client: Client, case: Case, send: Send
) -> None:
    send(*spread(S1, ago(hours=1)))
    card = bob_client.get(INBOX).context["cards"][0]
    send(symptoms(S1, ago(minutes=1), "next_day", **WEAK))
    url = reverse("alert_acknowledge", args=[card.alert.pk])
    page = bob_client.post(url, {"note": NOTE, "seen": card.seen})
    assert "It was reported again since you opened this page." in main_text(page)
    assert case.alerts.open().count() == case.alerts.count()


def test_weakness_and_numbness_of_one_session_are_two_reasons_on_one_card(
    bob_client: Client, case: Case, send: Send
) -> None:
    send(symptoms(S1, ago(minutes=5), "next_day", **WEAK))
    for url in (reverse("dashboard"), case.get_absolute_url(), INBOX):
        page = bob_client.get(url)
        assert len(cards(page)) == 1
        facts = " ".join(texts(page, "alert-item__facts"))
        assert "Weakness that is new within 7 days." in facts
        assert "Numbness that is new or further down." in facts
    assert texts(page, "site-nav__count") == ["1 waiting"]


def test_two_sessions_are_two_cards(bob_client: Client, send: Send) -> None:
    send(symptoms(S1, ago(days=2), "next_day", **WEAK))
    send(*spread(S2, ago(hours=1)))
    assert len(cards(bob_client.get(INBOX))) == 2


def test_one_event_is_one_e_mail(case: Case, send: Send) -> None:
    case.practice.alert_email = "desk@example.org"
    case.practice.save()
    flags = ("rf_saddle_numbness", "rf_foot_drop")
    send(symptoms(S1, ago(minutes=1), "next_day", red_flags=flags, **WEAK))
    assert case.alerts.filter(kind="alert").count() == 4
    assert AlertMail.objects.get().alert.urgency == "emergency"


def test_a_card_is_put_off_and_brought_back_whole(
    bob_client: Client, case: Case, send: Send
) -> None:
    send(*spread(S1, ago(hours=1)))
    url = reverse("alert_snooze", args=[case.alerts.earliest("pk").pk])
    bob_client.post(url, {"until": "2026-11-25", "reason": "She comes in then."})
    assert cards(bob_client.get(INBOX)) == []
    assert len(cards(bob_client.get(INBOX, {"show": "snoozed"}))) == 1
    bob_client.post(reverse("alert_wake", args=[case.alerts.latest("pk").pk]))
    assert len(titles(bob_client.get(INBOX))) == 3


def test_a_reported_red_flag_is_one_panel_with_what_to_do(
    bob_client: Client, case: Case, send: Send
) -> None:
    """The report is a card; the same flag on the safety screen is not told a second time."""
    send(symptoms(S1, ago(minutes=1), "before", red_flags=("rf_saddle_numbness",)))
    text = main_text(bob_client.get(case.get_absolute_url()))
    assert text.count("Saddle numbness") == text.count("Red flag: Saddle numbness") + 1
    assert text.count("Send Margaret Ellison to the emergency department now") == 1
    assert text.count("No program can be issued until this is cleared.") == 1
    alert = case.alerts.get()
    bob_client.post(reverse("alert_acknowledge", args=[alert.pk]), {"note": NOTE})
    page = bob_client.get(case.get_absolute_url())
    assert main_text(page).count("Send Margaret Ellison to the emergency department now") == 1
    assert titles(page) == []
    case.practice.emergency_number = "999"
    case.practice.save()
    british = main_text(bob_client.get(case.get_absolute_url()))
    assert "Send Margaret Ellison to A&E now, or call 999." in british


# --- What no longer holds -------------------------------------------------------------------------


def put_away(client: Client, alert: Alert) -> list[str]:
    url = reverse("alert_put_away", args=[alert.pk])
    return said(client.post(url, {"next": INBOX}, follow=True))


def test_a_card_whose_program_has_ended_says_so_and_is_put_away_in_one_press(
    bob_client: Client, charlie_client: Client, bob: User, case: Case, send: Send
) -> None:
    send(*spread(S1, ago(hours=1)))
    end_program(program=Program.objects.get(case=case), actor=bob)
    page = bob_client.get(INBOX)
    assert texts(page, "alert-item__over") == [f"{NO_LONGER} The program has ended."] * 3
    alert = page.context["cards"][0].alert
    assert charlie_client.post(reverse("alert_put_away", args=[alert.pk])).status_code == 404
    assert put_away(bob_client, alert) == ["Put away. It stays among the done ones."]
    assert put_away(bob_client, alert) == ["You have acknowledged this already."]
    assert open_codes(case) == []
    trail = AuditEntry.objects.filter(action="alert.put_away")
    assert [row.actor for row in trail] == [bob] * 3
    assert "Put away. The program has ended." in main_text(bob_client.get(INBOX, {"show": "done"}))


def test_what_still_holds_is_not_put_away(bob_client: Client, case: Case, send: Send) -> None:
    send(*spread(S1, ago(hours=1)))
    alert = case.alerts.get(code="peripheralising")
    assert "Put it away" not in main_text(bob_client.get(INBOX))
    assert put_away(bob_client, alert) == ["It holds again. Read it once more."]
    assert case.alerts.open().count() == 3


def test_the_program_s_end_does_not_end_a_nerve_sign_or_a_red_flag(
    bob_client: Client, bob: User, case: Case, send: Send
) -> None:
    send(symptoms(S1, ago(minutes=5), "next_day", red_flags=("rf_foot_drop",), **WEAK))
    end_program(program=Program.objects.get(case=case), actor=bob)
    assert not case.alerts.exclude(ended_at=None).exists()
    assert "Put it away" not in main_text(bob_client.get(INBOX))


def test_an_emergency_that_no_longer_holds_still_needs_a_note(
    bob_client: Client, case: Case, send: Send, clock: SetClock
) -> None:
    """Answered no on the safety screen since: it says so, and is not put away without a word."""
    send(symptoms(S1, ago(minutes=5), "before", red_flags=("rf_saddle_numbness",)))
    clock(NOW + dt.timedelta(minutes=5))
    AnswerFactory(case=case, code="rf_saddle_numbness", answer="no")
    responses.refresh(case)
    page = bob_client.get(INBOX)
    assert texts(page, "alert-item__over") == [
        "No longer holds since 20 Nov 2026, 09:35. It was answered on the safety screen since."
    ]
    assert "Put it away" not in main_text(page)
    alert = case.alerts.get()
    assert put_away(bob_client, alert) == ["This was an emergency. Acknowledge it with a note."]
    assert case.alerts.open().count() == 1


def test_a_correction_that_takes_the_reason_away_is_named(
    bob_client: Client, case: Case, send: Send
) -> None:
    sent = spread(S1, ago(hours=1))
    send(*sent)
    for wrong in (row for row in sent if getattr(row, "phase", "") in ("after", "settled")):
        send(symptoms(S1, wrong.at, wrong.phase, pain=2, regions=(), corrects=wrong.id))
    assert set(texts(bob_client.get(INBOX), "alert-item__over")) == {
        f"{NO_LONGER} The patient corrected the entry that it came from."
    }


def test_too_much_pain_under_a_dose_that_was_changed_since(
    bob_client: Client, alice: User, case: Case, issued: IssuedPrescription, send: Send,
    clock: SetClock,
) -> None:  # fmt: skip
    clock(NOW + dt.timedelta(hours=9))
    for session, hours in ((S1, 8), (S2, 2)):
        send(
            exercise(session, ago(hours=hours), BACK),
            symptoms(session, ago(hours=hours), "after", pain=8),
            ended(session, ago(hours=hours)),
        )
    assert open_codes(case) == ["ease_dose", "two_red_days"]
    clock(NOW + dt.timedelta(hours=10))
    issued.pk, issued.version, issued.issue_key = None, 2, uuid.uuid4()
    issued.issued_at = NOW + dt.timedelta(hours=10)
    issued.save(force_insert=True)
    responses.refresh(case)
    page = bob_client.get(INBOX)
    assert len(cards(page)) == 1
    assert {row.ended_why for row in case.alerts.open()} == {"reissued"}
    assert len(texts(page, "alert-item__over")) == 2


# --- Seen, and not cleared ------------------------------------------------------------------------


def test_a_sign_that_was_seen_and_not_cleared_stays_on_the_dashboard(
    bob_client: Client, charlie_client: Client, case: Case, send: Send
) -> None:
    home = reverse("dashboard")
    send(symptoms(S1, ago(minutes=5), "next_day", **WEAK))
    assert texts(bob_client.get(home), "attention__text") == []
    alert = case.alerts.filter(kind="alert").earliest("pk")
    bob_client.post(reverse("alert_acknowledge", args=[alert.pk]), {"note": NOTE})
    page = bob_client.get(home)
    assert cards(page) == []
    assert texts(page, "attention__text") == [
        "Margaret Ellison Weakness or numbness: new, or spreading. Seen by Bob Brown, not cleared "
        f"yet. {case.title}."
    ]
    assert texts(charlie_client.get(home), "attention__text") == []
    clear = reverse("sign_clear", args=[case.pk, "neurological_change"])
    bob_client.post(clear, {"note": "Examined: strength is normal."})
    assert texts(bob_client.get(home), "attention__text") == []
