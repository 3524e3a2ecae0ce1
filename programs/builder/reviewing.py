"""The next review day of a program, from its versions, doses and practice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from programs.builder.next_review import EarlierReview, NextReview, next_review
from programs.prescriptions.models import Program
from programs.prescriptions.queries import prescriptions_of


def proposed_review(program: Program) -> NextReview | None:
    """For a program that went out before, or took over from one that did; else nothing."""
    earlier = list(_earlier(program))
    today = program.case.today()
    if not earlier:
        return None
    spans = (item.dose().weeks for item in program.items.active())
    practice = program.case.practice
    return next_review(
        today,
        [row for row in earlier if row is not None],
        [span.low for span in spans if span is not None],
        practice.review_weeks_min,
    )


def needs_review_day(program: Program) -> bool:
    """Whether the day is not set, or is no day to come."""
    return program.review_on is None or program.review_on <= program.case.today()


def _earlier(program: Program) -> Iterator[EarlierReview | None]:
    """The versions of the case, the newest first; None for one without a review day."""
    rows = prescriptions_of(program.case.practice).filter(program__case=program.case_id)
    found = rows.order_by("-issued_at", "-version").values_list(
        "version", "payload__issued_on", "payload__review_on"
    )
    for version, issued_on, review_on in found[:20]:
        issued, day = (dt.date.fromisoformat(at) for at in (issued_on, review_on or issued_on))
        yield EarlierReview(version, issued, day) if review_on else None
