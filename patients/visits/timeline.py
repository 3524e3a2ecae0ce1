"""Visit notes on the timeline of their case, without their words. For ``settings.TIMELINE``."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.formats import date_format

from patients.cases.timeline import MOST_OF_A_KIND, TimelineEvent
from patients.models import Case, VisitAmendment, VisitNote


def events(case: Case) -> Iterator[TimelineEvent]:
    """Each note where it was signed, or begun; each amendment where it was added. Two queries."""
    notes = VisitNote.objects.filter(case=case).standing().select_related("author")
    for row in notes[:MOST_OF_A_KIND]:
        day = date_format(row.visited_on)
        words = f"Draft of a visit note, {day}." if row.is_draft else f"Visit note, {day}: signed."
        at = row.signed_at or row.changed_at
        yield TimelineEvent(at, str(row.author), words, url=_page(case, row.pk))
    added = VisitAmendment.objects.filter(visit__case=case).select_related("visit", "by")
    for more in added.order_by("-pk")[:MOST_OF_A_KIND]:
        words = f"Added to the visit note, {date_format(more.visit.visited_on)}."
        yield TimelineEvent(more.at, str(more.by), words, url=_page(case, more.visit_id))


def _page(case: Case, visit_id: int) -> str:
    return reverse("visit", args=[case.pk, visit_id])
