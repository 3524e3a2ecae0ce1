"""What needs attention in a practice, gathered from every app that has something to say.

``settings.ATTENTION_PROVIDERS`` lists dotted paths of functions that are called with
``(practice, user)`` and return ``AttentionItem``s, the most urgent ``MOST`` of theirs, and an
``AttentionNote`` where that is not everything. ``settings.CASE_PANELS`` lists functions that
are called with ``(request, case)`` and return safe HTML for the case page. ``settings.CASE_LINES``
lists functions that are called with ``(practice, patients)`` and return ``CaseLine``s. So apps
above this one show themselves here without being imported.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString

from clinic.addresses import address_of
from clinic.models import Practice, User
from clinic.said_once import ANY_KEYS, ANY_NUMBER, SaidOnce
from patients import vocabulary
from patients.inbox import words as alert_words
from patients.inbox.stops import CaseStop, gravest
from patients.models import Alert, Case
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
    """One line of "needs attention". ``title`` says whom, ``detail`` what; ``url`` leads there.

    ``said`` gives the words: of a hundred lines a page shows eight.
    """

    urgency: AttentionRank
    title: str
    said: str | Callable[[], str]
    url: str
    at: datetime

    @property
    def detail(self) -> str:
        """What it is about."""
        return self.said if isinstance(self.said, str) else self.said()


@dataclass(frozen=True, slots=True)
class AttentionNote:
    """What is said of the list as a whole, such as that it is not all of it."""

    words: str


@dataclass(frozen=True, slots=True)
class _CaseOfLine:
    """What a line says of its case, and of whom: the name of the patient."""

    id: UUID
    title: str
    patient: str


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


def _signs(practice: int) -> QuerySet[Any, Any]:
    """Alerts about signs that somebody has seen and nobody has cleared."""
    waiting = Alert.objects.open().filter(case=OuterRef("case"), code=OuterRef("code"))
    return (
        Alert.objects.filter(practice=practice, code__in=_UNTIL_CLEARED, ended_at=None)
        .filter(kind=Alert.ALERT)
        .exclude(acknowledged_at=None)
        .exclude(code="red_flag", facts__red_flag__in=sorted(vocabulary.STOPPING_CODES))
        .exclude(Exists(waiting))
        .values_list("pk")
    )


_LOOKED_AT: Final = (MOST + MOST // 4, 10 * MOST, None)
"""Flags that are looked at, until the list is full: those of closed cases are no line."""
_MORE_STOPPED: Final = f"More than {MOST} cases are stopped. The gravest come first."
_SIGNS: Final = SaidOnce(_signs, ANY_NUMBER)


def open_stops(practice: Practice, user: User) -> list[AttentionItem | AttentionNote]:
    """Red flags that stop a case of the practice and that nobody has cleared; one line a case.

    One that a patient has just reported stands above as an alert, until it is acknowledged.
    """
    for most in _LOOKED_AT:
        stops, whole = gravest(practice, most)
        lines = [_stopped(case, stops[case.id]) for case in _open_cases(practice, list(stops))]
        if len(lines) == MOST or whole:
            break
    if len(lines) == MOST and not (whole and len(stops) == MOST):
        return [*lines, AttentionNote(_MORE_STOPPED)]
    return [*lines]


def _open_cases(practice: Practice, keys: Sequence[UUID]) -> list[_CaseOfLine]:
    """The first open cases among these, in this order, with their patients; ``MOST`` at the most.

    Read by their keys, after what is about them: behind the wall the database cannot know that
    few rows are flagged, and would begin with all patients.
    """
    found: list[_CaseOfLine] = []
    for start in range(0, len(keys), 2 * MOST):
        wanted = list(keys[start : start + 2 * MOST])
        told = _OPEN_CASES.rows(practice.pk, wanted)
        cases = {case_id: _CaseOfLine(case_id, *words) for case_id, *words in told}
        found += (cases[key] for key in wanted if key in cases)
        if len(found) >= MOST:
            break
    return found[:MOST]


def _open_now(practice: int, keys: list[UUID]) -> QuerySet[Any, Any]:
    rows = Case.objects.open().filter(practice=practice, patient__archived_at=None)
    return rows.filter(pk__any_of=keys).order_by().values_list("pk", "title", "patient__full_name")


_OPEN_CASES: Final = SaidOnce(_open_now, ANY_NUMBER, ANY_KEYS)


def _stopped(case: _CaseOfLine, stop: CaseStop) -> AttentionItem:
    return AttentionItem(
        urgency=AttentionRank.EMERGENCY if stop.is_emergency else AttentionRank.SAME_DAY,
        title=case.patient,
        said=partial(_red_flags, case, stop),
        url=address_of("case", case.id),
        at=stop.at,
    )


def _red_flags(case: _CaseOfLine, stop: CaseStop) -> str:
    labels = ", ".join(vocabulary.answer_label(code) for code in stop.codes)
    return f"Red flag: {labels}. {case.title}."


def uncleared_signs(practice: Practice, user: User) -> list[AttentionItem]:
    """Signs that somebody has seen and nobody has cleared: what they mean goes on; one line a case.

    A red flag that stops its case has its line among ``open_stops``, and what is open stands above.
    """
    found = [pk for (pk,) in _SIGNS.rows(practice.pk)]
    if not found:
        return []
    rows = (
        Alert.objects.filter(practice=practice, pk__in=found)
        .select_related("acknowledged_by")
        .defer("acknowledged_by__password")
        .order_by("rank", "-acknowledged_at", "pk")
    )
    by_case: dict[UUID, list[Alert]] = {}
    for row in rows:
        by_case.setdefault(row.case_id, []).append(row)
    return [_uncleared(case, by_case[case.id]) for case in _open_cases(practice, list(by_case))]


def _uncleared(case: _CaseOfLine, alerts: list[Alert]) -> AttentionItem:
    latest = max(alerts, key=lambda row: (row.acknowledged_at, row.pk))
    labels = "; ".join(dict.fromkeys(alert_words.title(row) for row in alerts))
    return AttentionItem(
        urgency=AttentionRank(alerts[0].rank),
        title=case.patient,
        said=f"{labels}. Seen by {latest.acknowledged_by}, not cleared yet. {case.title}.",
        url=address_of("case", case.id),
        at=latest.raised_at,
    )


def case_panels(request: HttpRequest, case: Any) -> list[SafeString]:
    """The sections that other apps add to a case's page."""
    paths = getattr(settings, "CASE_PANELS", [])
    return [import_string(path)(request, case) for path in paths]
