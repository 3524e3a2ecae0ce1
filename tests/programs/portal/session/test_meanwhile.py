"""What happens between opening a page and sending it: nothing is lost, nothing is mixed up."""

import datetime as dt
import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic.models import User
from patients.models import Alert, Case, ScreenAnswer
from patients.screening.actions import clear_red_flag
from programs.access.models import PatientAccess
from programs.prescriptions.models import IssuedPrescription
from programs.sessions import actions as session_actions
from programs.sessions import responses
from programs.sessions.entries import SymptomEntry
from programs.sessions.models import ExerciseLog, SessionLog
from tests.clock import NOW, SetClock
from tests.programs.portal.conftest import issue_for
from tests.programs.portal.reports import report
from tests.programs.portal.reports import session as done_session
from tests.programs.portal.session.test_session import RUN, answers, five
from tests.programs.portal.today.test_program import read
from tests.programs.samples import sample_exercise, sample_prescription

pytestmark = pytest.mark.django_db

HIDDEN = re.compile(r'<input type="hidden"\s+name="([^"]+)"\s+value="([^"]*)"')


def hidden(phone: Client, url: str) -> dict[str, str]:
    """What the page sends beside what is typed."""
    return dict(HIDDEN.findall(read(phone, url)))


@pytest.fixture
def issued(case: Case, alice: User) -> IssuedPrescription:
    return issue_for(case, alice, five())


@pytest.fixture
def session(page: str) -> str:
    return f"{page}session/"


def filled(phone: Client, session: str, **changes: Any) -> dict[str, Any]:
    return {**answers(), **hidden(phone, session), "run": RUN, **changes}


def done(case: Case) -> list[tuple[str, str]]:
    rows = ExerciseLog.objects.standing().filter(session__case=case)
    return list(rows.order_by("pk").values_list("item", "state"))


BOTH = [("item-0", "done"), ("item-2", "partly")]


def test_a_session_is_stored_with_the_version_that_was_shown(
    phone: Client, session: str, case: Case, issued: IssuedPrescription, alice: User
) -> None:
    sent = filled(phone, session)
    others = tuple(sample_exercise(n, figures=False) for n in (9, 7))
    issue_for(case, alice, sample_prescription(1, items=others))
    assert phone.post(session, sent).status_code == 302
    assert done(case) == BOTH
    assert SessionLog.objects.get().prescription == issued


def test_a_mistake_on_an_old_page_keeps_what_was_typed(
    phone: Client, session: str, case: Case, issued: IssuedPrescription, alice: User
) -> None:
    sent = filled(phone, session, **{"exercise-1-seconds": "many"})
    issue_for(case, alice, sample_prescription(1))
    text = phone.post(session, sent).content.decode()
    assert 'value="many"' in text
    assert dict(HIDDEN.findall(text))["issued"] == str(issued.pk)


def test_another_cases_version_is_not_taken(
    phone: Client, session: str, case: Case, issued: IssuedPrescription, neighbour: PatientAccess
) -> None:
    theirs = IssuedPrescription.objects.get(program__case=neighbour.case)
    for odd in (str(theirs.pk), "9" * 40, "x\x00", "-1", "٣"):
        assert phone.post(session, filled(phone, session, issued=odd)).status_code == 302
    assert SessionLog.objects.get().prescription == issued


def test_what_was_done_is_kept_when_the_program_stopped_meanwhile(
    phone: Client, page: str, session: str, case: Case
) -> None:
    sent = filled(phone, session)
    now = timezone.now()
    key = uuid.uuid4()
    flag = SymptomEntry(key, key, now, "before", red_flags=("rf_foot_drop",))
    report(case, flag, at=now)
    assert phone.post(session, sent).status_code == 302
    assert done(case) == BOTH
    assert "Please stop your programme" in read(phone, page)


def test_what_was_done_is_kept_when_it_was_paused_meanwhile(
    phone: Client, session: str, case: Case
) -> None:
    sent = filled(phone, session)
    kept = responses.refresh(case)
    kept.answer["paused"] = ["item-2"]
    kept.save()
    assert phone.post(session, sent).status_code == 302
    assert done(case) == BOTH


def test_what_was_done_is_kept_when_the_program_ended_meanwhile(
    phone: Client, session: str, case: Case, issued: IssuedPrescription
) -> None:
    sent = filled(phone, session)
    issued.program.ended_at = timezone.now()
    issued.program.save()
    assert phone.post(session, sent).status_code == 302
    assert done(case) == BOTH


