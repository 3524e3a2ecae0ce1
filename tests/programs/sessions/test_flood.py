"""A device that sends without end fills no disk, and never keeps a warning sign out."""

import uuid

import pytest

from clinic.models import User
from patients.models import Case
from programs.sessions import actions as session_actions
from tests.programs.sessions.conftest import Send, ago, ended, exercise, symptoms

S1 = uuid.UUID(int=1)


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """As for a day of thousands, with numbers that a test can fill."""
    monkeypatch.setattr(session_actions, "MOST_A_DAY", 4)
    monkeypatch.setattr(session_actions, "MOST_FLAGS", 1)


def test_beyond_a_days_limit_an_entry_is_refused_in_words(case: Case, send: Send) -> None:
    at = ago(hours=1)
    first = send(exercise(S1, at, "item-0"), symptoms(S1, at, "before", pain=1))
    assert (len(first.stored), first.refused) == (2, ())
    more = [symptoms(S1, at, "after", pain=n) for n in range(3)]
    second = send(*more)
    assert [r.message for r in second.refused] == [session_actions.TOO_MANY] * 2
    assert (len(second.stored), second.refused[0].id) == (1, str(more[1].id))
    assert send(ended(uuid.uuid4(), at)).refused != ()
    assert len(send(*more[:1]).known) == 1


def test_a_warning_sign_still_comes_through(case: Case, send: Send) -> None:
    send(*(symptoms(S1, ago(hours=1), "before", pain=n) for n in range(4)))
    flags = [symptoms(S1, ago(minutes=5), "before", red_flags=("rf_foot_drop",)) for _ in range(2)]
    assert [len(send(flag).refused) for flag in flags] == [0, 1]
    assert case.alerts.filter(code="red_flag").count() == 1


def test_yesterdays_entries_and_a_clinicians_do_not_count(
    case: Case, send: Send, alice: User
) -> None:
    old = ago(hours=25)
    send(*(symptoms(S1, old, "before", pain=n) for n in range(4)), received_at=old)
    assert send(symptoms(S1, ago(minutes=5), "after", pain=1)).refused == ()
    typed = [symptoms(S1, ago(minutes=5), "during", pain=n) for n in range(4)]
    assert send(*typed, entered_by=alice).refused == ()


def test_an_archived_case_takes_in_nothing_and_says_so(case: Case, send: Send) -> None:
    """As it is under the lock, whatever was read before."""
    known = symptoms(S1, ago(minutes=9), "before", pain=1)
    send(known)
    now = ago(minutes=1)
    Case.objects.filter(pk=case.pk).update(closed_at=now, archived_at=now)
    sign = symptoms(S1, ago(minutes=5), "before", red_flags=("rf_foot_drop",))
    done = send(known, sign, exercise(S1, ago(minutes=5), "item-0"), ended(S1, ago(minutes=4)))
    assert (done.stored, done.known) == ((), (known.id,))
    assert [r.message for r in done.refused] == [session_actions.PUT_AWAY] * 3
    assert (case.symptom_logs.count(), case.alerts.count(), case.answers.count()) == (1, 0, 0)
