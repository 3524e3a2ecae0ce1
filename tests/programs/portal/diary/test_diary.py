"""What a patient told: shown whole, the newest first, and nobody else's."""

import datetime as dt
import uuid

import pytest
from django.test import Client
from django.utils import timezone

from patients.models import Case
from programs.sessions.actions import store
from programs.sessions.entries import Batch, SymptomEntry
from programs.sessions.models import SessionLog
from tests.programs.portal.diary.telling import told
from tests.programs.portal.reports import session, symptoms
from tests.programs.portal.today.test_program import read, words_of
from tests.programs.samples import sample_exercise

pytestmark = pytest.mark.django_db


def test_it_is_empty_before_anything_was_told(phone: Client, page: str) -> None:
    assert "There is nothing here yet." in told(phone, page)


def test_everything_told_is_there_the_newest_first(
    phone: Client, page: str, case: Case, done: SessionLog
) -> None:
    old = timezone.now() - dt.timedelta(days=2)
    session(case, old, done=(), before={"pain": 9}, state="stopped")
    text = told(phone, page)
    name = sample_exercise(7).name
    said = [
        "What you did",
        f"{name} at",
        "Done",
        "Before the session at",
        "Pain 2 out of 10; middle of the low back",
        "After the session at",
        "Pain 4 out of 10; left calf",
        f"Brought on by: {name}",
        "You stopped early.",
        "Pain 9 out of 10",
    ]
    places = [text.index(words) for words in said]
    assert places == sorted(places)


def test_a_session_late_at_night_has_the_practices_date(
    phone: Client, page: str, case: Case
) -> None:
    practice = case.practice
    practice.time_zone = "Pacific/Auckland"
    practice.save()
    at = dt.datetime(2026, 10, 31, 11, 30, tzinfo=dt.UTC)
    store(
        case=case,
        batch=Batch((SymptomEntry(uuid.uuid4(), uuid.uuid4(), at, "before", pain=1),)),
        received_at=at,
    )
    text = told(phone, page)
    assert "Sunday 1 Nov 2026, 00:30" in text
    assert "Times are those of the practice (Pacific/Auckland)." in text


def test_a_warning_sign_is_shown_in_words_and_not_put_right_here(
    phone: Client, page: str, case: Case
) -> None:
    symptoms(case, uuid.uuid4(), "during", timezone.now(), red_flags=("rf_foot_drop",))
    text = read(phone, f"{page}diary/")
    assert "You told us about a warning sign: A foot starts to drag" in words_of(text)
    assert ("rf_" in text, "Put this right" in text) == (False, False)
