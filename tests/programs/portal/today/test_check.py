"""The questions after a session: each asked once, and one tap answers where nothing changed."""

import datetime as dt
import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from patients.models import Case
from programs.access.models import PatientAccess
from programs.sessions.models import SessionLog
from tests.programs.portal.conftest import open_door
from tests.programs.portal.reports import session, symptoms
from tests.programs.portal.today.test_program import words_of

pytestmark = pytest.mark.django_db

BEFORE: dict[str, Any] = {"pain": 2, "regions": ("back_middle",), "kinds": ()}
AFTER: dict[str, Any] = {"pain": 4, "regions": ("calf_left",), "kinds": ("tingling",)}


@pytest.fixture
def done(case: Case, access: PatientAccess) -> SessionLog:
    """A session that ended half an hour ago."""
    at = timezone.now() - dt.timedelta(minutes=50)
    return session(case, at, before=BEFORE, after=AFTER)


def ask(page: str, done: SessionLog, phase: str = "settled") -> str:
    return f"{page}check/{phase}/{done.client_id}/"


def test_nothing_has_changed_is_one_button(
    phone: Client, page: str, case: Case, done: SessionLog
) -> None:
    text = phone.get(ask(page, done)).content.decode()
    assert "Last time: Pain 4 out of 10; left calf; tingling Nothing has changed" in words_of(text)
    [button] = re.findall(r'name="(check-same)"\s+value="([^"]+)"', text)
    answer = phone.post(ask(page, done), dict([button]))
    assert (answer.status_code, answer.headers["Location"]) == (302, page)
    log = case.symptom_logs.get(phase="settled")
    assert (log.session, log.pain, log.regions, log.kinds, log.provoked) == (
        done.client_id,
        4,
        ["calf_left"],
        ["tingling"],
        None,
    )


def test_other_answers_are_stored_as_given(
    phone: Client, page: str, case: Case, done: SessionLog
) -> None:
    yesterday = session(case, timezone.now() - dt.timedelta(days=1), before=BEFORE, after=AFTER)
    address = ask(page, yesterday, "next_day")
    assert "<h1>How was it overnight and this morning?</h1>" in phone.get(address).content.decode()
    phone.post(address, {"check-pain": "0", "check-regions": "nowhere"})
    log = case.symptom_logs.get(phase="next_day")
    assert (log.pain, log.regions, log.left, log.right, log.kinds) == (0, [], "none", "none", None)


def test_the_next_day_is_not_asked_about_before_it_has_come(
    phone: Client, page: str, case: Case
) -> None:
    run = session(case, timezone.now(), before=BEFORE, after=AFTER, minutes=0)
    assert phone.get(ask(page, run, "next_day")).headers["Location"] == page
    run.started_at = timezone.now() - dt.timedelta(days=2)
    run.save()
    text = phone.get(ask(page, run, "next_day")).content.decode()
    assert "How was the night after it, and the next morning?" in text


def test_sent_twice_it_is_stored_once(
    phone: Client, page: str, case: Case, done: SessionLog
) -> None:
    given = {"check-pain": "3", "check-id": str(uuid.uuid4())}
    for data in (given, given, {"check-pain": "9"}):
        assert phone.post(ask(page, done), data).headers["Location"] == page
    assert [log.pain for log in case.symptom_logs.filter(phase="settled")] == [3]
    assert phone.get(ask(page, done)).headers["Location"] == page


def test_a_mistake_keeps_what_was_chosen(
    phone: Client, page: str, case: Case, done: SessionLog
) -> None:
    given = {"check-pain": "3", "check-kinds": ["none", "burning"]}
    answer = phone.post(ask(page, done), given)
    text = answer.content.decode()
    assert "You chose None of these and a feeling too." in text
    assert re.findall(r'value="([^"]+)"\s+id="[^"]+"\s+checked', text) == ["3", "burning", "none"]
    assert "<title>Check your answers" in text
    assert phone.post(ask(page, done)).status_code == 200
    assert case.symptom_logs.filter(phase="settled").exists() is False


def test_too_early_it_says_when_to_come_back(phone: Client, page: str, case: Case) -> None:
    early = session(case, timezone.now(), before=BEFORE, after=AFTER, minutes=0)
    assert early.ended_at is not None
    at = (early.ended_at + dt.timedelta(minutes=5)).astimezone(case.practice.zone)
    text = words_of(phone.get(ask(page, early)).content.decode())
    assert f"answer at {at:%H:%M} or soon after" in text
    phone.post(ask(page, early), {"check-pain": "3"})
    assert case.symptom_logs.filter(phase="settled").exists() is False


def test_the_window_is_the_practices(phone: Client, page: str, case: Case) -> None:
    practice = case.practice
    practice.after_effect_minutes = 30
    practice.save()
    at = timezone.now() - dt.timedelta(minutes=20)
    run = session(case, at, before=BEFORE, after=AFTER, minutes=0)
    assert "It is a little early." in phone.get(ask(page, run)).content.decode()


def test_no_other_persons_session_and_no_other_phase(
    phone: Client, page: str, neighbour: PatientAccess, done: SessionLog
) -> None:
    at = timezone.now() - dt.timedelta(hours=1)
    theirs = session(neighbour.case, at, before=BEFORE, after=AFTER)
    wrong = [
        ask(page, theirs),
        ask(page, done, "before"),
        ask(page, done, "%00"),
        f"{page}check/settled/{uuid.uuid4()}/",
    ]
    assert [phone.get(address).status_code for address in wrong] == [404] * 4
    assert Client().get(ask(page, done)).status_code == 404
    other = open_door(phone, neighbour, 1948)
    assert phone.get(ask(other, done)).status_code == 404
    assert phone.post(ask(other, done), {"check-pain": "1"}).status_code == 404


def test_a_stopped_program_asks_nothing(
    phone: Client, page: str, case: Case, done: SessionLog
) -> None:
    symptoms(case, uuid.uuid4(), "during", timezone.now(), red_flags=("rf_foot_drop",))
    assert phone.get(ask(page, done)).headers["Location"] == page


def test_its_questions_to_the_database(
    phone: Client, page: str, case: Case, done: SessionLog, django_assert_num_queries: Any
) -> None:
    phone.get(ask(page, done))
    with django_assert_num_queries(7):
        phone.get(ask(page, done))
