"""Logs are stored once, corrected for 48 hours, and judged at once."""

import dataclasses
import datetime as dt
import uuid

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from clinic.models import User
from patients.models import Alert, AlertMail, Case, ResponseMark, SymptomLog
from patients.screening.actions import clear_red_flag
from programs.portal.door import opening
from programs.prescriptions.models import IssuedPrescription
from programs.sessions import responses
from programs.sessions.actions import store
from programs.sessions.entries import Batch
from programs.sessions.models import ExerciseLog, SessionLog
from programs.sessions.prescribed import dose_asked
from tests.programs.portal.conftest import issue_for
from tests.programs.samples import sample_prescription
from tests.programs.sessions.conftest import (
    BEND_BACK,
    BEND_FORWARD,
    Send,
    ago,
    ended,
    exercise,
    symptoms,
)

S1, S2 = uuid.UUID(int=1), uuid.UUID(int=2)


def spread(session: uuid.UUID, start: dt.datetime, item: str = BEND_BACK) -> list[object]:
    """A session after which the leg is worse, still so at the check."""
    minutes = lambda n: start + dt.timedelta(minutes=n)  # noqa: E731
    return [
        symptoms(session, start, "before", pain=4, regions=("thigh_back_right",), kinds=()),
        exercise(session, minutes(5), item),
        symptoms(session, minutes(6), "after", pain=5, regions=("calf_right",), provoked=(item,)),
        ended(session, minutes(6)),
        symptoms(session, minutes(12), "settled", pain=5, regions=("calf_right",)),
    ]


def test_what_is_sent_twice_is_stored_once(case: Case, send: Send) -> None:
    entries = spread(S1, ago(hours=1))
    first, second = send(*entries), send(*entries)
    assert (len(first.stored), first.known, first.refused) == (5, (), ())
    assert (second.stored, len(second.known), second.refused) == ((), 5, ())
    assert (SymptomLog.objects.count(), ExerciseLog.objects.count()) == (3, 1)
    assert SessionLog.objects.get().state == "finished"
    assert case.alerts.filter(kind="alert").count() == 1


def test_the_order_of_arrival_does_not_matter(case: Case, send: Send) -> None:
    entries = spread(S1, ago(hours=1))
    send(*reversed(entries))
    assert case.response.outcome == "stop_exercise"
    session = SessionLog.objects.get()
    assert session.started_at <= session.exercises.get().at


def test_what_was_done_stands_beside_what_was_asked(send: Send, issued: IssuedPrescription) -> None:
    send(exercise(S1, ago(minutes=9), BEND_FORWARD, state="partly", sets=1, reps=6, seconds=5))
    row = ExerciseLog.objects.get()
    asked = {i.item: i.dosage.to_dict() for i in issued.prescription().items}[BEND_FORWARD]
    assert (dose_asked(row).to_dict(), row.sets, row.reps, row.seconds) == (asked, 1, 6, 5)
    # The version says it: it is not written beside each log once more.
    assert row.asked is None
    assert row.session.prescription == issued


def test_a_lasting_spread_pauses_the_exercise_and_asks_the_clinician(
    case: Case, send: Send
) -> None:
    response = send(*spread(S1, ago(hours=1))).response
    assert (response.outcome, response.answer["paused"]) == ("stop_exercise", [BEND_BACK])
    raised = {(a.kind, a.code, a.item) for a in case.alerts.all()}
    assert raised == {
        ("alert", "peripheralising", BEND_BACK),
        ("review", "extension_not_tolerated", BEND_BACK),
        ("review", "review_direction", BEND_BACK),
    }
    assert {a.item_name for a in case.alerts.all()} == {"Standing back bend"}


def test_an_alert_comes_again_only_for_a_new_occurrence(
    case: Case, send: Send, alice: User
) -> None:
    send(*spread(S1, ago(hours=30)))
    alerts = case.alerts.filter(code="peripheralising")
    alerts.update(acknowledged_at=timezone.now(), acknowledged_by=alice, note="Called her.")
    responses.refresh(case)
    assert alerts.count() == 1
    send(*spread(S2, ago(hours=1)))
    assert [a.is_open for a in alerts.order_by("pk")] == [False, True]


