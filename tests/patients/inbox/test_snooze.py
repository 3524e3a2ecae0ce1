"""What can wait is put off with a reason and comes back; an emergency is not put off."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic.models import AuditEntry, Practice, User
from patients.inbox import actions as inbox_actions
from patients.models import Alert, AlertState
from tests.every_row import every
from tests.patients.inbox.test_inbox import URL, titles
from tests.patients.pages import days_ago, errors, said, texts

pytestmark = pytest.mark.django_db


def snooze(alert: Alert) -> str:
    return reverse("alert_snooze", args=[alert.pk])


def test_a_review_is_put_off_with_a_reason_and_comes_back(
    bob_client: Client, practice: Practice, review: Alert
) -> None:
    day = days_ago(-3)
    page = bob_client.post(
        snooze(review), {"until": day.isoformat(), "reason": "Visit on that day."}, follow=True
    )
    words = f"{day.day} {day:%b %Y}"
    assert said(page) == [f"Review the program: comes back on {words}."]
    assert (titles(page), texts(page, "site-nav__count")) == ([], [])
    later = bob_client.get(URL, {"show": "snoozed"})
    assert texts(later, "alert-item__snoozed") == [
        f"Put off until {words} by Bob Brown: Visit on that day."
    ]
    review.refresh_from_db()
    assert timezone.localtime(review.snoozed_until, practice.zone).hour == 0
    Alert.objects.update(snoozed_until=timezone.now() - timedelta(minutes=1))
    assert titles(bob_client.get(URL)) == ["Review the program"]


def test_put_off_twice_to_the_same_day_is_once(bob_client: Client, review: Alert) -> None:
    data = {"until": days_ago(-3).isoformat(), "reason": "Visit on that day."}
    for _ in range(2):
        bob_client.post(snooze(review), data)
    stood = AlertState.objects.filter(alert=review).count()
    assert AuditEntry.objects.filter(action="alert.snooze").count() == 1
    bob_client.post(snooze(review), {**data, "reason": "Rang: visit moved."})
    assert AuditEntry.objects.filter(action="alert.snooze").count() == 2
    assert AlertState.objects.filter(alert=review).count() == stood + 1


def test_what_was_put_off_is_brought_back_early(bob_client: Client, review: Alert) -> None:
    bob_client.post(snooze(review), {"until": days_ago(-9).isoformat(), "reason": "Visit."})
    for _ in range(2):
        page = bob_client.post(reverse("alert_wake", args=[review.pk]), follow=True)
    assert titles(page) == ["Review the program"]
    assert AuditEntry.objects.filter(action="alert.wake").count() == 1


@every(
    ("days", "reason", "message"),
    [
        (0, "Visit.", "Choose a day from"),
        (-61, "Visit.", "Choose a day from"),
        (-2, "", "Write why it can wait."),
        (-2, " . ", "Write why it can wait."),
    ],
)
def test_a_wrong_day_or_no_reason_puts_nothing_off(
    bob_client: Client, review: Alert, days: int, reason: str, message: str
) -> None:
    data = {"until": days_ago(days).isoformat(), "reason": reason}
    page = bob_client.post(snooze(review), data)
    (error,) = errors(page)
    assert error.startswith(message)
    assert page.context["form"]["until"].value() == data["until"]
    review.refresh_from_db()
    assert review.snoozed_until is None


def test_an_emergency_cannot_wait(bob_client: Client, bob: User, alert: Alert) -> None:
    data = {"until": days_ago(-2).isoformat(), "reason": "Visit."}
    page = bob_client.post(snooze(alert), data, follow=True)
    assert said(page) == ["An emergency cannot be snoozed. Acknowledge it with a note."]
    assert texts(page, "alert-item__snooze") == []
    with pytest.raises(inbox_actions.NotNow):
        inbox_actions.snooze(alert=alert, actor=bob, until=timezone.now(), reason="Later.")
