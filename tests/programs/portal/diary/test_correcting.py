"""Putting right what was told: for 48 hours, with the earlier value kept."""

import datetime as dt
import re
import uuid
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from clinic.models import User
from patients.models import Case, SymptomLog
from programs.followup.alerts.actions import clear_sign
from programs.portal.diary.diary import entries_of, runs_told_of
from programs.sessions.actions import store
from programs.sessions.entries import Batch, ExerciseEntry, SymptomEntry
from programs.sessions.models import ExerciseLog, SessionLog
from tests.programs.portal.diary.telling import BEFORE, correct, told
from tests.programs.portal.reports import report, session, symptoms
from tests.programs.portal.today.test_program import read, words_of

pytestmark = pytest.mark.django_db
H48 = dt.timedelta(hours=48)


def test_symptoms_are_put_right_and_both_values_stay(
    phone: Client, page: str, case: Case, done: SessionLog
) -> None:
    log = case.symptom_logs.get(phase="after")
    form = phone.get(correct(page, log)).content.decode()
    assert re.findall(r'value="([^"]+)"\s+id="[^"]+"\s+checked', form) == [
        "4",
        "calf_left",
        "item-7",
    ]
    given = {"told-pain": "6", "told-regions": "thigh_back_left", "told-provoked": "none"}
    answer = phone.post(correct(page, log), given)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{page}diary/")
    new = case.symptom_logs.standing().get(phase="after")
    assert (new.corrects, new.at, new.pain, new.left, new.provoked) == (
        log,
        log.at,
        6,
        "thigh",
        [],
    )
    assert SymptomLog.objects.get(pk=log.pk).pain == 4
    text = told(phone, page)
    assert "Pain 6 out of 10; back of the left thigh Until you put it right on" in text
    assert "it said: Pain 4 out of 10; left calf" in text


def test_it_can_be_put_right_again_and_from_an_old_page(
    phone: Client, page: str, case: Case, done: SessionLog
) -> None:
    log = case.symptom_logs.get(phase="before")
    for pain in ("3", "5"):
        phone.post(correct(page, log), {"told-pain": pain})
    said = [entry.pain for entry in case.symptom_logs.filter(phase="before").order_by("pk")]
    assert said == [2, 3, 5]
    assert case.symptom_logs.standing().get(phase="before").pain == 5
    text = told(phone, page)
    assert text.index("it said: Pain 2 out of 10") < text.index("it said: Pain 3 out of 10")


def test_weakness_put_right_waits_for_a_clinician_as_a_warning_sign_does(
    phone: Client, page: str, case: Case, done: SessionLog, alice: User
) -> None:
    log = symptoms(case, done.client_id, "settled", timezone.now(), pain=4, kinds=("weakness",))
    stopped = read(phone, page)
    assert ("today__start" in stopped, f'href="{page}diary/"' in stopped) == (False, True)
    phone.post(correct(page, log), {"told-pain": "4", "told-kinds": "stiffness"})
    assert "stiff" in words_of(read(phone, f"{page}diary/")).lower()
    assert "today__start" not in read(phone, page)
    assert case.alerts.waiting().filter(code="neurological_change").count() == 1
    clear_sign(case=case, actor=alice, code="neurological_change", note="Ticked by mistake.")
    assert "today__start" in read(phone, page)


def test_saving_without_a_change_stores_nothing(
    phone: Client, page: str, case: Case, done: SessionLog
) -> None:
    log = case.symptom_logs.get(phase="before")
    same = {"told-pain": "2", "told-regions": "back_middle", "told-kinds": "none"}
    assert phone.post(correct(page, log), same).status_code == 302
    assert case.symptom_logs.filter(phase="before").count() == 1


def test_an_exercise_is_put_right(phone: Client, page: str, case: Case, done: SessionLog) -> None:
    log = ExerciseLog.objects.get(session=done)
    given = {"told-state": "partly", "told-reps": "4", "told-reason": "tired", "told-words": "<b>"}
    answer = phone.post(correct(page, log), given)
    assert answer.headers["Location"] == f"{page}diary/"
    new = ExerciseLog.objects.standing().get(session=done)
    assert (new.corrects, new.state, new.reps, new.reason, new.words, new.asked) == (
        log,
        "partly",
        4,
        "tired",
        "<b>",
        log.asked,
    )
    page_text = read(phone, f"{page}diary/")
    assert "Partly done, 4 times, I am too tired" in words_of(page_text)
    assert ("<b>" in page_text, "&lt;b&gt;" in page_text) == (False, True)
    assert "it said: Done" in words_of(page_text)


