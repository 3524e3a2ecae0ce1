"""What needs attention in a practice, gathered from every app that has something to say.

``settings.ATTENTION_PROVIDERS`` lists dotted paths of functions that are called with
``(practice, user)`` and return ``AttentionItem``s, the most urgent ``MOST`` of theirs, and an
``AttentionNote`` where that is not everything. ``settings.CASE_PANELS`` lists functions that
are called with ``(request, case)`` and return safe HTML for the case page. ``settings.CASE_LINES``
lists functions that are called with ``(practice, patients)`` and return ``CaseLine``s. So apps
above this one show themselves here without being imported.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.db.models.fields.json import KeyTextTransform
from django.http import HttpRequest
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString

from clinic.models import Practice, User
from patients import vocabulary
from patients.inbox import words as alert_words
from patients.models import Alert, Case, ScreenAnswer
from patients.vocabulary import Route


class AttentionRank(IntEnum):
    """How fast somebody has to act; the lowest number comes first."""

    EMERGENCY = 0
    SAME_DAY = 1
    SOON = 2
    ROUTINE = 3

    @property
    def words(self) -> str:
        """The urgency as it is shown."""
        return _URGENCY_LABELS[self]

    @property
    def slug(self) -> str:
        """The end of a CSS class."""
        return self.name.lower().replace("_", "-")


_URGENCY_LABELS = {
    AttentionRank.EMERGENCY: "Emergency now",
    AttentionRank.SAME_DAY: "Today",
    AttentionRank.SOON: "Soon",
    AttentionRank.ROUTINE: "When you can",
}
_OF_ROUTE = {
    Route.EMERGENCY: AttentionRank.EMERGENCY,
    Route.SAME_DAY: AttentionRank.SAME_DAY,
    Route.SOON: AttentionRank.SOON,
    Route.REFER: AttentionRank.SOON,
}


MOST = 100
"""Lines of one kind that the list holds. Who has more than these needs no longer list."""
_UNTIL_CLEARED = ("neurological_change", "both_legs", "red_flag")
"""Codes of alerts that tell of the patient, and stand until a clinician clears them."""


@dataclass(frozen=True, slots=True)
class AttentionItem:
    """One line of "needs attention". ``title`` says whom, ``detail`` what; ``url`` leads there."""

    urgency: AttentionRank
    title: str
    detail: str
    url: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AttentionNote:
    """What is said of the list as a whole, such as that it is not all of it."""

    words: str


@dataclass(frozen=True, slots=True)
class Attention:
    """Everything that needs attention, most urgent first, then latest first."""

    items: list[AttentionItem]
    notes: list[str]


@dataclass(frozen=True, slots=True)
class CaseLine:
    """What another app says of a case wherever its patient is listed."""

    patient_id: UUID
    case_id: UUID
    words: str


def with_case_lines(practice: Practice, patients: Any) -> Any:
    """The same patients, a page or a list, each with its ``case_lines``."""
    lines: list[CaseLine] = []
    for path in getattr(settings, "CASE_LINES", []):
        lines += import_string(path)(practice, list(patients))
    for patient in patients:
        patient.case_lines = [line for line in lines if line.patient_id == patient.pk]
    return patients


def items(practice: Practice, user: User) -> list[AttentionItem]:
    """Everything that needs attention, most urgent first, then latest first."""
    return gather(practice, user).items


def gather(practice: Practice, user: User) -> Attention:
    """The same, with what is to be said of the list."""
    found: list[AttentionItem | AttentionNote] = []
    found += (*open_stops(practice, user), *uncleared_signs(practice, user))
    for path in getattr(settings, "ATTENTION_PROVIDERS", []):
        found += import_string(path)(practice, user)
    lines = [one for one in found if isinstance(one, AttentionItem)]
    lines.sort(key=lambda item: (item.urgency, -item.at.timestamp(), item.title))
    return Attention(lines, [one.words for one in found if isinstance(one, AttentionNote)])


def open_stops(practice: Practice, user: User) -> list[AttentionItem]:
    """Red flags that stop a case of the practice and that nobody has cleared; one line a case.

    One that a patient has just reported stands above as an alert, until it is acknowledged.
    """
    on_top = (
        Alert.objects.open()
        .annotate(flag=KeyTextTransform("red_flag", "facts"))
        .filter(case=OuterRef("case"), code="red_flag", flag=OuterRef("code"))
    )
    rows = (
        ScreenAnswer.objects.open_stops()
        .filter(case__in=practice.cases.open(), case__patient__archived_at__isnull=True)
        .exclude(Exists(on_top))
        .select_related("case__patient")
    )
    by_case: dict[Case, list[ScreenAnswer]] = {}
    for row in rows:
        by_case.setdefault(row.case, []).append(row)
    return [_stopped(case, answers) for case, answers in by_case.items()]


def _stopped(case: Case, answers: list[ScreenAnswer]) -> AttentionItem:
    labels = ", ".join(vocabulary.answer_label(row.code) for row in answers)
    return AttentionItem(
        urgency=min(_OF_ROUTE[row.stop_route] for row in answers),
        title=str(case.patient),
        detail=f"Red flag: {labels}. {case.title}.",
        url=case.get_absolute_url(),
        at=max(row.answered_at for row in answers),
    )


def uncleared_signs(practice: Practice, user: User) -> list[AttentionItem]:
    """Signs that somebody has seen and nobody has cleared: what they mean goes on; one line a case.

    A red flag that stops its case has its line among ``open_stops``, and what is open stands above.
    """
    waiting = Alert.objects.open().filter(case=OuterRef("case"), code=OuterRef("code"))
    rows = (
        Alert.objects.filter(code__in=_UNTIL_CLEARED, ended_at=None, kind=Alert.ALERT)
        .exclude(acknowledged_at=None)
        .exclude(code="red_flag", facts__red_flag__in=sorted(vocabulary.STOPPING_CODES))
        .exclude(Exists(waiting))
        .filter(case__in=practice.cases.open(), case__patient__archived_at__isnull=True)
        .select_related("case__patient", "acknowledged_by")
        .order_by("rank", "-acknowledged_at", "pk")
    )
    by_case: dict[Case, list[Alert]] = {}
    for row in rows:
        by_case.setdefault(row.case, []).append(row)
    return [_uncleared(case, alerts) for case, alerts in by_case.items()]


def _uncleared(case: Case, alerts: list[Alert]) -> AttentionItem:
    latest = max(alerts, key=lambda row: (row.acknowledged_at, row.pk))
    labels = "; ".join(dict.fromkeys(alert_words.title(row) for row in alerts))
    return AttentionItem(
        urgency=AttentionRank(alerts[0].rank),
        title=str(case.patient),
        detail=f"{labels}. Seen by {latest.acknowledged_by}, not cleared yet. {case.title}.",
        url=case.get_absolute_url(),
        at=latest.raised_at,
    )


def case_panels(request: HttpRequest, case: Any) -> list[SafeString]:
    """The sections that other apps add to a case's page."""
    paths = getattr(settings, "CASE_PANELS", [])
    return [import_string(path)(request, case) for path in paths]
