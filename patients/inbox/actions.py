"""Acknowledging and putting off what stands in the inbox: locked, named, audited."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from clinic import audit
from clinic.models import User
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
def acknowledge(*, alert: Alert, actor: User, note: str, seen: str | None = None) -> Acknowledged:
    """Record that ``actor`` has seen to it, and how. The first word stays.

    ``seen`` is the event that the page showed: :class:`NotNow` where it happened anew since.
    ``PermissionDenied`` unless the actor works in the practice today.
    """
    row = locked(alert, actor)
    if not row.is_open:
        return Acknowledged(row, mine=False)
    if seen is not None and seen != row.event:
        raise NotNow("It was reported again since you opened this page. Read it once more.")
    _close(row, actor, note)
    return Acknowledged(row, mine=True)


@transaction.atomic
def snooze(*, alert: Alert, actor: User, until: dt.datetime, reason: str) -> Alert:
    """Put it off until a moment, with a reason; :class:`NotNow` where it must not wait."""
    row = locked(alert, actor)
    if not row.is_open:
        raise NotNow(f"{row.acknowledged_by} has acknowledged this already.")
    if row.urgency == Urgency.EMERGENCY:
        raise NotNow("An emergency cannot be snoozed. Acknowledge it with a note.")
    row.snoozed_until, row.snoozed_by, row.snooze_reason = until, actor, reason
    row.save(update_fields=["snoozed_until", "snoozed_by", "snooze_reason"])
    _record(row, actor, "alert.snooze", until=until)
    return row


@transaction.atomic
def wake(*, alert: Alert, actor: User) -> Alert:
    """Bring it back before its day. Twice is once."""
    row = locked(alert, actor)
    if row.is_open and row.snoozed_until is not None and row.snoozed_until > timezone.now():
        row.snoozed_until = timezone.now()
        row.save(update_fields=["snoozed_until"])
        _record(row, actor, "alert.wake")
    return row


@transaction.atomic
def acknowledge_red_flag(*, case: Case, code: str, actor: User, note: str) -> None:
    """A red flag was cleared: its alerts are seen to, with the same note."""
    rows = case.alerts.open().filter(code="red_flag", facts__red_flag=code)
    for row in rows.select_for_update(of=("self",)).select_related("case__practice"):
        _close(row, actor, note)


def locked(alert: Alert, actor: User) -> Alert:
    """The alert as it is now, kept from others until the transaction ends."""
    Alert.objects.select_for_update().only("pk").get(pk=alert.pk)
    row = Alert.objects.select_related("case__practice", "acknowledged_by").get(pk=alert.pk)
    if not row.case.practice.memberships.active().filter(user=actor).exists():
        raise PermissionDenied("Only a clinician of the practice answers its alerts.")
    return row


def _close(row: Alert, actor: User, note: str) -> None:
    row.acknowledged_at, row.acknowledged_by, row.note = timezone.now(), actor, note
    row.save(update_fields=["acknowledged_at", "acknowledged_by", "note"])
    _record(row, actor, "alert.acknowledge")


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
