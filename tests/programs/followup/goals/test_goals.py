"""Functional goals: written down by the clinician, scored by both, asked again near a review."""

import datetime as dt
import re
import uuid
from dataclasses import replace

import pytest
import textstat
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinic.models import AuditEntry, User
from patients.models import Case, FunctionalGoal, ScreenAnswer
from programs.access.models import PatientAccess
from programs.followup.goals import actions as goal_actions
from programs.followup.goals.changes import change_of, mean_change
from programs.followup.goals.goals import goals_due, goals_of
from programs.prescriptions.models import IssuedPrescription
from tests.clock import SetClock
from tests.every_row import every
from tests.programs.followup.conftest import NOW, STARTED, TODAY, issue, three_exercises
from tests.programs.followup.progress.test_case_panel import text_of
from tests.programs.portal.conftest import door_opened

NASTY = 'Walk <script>alert(1)</script> & "shop"'


def score(case: Case, by: User | None, at: dt.datetime, clock: SetClock, *values: int) -> None:
    clock(at)
    goals = case.functional_goals.filter(ended_at=None)
    scores = {goal.pk: value for goal, value in zip(goals, values, strict=True)}
    goal_actions.score_goals(case=case, scores=scores, actor=by, client_id=uuid.uuid4())


@every(
    ("scores", "words"),
    [
        ([3], "3 of 10, scored once"),
        ([3, 6], "3 → 6 of 10, better by 3 points: a change that matters"),
        ([3, 9, 5], "3 → 5 of 10, better by 2 points: less than a change that matters"),
        ([3, 4], "3 → 4 of 10, better by 1 point: less than a change that matters"),
        ([6, 3], "6 → 3 of 10, worse by 3 points: a change that matters"),
        ([6, 6], "6 → 6 of 10, no change"),
    ],
)
def test_change_in_words(scores: list[int], words: str) -> None:
    change = change_of(scores)
    assert change is not None
    assert change.words == words


def test_the_mean_is_of_goals_that_were_scored_twice() -> None:
    assert (change_of([]), mean_change([[1, 5], [3]])) == (None, None)
    mean = mean_change([[1, 5], [3, 4], [9]])
    assert mean is not None
    assert mean.words == "2 → 4.5 of 10, better by 2.5 points: a change that matters"


def test_a_clinician_adds_rewords_scores_and_ends(
    alice_client: Client, alice: User, case: Case, clock: SetClock
) -> None:
    clock(NOW)
    url = f"{case.get_absolute_url()}goals/"
    alice_client.post(f"{url}add/", {"words": "  Walk to\n the shop "})
    goal = case.functional_goals.get()
    assert (goal.words, goal.created_by) == ("Walk to the shop", alice)
    token = str(uuid.uuid4())
    for _ in range(2):
        alice_client.post(f"{url}score/", {"token": token, f"score_{goal.pk}": "4"})
    assert [(s.score, s.by) for s in goal.scores.all()] == [(4, alice)]
    alice_client.post(f"{url}{goal.pk}/reword/", {"words": "Walk to the park"})
    old, new = goals_of(case).ended[0], goals_of(case).open[0]
    assert (old.goal.words, old.latest and old.latest.score) == ("Walk to the shop", 4)
    assert (new.goal.words, new.scores) == ("Walk to the park", ())
    alice_client.post(f"{url}{new.goal.pk}/end/")
    assert goals_of(case).open == ()
    done = AuditEntry.objects.filter(action__startswith="goal.").order_by("pk")
    assert [*done.values_list("action", flat=True)] == [
        "goal.add",
        "goal.score",
        "goal.score",
        "goal.end",
        "goal.add",
        "goal.end",
    ]
    said = text_of(alice_client.get(url).content.decode())
    assert "Ended Walk to the shop Ended 20 Nov 2026. 4 of 10, scored once." in said


def test_what_is_wrong_is_said_where_it_is_with_what_was_typed(
    alice_client: Client, case: Case, alice: User
) -> None:
    url = f"{case.get_absolute_url()}goals/"
    answer = alice_client.post(f"{url}add/", {"words": "x" * 121})
    assert answer.status_code == 422
    assert "Shorten this to 120 letters or fewer." in answer.content.decode()
    assert "x" * 121 in answer.content.decode()
    for n in range(5):
        goal_actions.add_goal(case=case, actor=alice, words=f"Goal {n}")
    full = alice_client.post(f"{url}add/", {"words": "One more"})
    assert "Five goals are running. End one first." in full.content.decode()
    assert 'value="One more"' in full.content.decode()
    goal = case.functional_goals.all()[0]
    for value, words in (("11", "Choose a number from 0 to 10."), ("", "at least one of them")):
        scores = {"token": str(uuid.uuid4()), f"score_{goal.pk}": value}
        assert words in alice_client.post(f"{url}score/", scores).content.decode()
    assert goal.scores.count() == 0


def test_words_are_shown_as_typed_and_never_run(
    alice_client: Client, case: Case, alice: User
) -> None:
    goal_actions.add_goal(case=case, actor=alice, words=NASTY)
    for address in (case.get_absolute_url(), f"{case.get_absolute_url()}goals/"):
        html = alice_client.get(address).content.decode()
        assert "Walk &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;shop&quot;" in html
        assert "<script>alert" not in html


def test_a_closed_case_keeps_its_goals(alice_client: Client, case: Case, alice: User) -> None:
    goal = goal_actions.add_goal(case=case, actor=alice, words="Walk")
    Case.objects.filter(pk=case.pk).update(closed_at=NOW)
    url = f"{case.get_absolute_url()}goals/"
    for name, data in ((f"{goal.pk}/end/", {}), ("add/", {"words": "Run"})):
        assert alice_client.post(f"{url}{name}", data).headers["Location"] == url
    assert list(case.functional_goals.values_list("words", "ended_at")) == [("Walk", None)]


