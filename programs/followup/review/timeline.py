"""Reviews on the timeline of their case. For ``settings.TIMELINE``."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.formats import date_format

from patients.cases.timeline import MOST_OF_A_KIND, TimelineEvent
from patients.models import Case, CaseReview


def events(case: Case) -> Iterator[TimelineEvent]:
    """Each review with how it ended and why; one query."""
    for row in CaseReview.objects.filter(case=case).select_related("by")[:MOST_OF_A_KIND]:
        words = f"Review: {row.get_outcome_display().lower()}"
        words += f", next on {date_format(row.next_on)}" if row.next_on else ""
        yield TimelineEvent(row.at, str(row.by), f"{words}.", row.note)
