"""What happened in a case, in words, newest first: who did what, and why.

``settings.TIMELINE`` lists functions of apps above this one that are called with a case and give
``TimelineEvent``s of theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.module_loading import import_string

from clinic.models import AuditEntry, Look, LookKind
from patients.inbox import words as alert_words
from patients.models import Case, RedFlagClearance, ScreenAnswer
from patients.record.archive import CASE_ARCHIVED, CASE_RESTORED
from patients.vocabulary import Answer

MOST_OF_A_KIND = 400
"""Rows of one kind that are read; a case of many years shows its latest."""
_ONE_SITTING = timedelta(minutes=1)
_ARCHIVING = {
    CASE_ARCHIVED: "The case was archived.",
    CASE_RESTORED: "The case came back from the archive.",
}


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """One thing that happened. ``detail``: the reason or note in somebody's own words."""

    at: datetime
    who: str
    words: str
    detail: str = ""
    lines: tuple[str, ...] = ()
    url: str = ""


def timeline(case: Case) -> list[TimelineEvent]:
    """Everything, newest first; a constant number of queries."""
    found = [*_case(case), *_screens(case), *_clearances(case), *_alerts(case), *_prints(case)]
    for path in getattr(settings, "TIMELINE", []):
        found += import_string(path)(case)
    return sorted(found, key=lambda event: event.at, reverse=True)


def _case(case: Case) -> Iterator[TimelineEvent]:
    yield TimelineEvent(case.created_at, "", f"The case was opened. In care of {case.clinician}.")
    if case.closed_at:
        yield TimelineEvent(case.closed_at, "", "The case was closed.")
    kind = case._meta.label_lower
    rows = AuditEntry.objects.filter(
        practice=case.practice_id,
        target_kind=kind,
        target_id=str(case.pk),
        action__in=list(_ARCHIVING),
    )
    for row in rows[:MOST_OF_A_KIND]:
        yield TimelineEvent(row.at, row.actor_label, _ARCHIVING[row.action])


def _screens(case: Case) -> Iterator[TimelineEvent]:
    rows = case.answers.select_related("answered_by").order_by("-pk")[:MOST_OF_A_KIND]
    sitting: list[ScreenAnswer] = []
    for row in rows:
        if sitting and not _together(sitting[-1], row):
            yield _screen(sitting)
            sitting = []
        sitting.append(row)
    if sitting:
        yield _screen(sitting)


def _together(later: ScreenAnswer, row: ScreenAnswer) -> bool:
    near = abs(later.answered_at - row.answered_at) <= _ONE_SITTING
    same = (later.answered_by_id, later.helper) == (row.answered_by_id, row.helper)
    return near and same


def _screen(rows: list[ScreenAnswer]) -> TimelineEvent:
    """One sitting: each yes by its name, the others by their number."""
    yes = [str(row) for row in reversed(rows) if row.answer == Answer.YES]
    no = sum(row.answer == Answer.NO for row in rows)
    open_again = len(rows) - len(yes) - no
    said = [f"no to {no}"] if no else []
    said += [f"yes to {len(yes)}"] if yes else []
    said += [f"{open_again} taken back to not asked"] if open_again else []
    by_patient = rows[0].answered_by is None
    what = "Reported a warning sign" if by_patient else f"Safety screen: {', '.join(said)}"
    return TimelineEvent(rows[0].answered_at, rows[0].who, f"{what}.", lines=tuple(yes))


def _clearances(case: Case) -> Iterable[TimelineEvent]:
    rows = RedFlagClearance.objects.filter(answer__case=case).select_related("answer", "cleared_by")
    for row in rows[:MOST_OF_A_KIND]:
        yield TimelineEvent(
            row.cleared_at, str(row.cleared_by), f"Red flag cleared: {row.answer.label}.", row.note
        )


def _alerts(case: Case) -> Iterable[TimelineEvent]:
    rows = case.alerts.select_related("acknowledged_by").order_by("-raised_at", "-pk")
    for row in rows[:MOST_OF_A_KIND]:
        title = alert_words.title(row)
        about = f": {row.item_name}" if row.item_name else ""
        yield TimelineEvent(row.raised_at, "The rules", f"{title}{about}.")
        if row.acknowledged_at:
            who = str(row.acknowledged_by)
            yield TimelineEvent(row.acknowledged_at, who, f"Acknowledged: {title}.", row.note)


def _prints(case: Case) -> Iterable[TimelineEvent]:
    rows = Look.objects.filter(
        practice=case.practice_id, patient=case.patient_id, case=case.pk, kind=LookKind.PRINT
    ).select_related("actor")
    for row in rows[:MOST_OF_A_KIND]:
        yield TimelineEvent(row.at, str(row.actor), "Opened a PDF to print.")
