"""What a clinician put off comes back at once when it happens anew."""

import datetime as dt
import uuid

from django.utils import timezone

from clinic.models import Practice, User
from patients.inbox.actions import snooze
from patients.models import Alert, AlertMail, Case
from programs.sessions import responses
from tests.programs.sessions.conftest import Send, ago, symptoms

FLAG = "rf_foot_drop"


def put_off(case: Case, by: User) -> Alert:
    alert = case.alerts.get(code="red_flag")
    return snooze(
        alert=alert,
        actor=by,
        until=timezone.now() + dt.timedelta(days=30),
        reason="Seen by the surgeon tomorrow",
    )


def waits(case: Case) -> bool:
    return case.alerts.filter(code="red_flag").get() in Alert.objects.waiting()


def test_a_red_flag_that_is_told_again_is_not_put_off_any_more(
    case: Case, practice: Practice, alice: User, send: Send
) -> None:
    practice.alert_email = "desk@example.org"
    practice.save()
    case.refresh_from_db()
    send(symptoms(uuid.uuid4(), ago(hours=2), "before", red_flags=(FLAG,)))
    AlertMail.objects.update(sent_at=timezone.now(), attempts=1)
    put_off(case, alice)
    assert not waits(case)
    send(symptoms(uuid.uuid4(), ago(minutes=1), "before", red_flags=(FLAG,)))
    assert waits(case)
    letter = AlertMail.objects.get()
    assert (letter.sent_at, letter.attempts) == (None, 0)


def test_other_reports_leave_it_put_off(case: Case, alice: User, send: Send) -> None:
    send(symptoms(uuid.uuid4(), ago(hours=2), "before", red_flags=(FLAG,)))
    put_off(case, alice)
    send(symptoms(uuid.uuid4(), ago(minutes=1), "before", pain=3))
    responses.refresh(case)
    assert not waits(case)