def test_the_answer_of_the_next_day_is_kept_when_the_program_stopped_meanwhile(
    phone: Client, page: str, case: Case
) -> None:
    now = timezone.now()
    run = done_session(case, now - dt.timedelta(days=1), done=["item-0"])
    url = f"{page}check/next_day/{run.client_id}/"
    sent = {**hidden(phone, url), "check-pain": "6"}
    key = uuid.uuid4()
    report(case, SymptomEntry(key, key, now, "before", red_flags=("rf_foot_drop",)), at=now)
    for odd in ("many", "6", "7"):
        answer = phone.post(url, {**sent, "check-pain": odd})
        assert (answer.status_code, answer.headers["Location"]) == (302, page)
    assert [log.pain for log in case.symptom_logs.filter(phase="next_day")] == [6]


def test_what_cannot_be_stored_is_said(
    phone: Client, session: str, case: Case, clock: SetClock
) -> None:
    """A page left open for days, changed and sent again: the first word stands by then."""
    assert phone.post(session, filled(phone, session)).status_code == 302
    clock(NOW + dt.timedelta(hours=49))
    answer = phone.post(session, answers(**{"exercise-1-state": "partly"}))
    assert answer.status_code == 200
    assert "This is more than 48 hours old." in answer.content.decode()
    assert done(case) == BOTH


def test_a_sign_that_is_told_again_after_it_was_cleared_is_a_new_report(
    phone: Client, page: str, case: Case, issued: IssuedPrescription, bob: User
) -> None:
    wrong = f"{page}wrong/"
    for _ in range(2):
        sent = {"signs": ["rf_foot_drop"], **hidden(phone, wrong)}
        for _ in range(2):
            assert phone.post(wrong, sent).status_code == 200
        [row] = ScreenAnswer.objects.open_stops()
        clear_red_flag(answer=row, actor=bob, note="Seen today.")
    assert (case.symptom_logs.count(), Alert.objects.filter(code="red_flag").count()) == (2, 2)


def test_a_sign_told_again_while_a_clinician_clears_it_stays(
    phone: Client, page: str, case: Case, issued: IssuedPrescription, bob_client: Client
) -> None:
    """Nobody clears a report that came in after their page did."""
    tell = {"signs": ["rf_foot_drop"]}
    phone.post(f"{page}wrong/", {**tell, **hidden(phone, f"{page}wrong/")})
    [row] = ScreenAnswer.objects.open_stops()
    url = reverse("red_flag_clear", args=[case.pk, row.pk])
    sent = {"note": "Seen today.", **hidden(bob_client, url)}
    phone.post(f"{page}wrong/", {**tell, **hidden(phone, f"{page}wrong/")})
    answer = bob_client.post(url, sent)
    assert "The patient reported this again since you opened this page." in answer.content.decode()
    assert ScreenAnswer.objects.open_stops().count() == 1
    sent = {"note": "Seen today.", **hidden(bob_client, url)}
    assert bob_client.post(url, sent).status_code == 302
    assert ScreenAnswer.objects.open_stops().count() == 0


def test_a_report_that_was_not_stored_is_not_said_to_be_sent(
    phone: Client, page: str, issued: IssuedPrescription, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_actions, "MOST_A_DAY", 0)
    monkeypatch.setattr(session_actions, "MOST_FLAGS", 1)
    said = []
    for sign in ("rf_foot_drop", "rf_saddle_numbness"):
        text = phone.post(f"{page}wrong/", {"signs": [sign]}).content.decode()
        said.append(("has been sent to us" in text, session_actions.TOO_MANY in text))
    assert said == [(True, False), (False, True)]


def test_a_case_that_was_archived_meanwhile_says_that_nothing_is_kept(
    phone: Client, session: str, page: str, case: Case, issued: IssuedPrescription
) -> None:
    sent = filled(phone, session)
    Case.objects.filter(pk=case.pk).update(closed_at=NOW, archived_at=NOW)
    assert phone.post(session, sent).headers["Location"] == page
    assert "What you send us here is not kept any more. Please call us" in read(phone, page)
    told = phone.post(f"{page}wrong/", {"signs": ["rf_foot_drop"]}).content.decode()
    assert session_actions.PUT_AWAY in told
    assert "has been sent to us" not in told
    assert done(case) == []
