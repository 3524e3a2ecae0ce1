"""What a patient told, and putting it right: for 48 hours, with the earlier value kept."""

import datetime as dt
import re
import uuid
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from clinic.models import User
from patients.models import Case, SymptomLog
from programs.access.models import PatientAccess
from programs.exercises.own.reading_grade import GOAL, read_lines
from programs.followup.alerts.actions import clear_sign
from programs.portal.diary.diary import entries_of, runs_told_of
from programs.sessions.actions import store
from programs.sessions.entries import Batch, ExerciseEntry, SymptomEntry
from programs.sessions.models import ExerciseLog, SessionLog
from tests.programs.portal.conftest import issue_for, open_door
from tests.programs.portal.reports import report, session, symptoms
from tests.programs.portal.test_words import sentences
from tests.programs.portal.today.test_program import read, words_of
from tests.programs.samples import sample_exercise, sample_prescription

pytestmark = pytest.mark.django_db

BEFORE: dict[str, Any] = {"pain": 2, "regions": ("back_middle",), "kinds": ()}
AFTER: dict[str, Any] = {"pain": 4, "regions": ("calf_left",), "provoked": ("item-7",)}
H48 = dt.timedelta(hours=48)


def told(phone: Client, page: str) -> str:
    return words_of(read(phone, f"{page}diary/"))


def correct(page: str, log: SymptomLog | ExerciseLog) -> str:
    kind = "exercise" if isinstance(log, ExerciseLog) else "symptoms"
    return f"{page}diary/{kind}/{log.client_id}/"


@pytest.fixture
def done(case: Case, access: PatientAccess) -> SessionLog:
    at = timezone.now() - dt.timedelta(minutes=50)
    return session(case, at, before=BEFORE, after=AFTER)


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


# --- Putting it right -----------------------------------------------------------------------------


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


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Choose Done, Partly or Not done."),
        ({"told-state": "done", "told-reps": "x"}, "Type a whole number, like 10."),
        ({"told-state": "done", "told-reps": "1001"}, "Type 1000 or less."),
        (
            {"told-state": "skipped", "told-reps": "3"},
            "You chose Not done, but there are numbers. Which is right?",
        ),
        ({"told-state": "done", "told-words": "x" * 501}, "Use 500 letters or fewer."),
    ],
)
def test_a_mistake_is_said_and_what_was_typed_stays(
    phone: Client, page: str, done: SessionLog, given: dict[str, str], said: str
) -> None:
    log = ExerciseLog.objects.get(session=done)
    text = phone.post(correct(page, log), given).content.decode()
    assert said in text
    for value in given.values():
        assert value in text
    assert ExerciseLog.objects.count() == 1


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
