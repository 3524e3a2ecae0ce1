"""What an alert said, and who answered it, is never lost: each state of it is a row of its own."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.utils import timezone
from psycopg import sql

from clinic.models import User
from patients.inbox.actions import acknowledge, snooze, wake
from patients.models import Alert, AlertState, Case
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def alert(case: Case) -> Alert:
    return factories.AlertFactory(case=case, code="review", urgency="soon")


def states(alert: Alert) -> list[dict[str, Any]]:
    return [state.row for state in alert.states.order_by("pk")]


def test_each_step_is_kept_in_order(alert: Alert, alice: User) -> None:
    tomorrow = timezone.now() + dt.timedelta(days=1)
    snooze(alert=alert, actor=alice, until=tomorrow, reason="On holiday")
    wake(alert=alert, actor=alice)
    acknowledge(alert=alert, actor=alice, note="Rang her")
    rows = states(alert)
    assert [row["snooze_reason"] for row in rows] == ["", *["On holiday"] * 3]
    assert [row["note"] for row in rows] == ["", "", "", "Rang her"]
    assert [row["acknowledged_by_id"] for row in rows] == [None, None, None, alice.pk]
    assert {state.practice_id for state in alert.states.all()} == {alert.practice_id}


def test_what_was_acknowledged_stays(alert: Alert, alice: User, bob: User) -> None:
    acknowledge(alert=alert, actor=alice, note="Rang her")
    changes: list[dict[str, Any]] = [
        {"note": ""},
        {"acknowledged_by": bob},
        {"acknowledged_at": None},
        {"facts": {"made": "up"}},
        {"event": "another"},
    ]
    for change in changes:
        with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
            Alert.objects.filter(pk=alert.pk).update(**change)
    # That it holds no longer may still be found out, and is one more state.
    Alert.objects.filter(pk=alert.pk).update(ended_at=timezone.now(), ended_why="later")
    assert states(alert)[-1]["ended_why"] == "later"


@pytest.mark.parametrize("change", [{"code": "red_flag"}, {"kind": "alert"}, {"item": "x"}])
def test_what_it_is_about_stays(alert: Alert, change: dict[str, str]) -> None:
    Alert.objects.filter(pk=alert.pk).update(urgency="routine")
    row = factories.AlertFactory(case=alert.case, kind="review", code="other")
    with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
        Alert.objects.filter(pk=row.pk).update(**change)


@pytest.mark.parametrize("table", ["patients_alert", "patients_alertstate"])
def test_none_is_removed(alert: Alert, table: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))


def test_no_state_is_written_over(alert: Alert) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        AlertState.objects.update(row={})
