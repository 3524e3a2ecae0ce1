"""The diary's pages: nobody else's, escaped, few questions, easy words."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from clinic.models import User
from patients.models import Case, SymptomLog
from programs.access.models import PatientAccess
from programs.exercises.own.reading_grade import GOAL, read_lines
from programs.sessions.models import ExerciseLog, SessionLog
from tests.programs.portal.conftest import issue_for, open_door
from tests.programs.portal.diary.telling import AFTER, BEFORE, correct, told
from tests.programs.portal.reports import session
from tests.programs.portal.test_words import sentences
from tests.programs.portal.today.test_program import read, words_of
from tests.programs.samples import sample_exercise, sample_prescription

pytestmark = pytest.mark.django_db


def test_nobody_elses_is_shown_or_put_right(
    phone: Client, page: str, case: Case, done: SessionLog, neighbour: PatientAccess
) -> None:
    at = timezone.now() - dt.timedelta(hours=1)
    theirs = session(neighbour.case, at, before={"pain": 8}, after=AFTER)
    assert "Pain 8" not in told(phone, page)
    log = neighbour.case.symptom_logs.get(phase="before")
    row = ExerciseLog.objects.get(session=theirs)
    mine = case.symptom_logs.get(phase="before")
    wrong = [
        correct(page, log),
        correct(page, row),
        f"{page}diary/exercise/{mine.client_id}/",
        f"{page}diary/%00/{mine.client_id}/",
        correct(page, SymptomLog(client_id=uuid.uuid4())),
    ]
    assert [phone.get(address).status_code for address in wrong] == [404] * 5
    assert [phone.post(address, {"told-pain": "1"}).status_code for address in wrong] == [404] * 5
    assert Client().get(correct(page, mine)).status_code == 404
    other = open_door(phone, neighbour, 1948)
    assert phone.post(correct(other, mine), {"told-pain": "1"}).status_code == 404
    assert neighbour.case.symptom_logs.filter(pain=1).exists() is False


def test_names_are_escaped_and_outlive_the_program(
    phone: Client, page: str, case: Case, alice: User
) -> None:
    odd = sample_exercise(7, item="item-odd", name="<i>Odd</i> one")
    issue_for(case, alice, sample_prescription(items=(odd,)))
    run = session(case, timezone.now(), done=("item-odd",), after={"pain": 1}, minutes=0)
    issue_for(case, alice, sample_prescription(1))
    text = read(phone, f"{page}diary/")
    assert ("<i>Odd" in text, "&lt;i&gt;Odd&lt;/i&gt; one" in text) == (False, True)
    form = phone.get(correct(page, case.symptom_logs.get(session=run.client_id)))
    assert "&lt;i&gt;Odd&lt;/i&gt; one" in form.content.decode()


def test_ten_sessions_are_on_a_page_and_the_questions_do_not_grow(
    phone: Client, page: str, case: Case, django_assert_num_queries: Any
) -> None:
    for n in range(12):
        at = timezone.now() - dt.timedelta(days=1, hours=n)
        session(case, at, before={"pain": n % 11}, after=AFTER)
        if n in (0, 11):
            phone.get(f"{page}diary/")
            with django_assert_num_queries(7):
                text = read(phone, f"{page}diary/")
    assert text.count('<section class="told"') == 10
    assert "Page 1 of 2" in words_of(text)
    older = read(phone, f"{page}diary/?page=2")
    assert older.count('<section class="told"') == 2
    odd = phone.get(f"{page}diary/?page=x")
    assert odd.status_code == 200


def test_the_pages_read_easily(phone: Client, page: str, case: Case, done: SessionLog) -> None:
    old = session(case, timezone.now() - dt.timedelta(days=3), before=BEFORE, after=AFTER)
    log = case.symptom_logs.get(session=done.client_id, phase="before")
    stale = case.symptom_logs.get(session=old.client_id, phase="before")
    whole = read(phone, page)
    start = whole.index('<section class="today')
    texts = {
        "today": f"<main>{whole[start : whole.index('</section>', start)]}</main>",
        "check": read(phone, f"{page}check/settled/{done.client_id}/"),
        "diary": read(phone, f"{page}diary/"),
        "correct": read(phone, correct(page, log)),
        "too old": read(phone, correct(page, stale)),
    }
    for name, text in texts.items():
        said = read_lines(sentences(text))
        assert said is not None
        assert (name, said.grade <= GOAL) == (name, True)