def test_a_reinstated_exercise_is_paused_no_longer(case: Case, send: Send, alice: User) -> None:
    send(*spread(S1, ago(hours=1)))
    ResponseMark.objects.create(
        case=case, kind="reinstated", code=BEND_BACK, by=alice, note="Smaller range."
    )
    assert responses.refresh(case).answer["paused"] == []
    live = case.alerts.filter(ended_at=None)
    assert not live.exists()


def test_a_red_flag_stops_everything_and_mails_without_a_word_of_health(
    case: Case, send: Send
) -> None:
    case.practice.alert_email = "desk@example.org"
    case.practice.save()
    flag = "rf_saddle_numbness"
    response = send(symptoms(S1, ago(minutes=1), "before", red_flags=(flag,))).response
    assert response.outcome == "get_help"
    assert opening.is_paused(case)
    alert = case.alerts.get()
    assert (alert.code, alert.urgency, alert.rank) == ("red_flag", "emergency", 0)
    assert AlertMail.objects.get().to == "desk@example.org"
    answer = case.answers.get()
    assert (answer.code, answer.answer, answer.who) == (flag, "yes", "The patient")


def test_a_cleared_red_flag_opens_again_when_it_is_reported_again(
    case: Case, send: Send, alice: User
) -> None:
    flag = "rf_foot_drop"
    send(symptoms(S1, ago(minutes=9), "before", red_flags=(flag,)))
    clear_red_flag(answer=case.answers.get(), actor=alice, note="Seen by the GP, old.")
    assert responses.refresh(case).outcome == "carry_on"
    assert not case.alerts.filter(ended_at=None).exists()
    # Written before the clearance on a phone without a connection, and sent after it.
    late = send(symptoms(S2, ago(minutes=5), "before", red_flags=(flag,)))
    assert late.response.outcome == "get_help"
    assert opening.is_paused(case)


def test_a_correction_keeps_the_earlier_value(case: Case, send: Send) -> None:
    wrong = symptoms(S1, ago(hours=2), "before", pain=9, regions=("calf_right",))
    send(wrong)
    right = symptoms(S2, ago(minutes=1), "after", pain=2, regions=(), corrects=wrong.id)
    assert send(right).stored == (right.id,)
    first, second = SymptomLog.objects.order_by("pk")
    assert (first.pain, second.pain, second.corrects) == (9, 2, first)
    assert (second.at, second.phase, second.session) == (first.at, "before", S1)
    assert list(SymptomLog.objects.standing()) == [second]
    again = symptoms(S2, ago(minutes=0), "after", pain=3, corrects=wrong.id)
    send(again)
    assert SymptomLog.objects.standing().get().corrects == second


def test_after_48_hours_a_patient_corrects_no_more(case: Case, send: Send, alice: User) -> None:
    wrong = symptoms(S1, ago(hours=60), "before", pain=9)
    send(wrong, received_at=ago(hours=49))
    late = dataclasses.replace(wrong, id=uuid.uuid4(), at=timezone.now(), corrects=wrong.id)
    assert [r.field for r in send(late).refused] == ["corrects"]
    assert send(late, entered_by=alice).stored == (late.id,)


def test_a_red_flag_counts_even_where_it_was_corrected_away(case: Case, send: Send) -> None:
    flagged = symptoms(S1, ago(hours=1), "before", red_flags=("rf_major_trauma",))
    send(flagged)
    send(symptoms(S1, ago(minutes=1), "before", pain=1, corrects=flagged.id))
    assert responses.refresh(case).outcome == "get_help"


def test_entries_that_cannot_be_stored_are_refused_and_the_rest_is_not(
    case: Case, send: Send
) -> None:
    good = exercise(S1, ago(minutes=5), BEND_FORWARD)
    done = send(
        exercise(S1, ago(minutes=5), "somebody-elses"),
        symptoms(S1, ago(minutes=5), "after", provoked=("somebody-elses",)),
        symptoms(S1, ago(days=401), "before", pain=1),
        symptoms(S1, ago(minutes=5), "before", pain=1, corrects=uuid.uuid4()),
        good,
    )
    assert [r.field for r in done.refused] == ["item", "provoked", "at", "corrects"]
    assert done.stored == (good.id,)


