"""The page of a session: whom it opens for, what it costs, and how it reads."""

import re
from typing import Any

import pytest
from django.test import Client

from clinic.models import User
from patients.models import ScreenAnswer
from programs.access.models import PatientAccess
from programs.exercises.own.reading_grade import GOAL, read_lines
from programs.sessions.models import SessionLog
from tests.programs.portal.conftest import issue_for, open_door
from tests.programs.portal.session.test_session import KINDS, RUN, answers
from tests.programs.portal.today.test_program import read, words_of
from tests.programs.samples import sample_exercise, sample_prescription

pytestmark = pytest.mark.django_db


def test_nobody_reads_somebody_elses_session(
    phone: Client, session: str, neighbour: PatientAccess
) -> None:
    phone.post(session, answers())
    other = Client()
    theirs = open_door(other, neighbour, 1948)
    assert other.get(f"{theirs}session/{RUN}/").status_code == 404
    assert Client().get(session).status_code == 404
    assert Client().post(session, answers()).status_code == 404


def test_a_stopped_program_has_no_session(
    phone: Client, session: str, page: str, access: PatientAccess, alice: User
) -> None:
    ScreenAnswer.objects.create(
        case=access.case, kind="red_flag", code="rf_foot_drop", answer="yes", answered_by=alice
    )
    assert phone.get(session).headers["Location"] == page
    assert phone.post(session, answers()).headers["Location"] == page
    assert SessionLog.objects.count() == 0


def test_no_script_and_no_style_stands_in_the_page(phone: Client, session: str) -> None:
    answer = phone.get(session)
    text = answer.content.decode()
    scripts = re.findall(r"<script[^>]*>(.*?)</script>", text, re.DOTALL)
    assert [s for s in scripts if s.strip()] == []
    assert ' style="' not in text
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


#: The device and the program; the answer and the last log; the library.
PAGE_QUERIES = 8


def test_the_page_asks_the_database_as_often_for_one_exercise_as_for_many(
    phone: Client,
    page: str,
    access: PatientAccess,
    alice: User,
    django_assert_num_queries: Any,
) -> None:
    session = f"{page}session/"
    for items in ((0,), KINDS):
        wanted = tuple(sample_exercise(i, figures=False) for i in items)
        issue_for(access.case, alice, sample_prescription(1, items=wanted))
        read(phone, session)
        with django_assert_num_queries(PAGE_QUERIES):
            read(phone, session)


OWN_WORDS = re.compile(r"<(h1|h2|h3|p|legend|label|button|li)[^>]*>(.*?)</\1>", re.DOTALL)


def test_our_own_words_are_easy_to_read(phone: Client, session: str) -> None:
    text = read(phone, session)
    form = text.index("data-checklist")
    own = text[:form] + text[text.index('data-screen="skip"') :]
    lines = [words_of(found[1]) for found in OWN_WORDS.findall(own)]
    reading = read_lines(line for line in lines if line)
    assert reading is not None
    assert (reading.grade <= GOAL, reading.long) == (True, ())
