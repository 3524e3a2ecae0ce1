"""The day's page: what to do now, what is paused, and the questions that wait."""

import datetime as dt
import gzip
import re
import uuid
from typing import Any

import pytest
from django.test import Client

from clinic.models import User
from patients.models import Case, ResponseMark
from programs.prescriptions.models import IssuedPrescription
from programs.sessions import responses
from tests.clock import NOW
from tests.programs.portal.conftest import issue_for
from tests.programs.portal.reports import session, symptoms
from tests.programs.portal.today.test_program import read, words_of
from tests.programs.samples import sample_exercise, sample_prescription

pytestmark = pytest.mark.django_db

CALM: dict[str, Any] = {"pain": 2, "regions": ("back_middle",), "kinds": ()}
WORSE: dict[str, Any] = {"pain": 4, "regions": ("calf_left",), "provoked": ("item-7",)}


def ago(**time: float) -> dt.datetime:
    return NOW - dt.timedelta(**time)


def today_of(text: str) -> str:
    """The box at the top, as read."""
    return words_of(text[text.index('<section class="today') : text.index("</section>")])


@pytest.mark.usefixtures("shipped_catalogue")
def test_before_the_first_session_there_is_one_thing_to_do(phone: Client, page: str) -> None:
    text = read(phone, page)
    told = today_of(text)
    assert told.startswith("Today Ready for your first session? Start when you are ready.")
    assert re.findall(r'<a class="button today__start"\s+href="([^"]+)">([^<]+)', text) == [
        (f"{page}session/", "Start")
    ]
    assert (f'href="{page}diary/"' in text, "overnight" in told) == (True, False)


def test_an_open_session_is_gone_on_with_for_a_while(phone: Client, page: str, case: Case) -> None:
    session(case, ago(hours=1), state="open")
    assert "Go on with your session" in today_of(read(phone, page))
    case.session_logs.update(started_at=ago(hours=13))
    assert "Start" in today_of(read(phone, page))


def test_what_was_done_today_is_counted(phone: Client, page: str, case: Case) -> None:
    session(case, NOW - dt.timedelta(minutes=1), done=(), minutes=0)
    assert "Done today" not in today_of(read(phone, page))
    session(case, NOW, minutes=0)
    session(case, NOW, minutes=0)
    assert "Done today: 2 sessions." in today_of(read(phone, page))


def test_a_session_that_is_still_on_is_not_counted_as_done(
    phone: Client, page: str, case: Case
) -> None:
    session(case, ago(minutes=10), state="open", minutes=5)
    told = today_of(read(phone, page))
    assert ("Go on with your session" in told, "Done today" in told) == (True, False)
    session(case, ago(minutes=90), minutes=5)
    told = today_of(read(phone, page))
    assert ("Go on with your session" in told, "Done today: 1 session." in told) == (True, True)
    # Gone on with no more, it counts with what was done in it.
    case.session_logs.filter(state="open").update(state="stopped", ended_at=ago(minutes=5))
    assert "Done today: 2 sessions." in today_of(read(phone, page))


@pytest.fixture
def spread(case: Case, issued: IssuedPrescription) -> uuid.UUID:
    """A session that sent symptoms down the leg, and they stayed there."""
    run = session(case, ago(hours=1), before=CALM, after=WORSE).client_id
    symptoms(case, run, "settled", ago(minutes=20), **WORSE)
    return run


@pytest.mark.usefixtures("shipped_catalogue")
def test_a_stopped_exercise_is_paused_at_once_with_the_reason(
    phone: Client, page: str, case: Case, alice: User
) -> None:
    calm = read(phone, page)
    dead_bug = sample_exercise(7)
    assert dead_bug.steps[0] in words_of(calm)
    run = session(case, ago(hours=1), before=CALM, after=WORSE).client_id
    symptoms(case, run, "settled", ago(minutes=20), **WORSE)
    text = read(phone, page)
    said = "It went further down and stayed there. Stop this exercise for now."
    assert f"Stop this exercise {said}" in today_of(text)
    start = text.index('<article class="exercise exercise--paused"')
    card = words_of(text[start : text.index("</article>", start)])
    assert card.endswith(
        f"{dead_bug.name} Paused: leave this one out for now {said} "
        "Bob Brown will look at it. If you get worse, call them."
    )
    assert dead_bug.steps[0] not in words_of(text)
    assert text.count("Paused: leave this one out") == 1

    ResponseMark.objects.create(case=case, kind="reinstated", code="item-7", by=alice, note="Seen.")
    responses.refresh(case)
    again = read(phone, page)
    assert (dead_bug.steps[0] in words_of(again), "exercise--paused" in again) == (True, False)


def test_an_exercise_paused_earlier_still_says_why(
    phone: Client, page: str, case: Case, spread: uuid.UUID
) -> None:
    session(case, ago(minutes=5), done=("item-0",), before=CALM, after=CALM, minutes=2)
    text = words_of(read(phone, page))
    assert "Leave it out until Bob Brown says it can go on." in text