def test_a_clock_that_is_off_is_put_right(case: Case, send: Send) -> None:
    now = timezone.now()
    off = dt.timedelta(days=-900)
    send(
        symptoms(S1, now + off - dt.timedelta(minutes=10), "before", pain=3),
        sent_at=now + off,
        received_at=now,
    )
    assert SymptomLog.objects.get().at == now - dt.timedelta(minutes=10)


def test_a_log_from_the_future_counts_as_now(case: Case, send: Send) -> None:
    now = timezone.now()
    send(symptoms(S1, now + dt.timedelta(days=3), "before", pain=3), received_at=now)
    assert SymptomLog.objects.get().at == now


def test_an_older_version_is_kept_beside_the_session(
    case: Case, send: Send, issued: IssuedPrescription, alice: User
) -> None:
    newer = issue_for(case, alice, sample_prescription(2, figures=False))
    send(exercise(S1, ago(minutes=5), BEND_BACK), prescription=issued.pk)
    send(exercise(S2, ago(minutes=5), "item-0"))
    assert [s.prescription for s in SessionLog.objects.order_by("pk")] == [issued, newer]


def test_opening_is_never_counted_as_doing(case: Case, send: Send) -> None:
    nothing = responses.refresh(case).answer
    opened = (ended(S1, ago(minutes=5), "open"), symptoms(S1, ago(minutes=5), "before", pain=9))
    assert send(*opened).response.answer == nothing


def test_logs_are_never_changed_or_removed(case: Case, send: Send) -> None:
    send(symptoms(S1, ago(minutes=5), "before", pain=1), exercise(S1, ago(minutes=4), BEND_BACK))
    for row in (SymptomLog.objects.all(), ExerciseLog.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            row.update(at=timezone.now())
        with pytest.raises(DatabaseError), transaction.atomic():
            row._raw_delete(row.db)


def test_a_case_without_a_program_takes_symptoms_and_refuses_sessions(
    practice: object, case: Case
) -> None:
    done = store(
        case=case,
        batch=Batch((symptoms(S1, ago(minutes=1), "before", pain=1), ended(S1, ago(minutes=1)))),
    )
    assert (len(done.stored), [r.field for r in done.refused]) == (1, ["session"])


def test_alerts_of_a_state_stay_quiet_while_it_lasts(case: Case, send: Send, alice: User) -> None:
    IssuedPrescription.objects.filter(program__case=case)
    review = Alert(
        case=case,
        kind="review",
        code="ask_barriers",
        urgency="routine",
        rank=3,
        acknowledged_at=timezone.now(),
        acknowledged_by=alice,
        note="Asked.",
    )
    review.save()
    responses.refresh(case)
    review.refresh_from_db()
    # Nothing of the kind stands today, so the next time it does it is raised again.
    assert review.ended_at is not None


def test_a_clinicians_word_is_about_what_had_arrived(case: Case, send: Send, alice: User) -> None:
    send(*spread(S1, ago(hours=3)), received_at=ago(hours=2.5))
    ResponseMark.objects.create(
        case=case, kind="reinstated", code=BEND_BACK, by=alice, note="Smaller.", at=ago(hours=1)
    )
    assert responses.refresh(case).answer["paused"] == []
    # Written two hours ago on a phone without a connection, and sent only now.
    late = send(*spread(S2, ago(hours=2)))
    assert late.response.answer["paused"] == [BEND_BACK]


def test_weakness_told_late_is_not_cleared_before_it_came(
    case: Case, send: Send, alice: User
) -> None:
    send(symptoms(S1, ago(hours=3), "after", kinds=("numbness",)), received_at=ago(hours=3))
    cleared = {"kind": "cleared", "code": "neurological_change", "by": alice, "note": "Seen."}
    ResponseMark.objects.create(case=case, at=ago(hours=1), **cleared)
    late = send(symptoms(S2, ago(hours=2), "after", kinds=("weakness",)))
    assert late.response.outcome == "get_help"
