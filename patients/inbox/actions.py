"""Acknowledging and putting off what stands in the inbox: locked, named, audited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from clinic import audit
from clinic.models import User
from patients.inbox.card import seen_of
from patients.models import Alert, Case
from patients.response.facts import Urgency


class NotNow(Exception):  # noqa: N818 - an outcome to show, not an error
    """It cannot be done; the message says why in plain words."""


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """The alert as it stands now, and whether this call acknowledged it or somebody before."""

    alert: Alert
    mine: bool


@transaction.atomic
def acknowledge(*, alert: Alert, actor: User, note: str) -> Acknowledged:
    """Record that ``actor`` has seen to it, and how. The first word stays.

    ``PermissionDenied`` unless the actor works in the practice today.
    """
    row = locked(alert, actor)
    if not row.is_open:
        return Acknowledged(row, mine=False)
    _close(row, actor, note, timezone.now())
    return Acknowledged(row, mine=True)


@transaction.atomic
def acknowledge_together(*, alerts: Iterable[Alert], actor: User, note: str) -> None:
    """The same for several at one moment, with one note; what is acknowledged already stays."""
    rows = [locked(alert, actor) for alert in sorted(alerts, key=lambda alert: alert.pk)]
    _close_together([row for row in rows if row.is_open], actor, note)


@transaction.atomic
def acknowledge_card(
    *, alert: Alert, actor: User, note: str, seen: str | None = None
) -> Acknowledged:
    """Acknowledge everything that stands on one card with ``alert``, with one note.

    ``seen`` is what the page showed of the card: :class:`NotNow` where more came in since.
    """
    row = locked(alert, actor)
    if not row.is_open:
        return Acknowledged(row, mine=False)
    rows = _card(row)
    if seen is not None and seen != seen_of(rows):
        raise NotNow("It was reported again since you opened this page. Read it once more.")
    _close_together(rows, actor, note)
    return Acknowledged(_row_of(rows, row), mine=True)


@transaction.atomic
def acknowledge_cards(
    *, chosen: Iterable[tuple[Alert, str]], actor: User, note: str
) -> list[Acknowledged]:
    """Acknowledge several cards with one note, all or none; each stays on record by itself.

    Each comes with what the page showed of it. :class:`NotNow` where more came in since, and for
    an emergency, which needs a note of its own. What somebody acknowledged before stays theirs.
    """
    done = []
    for alert, seen in sorted(chosen, key=lambda pair: pair[0].pk):
        whom = alert.case.patient
        row = locked(alert, actor)
        if row.is_open and any(one.urgency == Urgency.EMERGENCY for one in _card(row)):
            raise NotNow(f"{whom}: an emergency needs a note of its own.")
        try:
            done.append(acknowledge_card(alert=alert, actor=actor, note=note, seen=seen))
        except NotNow as reason:
            raise NotNow(f"{whom}: {reason}") from reason
    return done


@transaction.atomic
def put_away(*, alert: Alert, actor: User) -> Acknowledged:
    """Acknowledge in one press what on this card no longer holds. Twice is once.

    :class:`NotNow` where it holds again, and for an emergency, which needs a note.
    """
    row = locked(alert, actor)
    if not row.is_open:
        return Acknowledged(row, mine=False)
    over = [other for other in _card(row) if other.ended_at is not None]
    if not over:
        raise NotNow("It holds again. Read it once more.")
    if any(other.urgency == Urgency.EMERGENCY for other in over):
        raise NotNow("This was an emergency. Acknowledge it with a note.")
    now = timezone.now()
    for other in over:
        _close(other, actor, f"Put away. {other.ended_words}", now, action="alert.put_away")
    return Acknowledged(_row_of(over, over[0]), mine=True)


@transaction.atomic
def snooze(*, alert: Alert, actor: User, until: dt.datetime, reason: str) -> Alert:
    """Put the card off until a moment, with a reason; :class:`NotNow` where it must not wait.

    Twice is once.
    """
    row = locked(alert, actor)
    if not row.is_open:
        raise NotNow(f"{row.acknowledged_by} has acknowledged this already.")
    rows = _card(row)
    if any(other.urgency == Urgency.EMERGENCY for other in rows):
        raise NotNow("An emergency cannot be snoozed. Acknowledge it with a note.")
    wanted = (until, actor.pk, reason)
    for other in rows:
        if (other.snoozed_until, other.snoozed_by_id, other.snooze_reason) == wanted:
            continue
        other.snoozed_until, other.snoozed_by, other.snooze_reason = until, actor, reason
        other.save(update_fields=["snoozed_until", "snoozed_by", "snooze_reason"])
        _record(other, actor, "alert.snooze", until=until)
    return _row_of(rows, row)


@transaction.atomic
def wake(*, alert: Alert, actor: User) -> Alert:
    """Bring the card back before its day. Twice is once."""
    row, now = locked(alert, actor), timezone.now()
    if row.is_open and row.snoozed_until is not None and row.snoozed_until > now:
        for other in _card(row):
            other.snoozed_until = now
            other.save(update_fields=["snoozed_until"])
            _record(other, actor, "alert.wake")
    return row


def _card(row: Alert) -> list[Alert]:
    """What stands on the card with ``row``, locked, in the order of their keys."""
    rows = Alert.objects.beside(row).standing_with(row).select_for_update(of=("self",))
    return list(rows.select_related("case__practice").order_by("pk"))


def _row_of(rows: list[Alert], wanted: Alert) -> Alert:
    return next(row for row in rows if row.pk == wanted.pk)


def _close_together(rows: list[Alert], actor: User, note: str) -> None:
    now = timezone.now()
    for row in rows:
        _close(row, actor, note, now)


@transaction.atomic
def acknowledge_red_flag(*, case: Case, code: str, actor: User, note: str) -> None:
    """A red flag was cleared: its alerts are seen to, with the same note."""
    rows = case.alerts.open().filter(code="red_flag", facts__red_flag=code)
    locked_rows = rows.select_for_update(of=("self",)).select_related("case__practice")
    _close_together(list(locked_rows.order_by("pk")), actor, note)


def locked(alert: Alert, actor: User) -> Alert:
    """The alert as it is now, kept from others until the transaction ends."""
    Alert.objects.select_for_update().only("pk").get(pk=alert.pk)
    row = Alert.objects.select_related("case__practice", "acknowledged_by").get(pk=alert.pk)
    if not row.case.practice.memberships.active().filter(user=actor).exists():
        raise PermissionDenied("Only a clinician of the practice answers its alerts.")
    return row


def _close(
    row: Alert, actor: User, note: str, at: dt.datetime, action: str = "alert.acknowledge"
) -> None:
    row.acknowledged_at, row.acknowledged_by, row.note = at, actor, note
    row.save(update_fields=["acknowledged_at", "acknowledged_by", "note"])
    _record(row, actor, action)


def _record(row: Alert, actor: User, action: str, **details: Any) -> None:
    audit.record(
        practice=row.case.practice,
        actor=actor,
        action=action,
        target=row,
        code=row.code,
        urgency=row.urgency,
        **details,
    )
