"""The inbox of a practice: what patients' reports ask of its clinicians, most urgent first.

Alerts must be seen, reviews may be decided. ``settings.ALERT_HELP`` names a function of an app
above this one; called with ``(practice, alerts)`` it returns ``Help`` by the alert's key: names
of exercises, the rules, and what can be done with one click.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.module_loading import import_string

from clinic.models import Practice
from patients.inbox import words as alert_words
from patients.inbox.attention import AttentionRank
from patients.models import Alert, Case
from patients.models.alert import AlertQuerySet
from patients.response.facts import Urgency

MOST_ON_TOP = 10
"""Urgent alerts that stand on top of a page; the rest is one click away in the inbox."""
_COUNT = "_inbox_waiting"


class Show(StrEnum):
    """Which part of the inbox is shown."""

    OPEN = "open"
    SNOOZED = "snoozed"
    DONE = "done"

    @property
    def words(self) -> str:
        """The filter as it is shown."""
        return {"open": "Open", "snoozed": "Snoozed", "done": "Done"}[self.value]


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule that led to an alert: its id, what it says, where it comes from, where it stands."""

    id: str
    words: str
    source: str
    url: str


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do about an alert. ``post``: done by this click; else a page that opens."""

    words: str
    url: str
    post: bool = False
    main: bool = False
    hidden: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Help:
    """What an app above knows about an alert."""

    names: Mapping[str, str] = field(default_factory=dict)
    rules: tuple[RuleLine, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class InboxEntry:
    """An alert or review with everything its page says."""

    alert: Alert
    title: str
    facts: Sequence[str]
    help: Help

    @property
    def urgency(self) -> AttentionRank:
        """How fast somebody has to act."""
        return AttentionRank(self.alert.rank)

    @property
    def is_emergency(self) -> bool:
        """Whether it must not wait, and so cannot be snoozed."""
        return self.alert.urgency == Urgency.EMERGENCY

    @property
    def is_urgent(self) -> bool:
        """Whether somebody has to act today."""
        return self.alert.rank <= AttentionRank.SAME_DAY

    @property
    def is_snoozed(self) -> bool:
        """Whether it is put off until a day that has not come."""
        until = self.alert.snoozed_until
        return self.alert.is_open and until is not None and until > timezone.now()


def alerts_of(practice: Practice) -> AlertQuerySet:
    """Every alert and review of the practice, with the people its page names."""
    found: Any = Alert.objects.filter(case__practice=practice)
    return found.select_related("case__patient", "acknowledged_by", "snoozed_by")


def shown(practice: Practice, show: Show) -> QuerySet[Alert]:
    """A part of the inbox, in its order."""
    alerts = alerts_of(practice)
    if show is Show.DONE:
        return alerts.exclude(acknowledged_at=None).order_by("-acknowledged_at", "-pk")
    if show is Show.SNOOZED:
        later = alerts.open().filter(snoozed_until__gt=timezone.now())
        return later.order_by("snoozed_until", "rank", "pk")
    return alerts.waiting()


def urgent(practice: Practice, case: Case | None = None) -> list[InboxEntry]:
    """What stands on top of pages until it is acknowledged: alerts of today and emergencies.

    On the page of a case, its own.
    """
    alerts = (
        alerts_of(practice).waiting().filter(kind=Alert.ALERT, rank__lte=AttentionRank.SAME_DAY)
    )
    if case is not None:
        alerts = alerts.filter(case=case)
    return entries(practice, list(alerts[: MOST_ON_TOP + 1]))


def entries(practice: Practice, alerts: Sequence[Alert]) -> list[InboxEntry]:
    """Alerts with their words, in the same order; a constant number of queries."""
    known = _help(practice, alerts)
    nothing = Help()
    return [
        InboxEntry(
            alert,
            alert_words.title(alert),
            alert_words.facts(alert, known.get(alert.pk, nothing).names),
            known.get(alert.pk, nothing),
        )
        for alert in alerts
    ]


def _help(practice: Practice, alerts: Iterable[Alert]) -> Mapping[int, Help]:
    path = getattr(settings, "ALERT_HELP", "")
    rows = list(alerts)
    found: Mapping[int, Help] = import_string(path)(practice, rows) if path and rows else {}
    return found


def waiting_count(request: HttpRequest) -> int:
    """How many wait in the inbox of this request's practice; asked once a request."""
    if not hasattr(request, _COUNT):
        practice: Practice | None = getattr(request, "practice", None)
        found = 0 if practice is None else _waiting(practice).count()
        setattr(request, _COUNT, found)
    count: int = getattr(request, _COUNT)
    return count


def _waiting(practice: Practice) -> QuerySet[Alert]:
    return Alert.objects.filter(case__practice=practice, acknowledged_at=None).filter(
        Q(snoozed_until=None) | Q(snoozed_until__lte=timezone.now())
    )