def test_another_cases_goal_is_not_here(alice_client: Client, case: Case, alice: User) -> None:
    other = goal_actions.add_goal(case=case, actor=alice, words="Walk")
    mine = Case.objects.create(
        practice=case.practice, patient=case.patient, title="Knee", clinician=alice,
        opened_on=TODAY,
    )  # fmt: skip
    assert alice_client.post(f"{mine.get_absolute_url()}goals/{other.pk}/end/").status_code == 404


# --- When to ask --------------------------------------------------------------------------------


@pytest.fixture
def goal(case: Case, alice: User, issued: IssuedPrescription, clock: SetClock) -> FunctionalGoal:
    """Reviewed on 4 December, as the sample is; scored on 16 November."""
    made = goal_actions.add_goal(case=case, actor=alice, words="Walk to the shop")
    score(case, alice, dt.datetime(2026, 11, 16, 9, tzinfo=dt.UTC), clock, 3)
    return made


def test_due_from_a_week_before_the_review(case: Case, goal: FunctionalGoal) -> None:
    expected = [
        (dt.date(2026, 11, 16), False),
        (dt.date(2026, 11, 26), False),
        (dt.date(2026, 11, 27), True),
        (dt.date(2026, 12, 4), True),
        (dt.date(2026, 12, 20), True),
    ]
    assert [(day, goals_due(case, day)) for day, _ in expected] == expected


def test_scored_in_that_week_it_waits_two_more(
    case: Case, goal: FunctionalGoal, clock: SetClock
) -> None:
    score(case, None, dt.datetime(2026, 11, 28, 9, tzinfo=dt.UTC), clock, 5)
    days = [dt.date(2026, 11, 28), dt.date(2026, 12, 11), dt.date(2026, 12, 12)]
    assert [goals_due(case, day) for day in days] == [False, False, True]


def test_without_a_review_day_two_weeks_count(case: Case, alice: User, clock: SetClock) -> None:
    issue(case, alice, STARTED, replace(three_exercises(), review_on=None))
    goal_actions.add_goal(case=case, actor=alice, words="Walk")
    assert goals_due(case, TODAY) is True
    score(case, alice, NOW, clock, 3)
    days = [TODAY, TODAY + dt.timedelta(days=13), TODAY + dt.timedelta(days=14)]
    assert [goals_due(case, day) for day in days] == [False, False, True]


def test_nothing_is_due_without_goals_or_when_it_is_over(
    case: Case, issued: IssuedPrescription, alice: User
) -> None:
    assert goals_due(case, TODAY) is False
    goal_actions.add_goal(case=case, actor=alice, words="Walk")
    assert goals_due(case, TODAY) is True
    issued.program.ended_at = NOW
    issued.program.save()
    assert goals_due(case, TODAY) is False


def test_asking_costs_three_questions_and_then_two(case: Case, goal: FunctionalGoal) -> None:
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            goals_due(case, TODAY)
        counts.append(len(asked))
    assert counts == [3, 2]


# --- The patient's page -------------------------------------------------------------------------


@pytest.fixture
def page(case: Case, goal: FunctionalGoal, clock: SetClock) -> tuple[Client, str]:
    clock(NOW)
    phone = Client()
    return phone, f"{door_opened(phone, PatientAccess.objects.get(case=case))}goals/"


def test_a_patient_scores_and_sees_the_step(
    page: tuple[Client, str], case: Case, goal: FunctionalGoal
) -> None:
    phone, url = page
    html = phone.get(url).content.decode()
    token = re.search(r'name="token"\s+value="([^"]+)"', html)
    assert token is not None
    for _ in range(2):
        answer = phone.post(url, {"token": token[1], f"score_{goal.pk}": "6"})
        assert answer.status_code == 302
    assert [(s.score, s.by) for s in goal.scores.all()] == [
        (3, goal.created_by),
        (6, None),
    ]
    said = text_of(phone.get(answer.headers["Location"]).content.decode())
    assert "Thank you. We have your answers." in said
    assert "The first time you said 3. Last time you said 6. That is a clear step up." in said


def test_an_empty_answer_is_told_and_a_wrong_one_kept_out(
    page: tuple[Client, str], goal: FunctionalGoal
) -> None:
    phone, url = page
    for value, words in (("", "at least one of them"), ("99", "Choose a number from 0 to 10.")):
        answer = phone.post(url, {"token": str(uuid.uuid4()), f"score_{goal.pk}": value})
        assert (answer.status_code, words in answer.content.decode()) == (200, True)
    assert goal.scores.count() == 1


def test_a_stopped_or_ended_program_asks_nothing(
    page: tuple[Client, str], case: Case, alice: User
) -> None:
    phone, url = page
    ScreenAnswer.objects.create(
        case=case, kind="red_flag", code="rf_foot_drop", answer="yes", answered_by=alice
    )
    assert phone.get(url).headers["Location"] == url.removesuffix("goals/")


def test_a_stranger_finds_a_closed_door(page: tuple[Client, str]) -> None:
    assert Client().get(page[1]).status_code == 404


def test_the_page_reads_easily(page: tuple[Client, str], case: Case) -> None:
    phone, url = page
    html = phone.get(url).content.decode()
    main = text_of(html[html.index("<main") : html.index("</main>")])
    assert textstat.flesch_kincaid_grade(main) <= 6
    case.functional_goals.update(ended_at=NOW)
    assert "You have no goals here yet." in phone.get(url).content.decode()