def test_what_a_dose_does_not_name_is_not_said_to_be_asked(
    phone: Client, page: str, case: Case
) -> None:
    run, at = uuid.uuid4(), timezone.now()
    told_of = ExerciseEntry(uuid.uuid4(), run, at, "item-1", "done", sets=1, reps=8, seconds=9)
    report(case, told_of, at=at)
    form = read(phone, correct(page, ExerciseLog.objects.get(session__client_id=run)))
    asked = re.findall(r"Asked:([^<]*)<", form)
    assert len(re.findall(r'data-number="(?:sets|reps|seconds)"', form)) == 3
    assert 0 < len(asked) < 3
    assert all(words.strip() for words in asked)


MISTAKES: list[tuple[dict[str, str], str]] = [
    ({}, "Choose Done, Partly or Not done."),
    ({"told-state": "done", "told-reps": "x"}, "Type a whole number, like 10."),
    ({"told-state": "done", "told-reps": "1001"}, "Type 1000 or less."),
    (
        {"told-state": "skipped", "told-reps": "3"},
        "You chose Not done, but there are numbers. Which is right?",
    ),
    ({"told-state": "done", "told-words": "x" * 501}, "Use 500 letters or fewer."),
]


def test_a_mistake_is_said_and_what_was_typed_stays(
    phone: Client, page: str, done: SessionLog
) -> None:
    log = ExerciseLog.objects.get(session=done)
    for given, said in MISTAKES:
        text = phone.post(correct(page, log), given).content.decode()
        assert [words for words in (said, *given.values()) if words not in text] == [], given
        assert ExerciseLog.objects.count() == 1, given


@pytest.mark.parametrize(
    ("age", "open_"),
    [
        (H48 - dt.timedelta(minutes=1), True),
        (H48 + dt.timedelta(seconds=1), False),
        (dt.timedelta(days=30), False),
    ],
)
def test_after_48_hours_it_says_why_not(
    phone: Client, page: str, case: Case, age: dt.timedelta, open_: bool
) -> None:
    run = session(case, timezone.now() - age, before=BEFORE, done=("item-7",), minutes=0)
    logs = [case.symptom_logs.get(), ExerciseLog.objects.get(session=run)]
    assert ("Put this right" in told(phone, page)) is open_
    for log in logs:
        text = words_of(phone.get(correct(page, log)).content.decode())
        assert ("You told us this more than 48 hours ago." in text) is not open_
        phone.post(correct(page, log), {"told-pain": "9", "told-state": "skipped"})
    assert case.symptom_logs.count() == 1 + open_
    assert ExerciseLog.objects.count() == 1 + open_


def test_the_48_hours_count_from_the_first_telling(phone: Client, page: str, case: Case) -> None:
    first = timezone.now() - H48 - dt.timedelta(minutes=1)
    log = symptoms(case, uuid.uuid4(), "before", first, pain=3)
    fix = SymptomEntry(uuid.uuid4(), log.session, first, "before", pain=4, corrects=log.client_id)
    report(case, fix, at=first + dt.timedelta(hours=47))
    newest = case.symptom_logs.standing().get()
    assert "more than 48 hours ago" in phone.get(correct(page, newest)).content.decode()


def test_the_clocks_going_back_give_no_more_time(phone: Client, page: str, case: Case) -> None:
    zone = ZoneInfo("Europe/London")
    at = dt.datetime(2026, 10, 24, 12, tzinfo=zone)
    assert dt.datetime(2026, 10, 26, 12, tzinfo=zone).timestamp() - at.timestamp() == 49 * 3600
    log = symptoms(case, uuid.uuid4(), "before", at.astimezone(dt.UTC), pain=3)
    for hours, wanted in ((48, True), (49, False)):
        [entry] = entries_of(case, runs_told_of(case), log.received_at + dt.timedelta(hours=hours))
        assert entry.symptoms[0].may_correct is wanted


def test_what_the_practice_typed_in_is_theirs_to_put_right(
    phone: Client, page: str, case: Case, bob: User
) -> None:
    now, run = timezone.now(), uuid.uuid4()
    typed = (
        ExerciseEntry(uuid.uuid4(), run, now, "item-7", "done"),
        SymptomEntry(uuid.uuid4(), run, now, "after", pain=3),
    )
    store(case=case, batch=Batch(typed), entered_by=bob)
    text = told(phone, page)
    assert (text.count("The practice typed this in."), "Put this right" in text) == (2, False)
    answer = phone.post(correct(page, case.symptom_logs.get()), {"told-pain": "1"})
    assert "The practice typed this in for you." in answer.content.decode()
    assert case.symptom_logs.count() == 1
