"""What needs attention in a practice, gathered from every app that has something to say.

``settings.ATTENTION_PROVIDERS`` lists dotted paths of functions that are called with
``(practice, user)`` and return ``AttentionItem``s, the most urgent ``MOST`` of theirs, and an
``AttentionNote`` where that is not everything. ``settings.CASE_PANELS`` lists functions that
are called with ``(request, case)`` and return safe HTML for the case page. ``settings.CASE_LINES``
lists functions that are called with ``(practice, patients)`` and return ``CaseLine``s. So apps
above this one show themselves here without being imported.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
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
class _CaseOfLine:
    """What a line says of its case, and of whom: the name of the patient."""

    id: UUID
    title: str
    patient: str


@dataclass(frozen=True, slots=True)
class _Stop:
    """The red flags that stop a case, when the latest was answered yes, and how urgent it is."""

    codes: list[str]
    at: datetime
    urgency: AttentionRank


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


def _stops(practice: int) -> QuerySet[Any, Any]:
    """Open red flags: key, case, code and moment."""
    rows = ScreenAnswer.objects.open_stops().filter(practice=practice).order_by()
    return rows.values_list("pk", "case_id", "code", "answered_at")


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


_STOPS: Final = SaidOnce(_stops, ANY_NUMBER)
_EMERGENCIES: Final = ", ".join(
    f"'{code}'"
    for code in sorted({*vocabulary.RED_FLAGS, *vocabulary.FINDINGS})
    if vocabulary.stop_route(code) is Route.EMERGENCY
)
_BY_CASE: Final = f"""
SELECT case_id, array_agg(code::text ORDER BY pk), max(answered_at),
    min(CASE WHEN code IN ({_EMERGENCIES}) THEN {AttentionRank.EMERGENCY:d}
        ELSE {AttentionRank.SAME_DAY:d} END) AS urgency
FROM ({{}}) AS said
WHERE (case_id, code::text) NOT IN (
    SELECT case_id, facts ->> 'red_flag' FROM patients_alert WHERE practice_id = %s
        AND acknowledged_at IS NULL AND code = 'red_flag' AND facts ->> 'red_flag' IS NOT NULL)
GROUP BY case_id ORDER BY urgency, max(answered_at) DESC, case_id LIMIT %s
"""  # noqa: S608 - our own words
"""Grouped by the database: a large practice has a thousand, of which a hundred are told. What
stands above as an alert is a list that is made once; joined, it was read for each of them."""
_MORE_STOPPED: Final = f"More than {MOST} cases are stopped. The gravest come first."
_SIGNS: Final = SaidOnce(_signs, ANY_NUMBER)


def open_stops(practice: Practice, user: User) -> list[AttentionItem | AttentionNote]:
    """Red flags that stop a case of the practice and that nobody has cleared; one line a case.

    One that a patient has just reported stands above as an alert, until it is acknowledged.
    """
    stops = _stops_by_case(practice, 2 * MOST + 1)
    lines = [_stopped(case, stops[case.id]) for case in _open_cases(practice, list(stops))]
    if len(lines) < MOST < len(stops):
        stops = _stops_by_case(practice, None)
        lines = [_stopped(case, stops[case.id]) for case in _open_cases(practice, list(stops))]
    if len(lines) == MOST < len(stops):
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


def _stops_by_case(practice: Practice, most: int | None) -> dict[UUID, _Stop]:
    """The open red flags of so many cases, the gravest first, then the latest; None: of all."""
    found = _STOPS.rows_in(_BY_CASE, (practice.pk,), practice.pk, most)
    return {case: _Stop(codes, at, AttentionRank(rank)) for case, codes, at, rank in found}


def _stopped(case: _CaseOfLine, stop: _Stop) -> AttentionItem:
    labels = ", ".join(vocabulary.answer_label(code) for code in stop.codes)
    return AttentionItem(
        urgency=stop.urgency,
        title=case.patient,
        detail=f"Red flag: {labels}. {case.title}.",
        url=address_of("case", case.id),
        at=stop.at,
    )


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
        detail=f"{labels}. Seen by {latest.acknowledged_by}, not cleared yet. {case.title}.",
        url=address_of("case", case.id),
        at=latest.raised_at,
    )


def case_panels(request: HttpRequest, case: Any) -> list[SafeString]:
    """The sections that other apps add to a case's page."""
    paths = getattr(settings, "CASE_PANELS", [])
    return [import_string(path)(request, case) for path in paths]