def test_new_weakness_brings_help_and_no_start(phone: Client, page: str, case: Case) -> None:
    session(case, ago(hours=1), before=CALM, after={"pain": 3, "kinds": ("weakness",)})
    text = read(phone, page)
    assert ("today__start" in text, sample_exercise(0).steps[0] in text) == (False, False)
    numbers = {f"tel:{case.practice.emergency_number}", "tel:01947000000"}
    assert numbers <= set(re.findall(r'href="(tel:[^"]*)"', text))


@pytest.mark.usefixtures("shipped_catalogue")
def test_both_legs_lead_to_the_warning_questions_and_the_telephone(
    phone: Client, page: str, case: Case
) -> None:
    both = {"pain": 3, "regions": ("thigh_back_left", "calf_right")}
    session(case, ago(hours=1), before=CALM, after=both)
    text = read(phone, page)
    box = text[text.index('class="answer') : text.index("today__start")]
    assert re.findall(r'class="button button--(?:stop|plain)"\s+href="([^"]+)"', box)[:2] == [
        f"{page}wrong/",
        "tel:01947000000",
    ]
    assert "Answer the warning questions" in box


# --- Questions that wait --------------------------------------------------------------------------


def due(text: str) -> list[str]:
    """The questions that wait, by where they lead."""
    return re.findall(r'href="[^"]*/check/(\w+)/', text)


@pytest.mark.usefixtures("shipped_catalogue")
@pytest.mark.parametrize(
    ("ended", "item", "after", "wanted"),
    [
        (dt.timedelta(minutes=30), "item-7", CALM, []),
        (dt.timedelta(minutes=30), "item-7", WORSE, ["settled"]),
        (dt.timedelta(minutes=30), "item-ext", CALM, ["settled"]),
        (dt.timedelta(minutes=30), "item-rise", CALM, ["settled"]),
        (dt.timedelta(minutes=30), "item-7", None, []),
        (dt.timedelta(hours=3), "item-ext", WORSE, []),
    ],
)
def test_the_check_after_minutes_is_asked_where_a_rule_needs_it(
    phone: Client,
    page: str,
    case: Case,
    alice: User,
    ended: dt.timedelta,
    item: str,
    after: dict[str, Any] | None,
    wanted: list[str],
) -> None:
    extends = sample_exercise(
        0, item="item-ext", exercise="standing-back-extension", transient_rise="no"
    )
    rises = sample_exercise(7, item="item-rise", transient_rise="during_only")
    given = (sample_exercise(7), extends, rises)
    issue_for(case, alice, sample_prescription(items=given))
    at = NOW - ended - dt.timedelta(minutes=20)
    session(case, at, done=(item,), before=CALM, after=after)
    asked = [phase for phase in due(read(phone, page)) if phase == "settled"]
    assert asked == wanted


def test_the_check_is_told_ahead_and_asked_once(phone: Client, page: str, case: Case) -> None:
    run = session(case, ago(minutes=3), before=CALM, after=WORSE, minutes=2)
    assert run.ended_at is not None
    at = (run.ended_at + dt.timedelta(minutes=5)).astimezone(case.practice.zone)
    assert f"We ask you once more at {at:%H:%M}." in today_of(read(phone, page))
    symptoms(case, run.client_id, "settled", NOW, **CALM)
    assert due(read(phone, page)) == []


@pytest.mark.parametrize(
    ("days", "asked"), [(0, []), (1, ["next_day"]), (3, ["next_day"]), (4, [])]
)
def test_the_next_day_is_asked_about_for_three_days(
    phone: Client, page: str, case: Case, days: int, asked: list[str]
) -> None:
    noon = NOW.astimezone(case.practice.zone).replace(hour=0, minute=1) - dt.timedelta(days=days)
    run = session(case, noon, before=CALM, after=CALM, minutes=0)
    assert due(read(phone, page)) == asked
    symptoms(case, run.client_id, "next_day", NOW, **CALM)
    assert due(read(phone, page)) == []


def test_a_session_in_which_nothing_was_done_asks_nothing(
    phone: Client, page: str, case: Case
) -> None:
    session(case, ago(days=1), done=(), before=CALM, after=CALM)
    assert due(read(phone, page)) == []


#: Besides those of test_quiet: the logs and exercises of the last sessions, and the catalogue.
QUERIES = 9


def test_its_questions_to_the_database_do_not_grow(
    phone: Client, page: str, case: Case, django_assert_num_queries: Any
) -> None:
    for sessions in (1, 4):
        for n in range(sessions):
            session(case, ago(minutes=50 - n), before=CALM, after=WORSE, minutes=1)
        phone.get(page)
        with django_assert_num_queries(QUERIES):
            phone.get(page)


def test_it_stays_small(phone: Client, page: str, case: Case, spread: uuid.UUID) -> None:
    session(case, ago(days=1), before=CALM, after=CALM)
    assert len(gzip.compress(phone.get(page).content)) < 12_000


def test_goals_are_asked_about_when_it_is_time(phone: Client, page: str, case: Case) -> None:
    question = "How do the things go that you want to do?"
    assert question not in phone.get(page).content.decode()
    goal = case.functional_goals.create(words="Walk to the shop")
    assert question in phone.get(page).content.decode()
    goal.scores.create(score=4)
    assert question not in phone.get(page).content.decode()
