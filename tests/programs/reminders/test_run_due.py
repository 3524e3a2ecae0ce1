"""``manage.py run_due``: everything that is due, once, again and again, and until it is told."""

import datetime as dt
import logging
import signal
import uuid
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from clinic import wall
from clinic.models import Practice, User
from patients.models import Alert, AlertMail, Case, CaseResponse
from programs.access.models import PatientAccess
from programs.exercises.models import CatalogueLoad
from programs.prescriptions.models import IssuedPrescription, Program
from programs.reminders.models import Reminder
from programs.sessions import responses
from programs.sessions.daily import due, refresh_answers
from tests.clinic.server.processes import line, started
from tests.clock import NOW, SetClock
from tests.every_row import every
from tests.programs.portal.conftest import days_ago, issue_for, make_case
from tests.programs.reminders.conftest import EVERY_DAY, reminder_for
from tests.waiting import PATIENCE_S


def run() -> str:
    out = StringIO()
    call_command("run_due", stdout=out)
    return out.getvalue().strip()


def due_now(access: PatientAccess) -> Reminder:
    """A reminder that fell due a minute ago."""
    clock = timezone.now().astimezone(access.case.practice.zone) - dt.timedelta(minutes=1)
    at = clock.time().replace(microsecond=0)
    return reminder_for(access, at=at, days=EVERY_DAY, since=days_ago(1), confirmed_at=days_ago(1))


@pytest.mark.django_db
def test_it_sends_judges_and_says_how_many(access: PatientAccess) -> None:
    due_now(access)
    practice = access.case.practice
    practice.alert_email = "desk@example.org"
    practice.save()
    alert = Alert.objects.create(
        case=access.case, kind="alert", code="red_flag", urgency="emergency", rank=0
    )
    AlertMail.objects.create(alert=alert, to="desk@example.org")
    assert run() == "alert e-mails sent: 1, cases judged: 1, programs judged: 1, reminders sent: 1"
    assert [m.to for m in mail.outbox] == [["desk@example.org"], ["margaret@example.org"]]
    assert run() == "Nothing was due."


@pytest.mark.django_db
def test_nothing_personal_is_logged(
    access: PatientAccess, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    due_now(access)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with caplog.at_level(logging.DEBUG):
        said = run()
    assert said == "cases judged: 1, programs judged: 1, reminders server: 1"
    told = caplog.text + said
    assert [w for w in ("margaret", "Margaret", "Ellison", access.token) if w in told] == []


@pytest.mark.django_db
def test_a_case_is_judged_when_its_answer_is_due(access: PatientAccess, clock: SetClock) -> None:
    case = access.case
    assert refresh_answers(timezone.now()) == {"judged": 1}
    assert refresh_answers(timezone.now()) == {}
    # A fact that changed: as when a clinician clears a red flag.
    Case.objects.update(facts_changed_at=timezone.now())
    assert refresh_answers(timezone.now()) == {"judged": 1}
    kept = CaseResponse.objects.get(case=case)
    assert kept.judge_at > timezone.now()
    clock(kept.judge_at - dt.timedelta(seconds=1))
    assert refresh_answers(timezone.now()) == {}
    clock(kept.judge_at)
    assert refresh_answers(timezone.now()) == {"judged": 1}


@pytest.mark.django_db
def test_an_answer_by_other_rules_is_due(access: PatientAccess) -> None:
    refresh_answers(timezone.now())
    for other in ("", "zzz"):
        CaseResponse.objects.update(edition=other)
        assert refresh_answers(timezone.now()) == {"judged": 1}


@pytest.mark.django_db
def test_the_day_is_that_of_the_practice(
    access: PatientAccess, other_practice: Practice, charlie: User
) -> None:
    """After a report it is judged again when the practice's next day begins."""
    other_practice.time_zone = "Pacific/Auckland"
    other_practice.save()
    theirs = make_case(other_practice, charlie, "Nora Reed", dt.date(1960, 5, 5))
    issue_for(theirs, charlie)
    for case in (access.case, theirs):
        responses.refresh(case)
    found = dict(CaseResponse.objects.values_list("case__patient__full_name", "judge_at"))
    assert found == {
        access.case.patient.full_name: dt.datetime(2026, 11, 21, tzinfo=dt.UTC),
        "Nora Reed": dt.datetime(2026, 11, 20, 11, tzinfo=dt.UTC),
    }


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["settings", "catalogue", "version"])
def test_what_else_it_is_judged_by_makes_it_due(access: PatientAccess, how: str) -> None:
    refresh_answers(timezone.now())
    practice = access.case.practice
    assert due(practice.pk, timezone.now(), set()) == []
    if how == "settings":
        practice.pain_green_max = 2
        practice.save()
    elif how == "catalogue":
        CatalogueLoad.objects.create(digest="another")
    else:
        issue_for(access.case, access.case.clinician)
    assert due(practice.pk, timezone.now(), set()) == [access.case_id]
    with wall.closed():
        assert refresh_answers(timezone.now()) == {"judged": 1}
    practice.phone = "020 7946 0000"
    practice.save()
    assert due(practice.pk, timezone.now(), set()) == []


@pytest.mark.django_db
def test_what_runs_again_is_judged_again(access: PatientAccess) -> None:
    Case.objects.update(closed_at=timezone.now())
    assert refresh_answers(timezone.now()) == {}
    assert list(CaseResponse.objects.values_list("watched", flat=True)) == [False]
    Case.objects.update(closed_at=None)
    assert refresh_answers(timezone.now()) == {"judged": 1}


@pytest.mark.django_db
def test_what_only_time_brings_is_raised_without_a_log(
    access: PatientAccess, clock: SetClock
) -> None:
    """Nobody did anything for two weeks: ask what is in the way."""
    now = NOW + dt.timedelta(days=20)
    clock(now)
    assert refresh_answers(now) == {"judged": 1}
    assert list(access.case.alerts.values_list("kind", "code")) == [("review", "ask_barriers")]


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["closed", "archived", "ended"])
def test_what_is_over_is_not_judged(access: PatientAccess, how: str) -> None:
    case = access.case
    if how == "closed":
        Case.objects.update(closed_at=timezone.now())
    elif how == "archived":
        case.patient.archived_at = timezone.now()
        case.patient.save()
    else:
        case.programs.update(ended_at=timezone.now(), draft_open=False)
    assert refresh_answers(timezone.now()) == {}


@pytest.mark.django_db
def test_one_case_that_cannot_be_judged_holds_up_no_other(
    access: PatientAccess, alice: User, caplog: pytest.LogCaptureFixture
) -> None:
    other = make_case(access.case.practice, alice, "Arthur Ellison", dt.date(1948, 7, 1))
    program = Program.objects.create(case=other, title="Back", created_by=alice, changed_by=alice)
    IssuedPrescription.objects.create(
        program=program,
        version=1,
        payload={"schema_version": 99, "patient_name": "Arthur Ellison"},
        draft={},
        digest="0" * 64,
        issue_key=uuid.uuid4(),
        issued_by=alice,
    )
    assert refresh_answers(timezone.now()) == {"judged": 1, "failed": 1}
    assert f"Case {other.pk} could not be judged (PrescriptionError)" in caplog.text
    assert "Arthur" not in caplog.text


@pytest.mark.django_db
def test_trouble_in_one_part_is_told_and_stops_no_other(access: PatientAccess) -> None:
    due_now(access)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE patients_alertmail RENAME TO elsewhere")
    with pytest.raises(CommandError, match=r"^Not everything could be done: alert e-mails\.$"):
        run()
    assert [m.to for m in mail.outbox] == [["margaret@example.org"]]


@every("every", ["0", "-1", "x", "1.5", "86401", "9" * 40, "²", "0" * 8 + "1" * 9])
def test_an_interval_must_make_sense(every: str) -> None:
    with pytest.raises(CommandError, match="whole number of seconds from 1 to 86400"):
        call_command("run_due", "--every", every)


PARTS = (
    "alert e-mails", "letters", "cases", "programs", "alert e-mails", "reminders", "heartbeat",
    "figures",
)  # fmt: skip
AWAY = "postgres://nobody@127.0.0.1:1/nothing"


@pytest.mark.parametrize("how", [signal.SIGTERM, None], ids=str)
def test_it_outlasts_a_database_that_is_away_and_ends_in_order(how: signal.Signals | None) -> None:
    """Told by a signal, or by the end of its input, as when its parent was killed."""
    arguments = ("run_due", "--every", "1", "--until-input-ends", "--verbosity", "2")
    with started("manage.py", *arguments, DATABASE_URL=AWAY, DEBUG="1") as process:
        assert line(process) == "Doing what is due every 1 seconds."
        for _ in range(2):
            parts = [line(process).partition("later: ")[2] for _ in PARTS]
            assert parts == [f"{part} (OperationalError)" for part in PARTS]
        if how is None:
            assert process.stdin is not None
            process.stdin.close()
            process.stdin = None
        else:
            process.send_signal(how)
        assert process.wait(timeout=PATIENCE_S) == 0
