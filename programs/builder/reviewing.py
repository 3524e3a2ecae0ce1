"""The next review day of a program, from its versions, doses and practice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from programs.builder.next_review import EarlierReview, NextReview, next_review
from programs.prescriptions.models import Program, ProgramItem
from programs.prescriptions.queries import prescriptions_of


def proposed_review(program: Program, items: Iterable[ProgramItem] | None = None) -> NextReview:
    """What a form offers; nothing is written until somebody has seen it and saves it.

    ``items``: those of the program, where they are at hand.
    """
    return _proposed(program, list(_earlier(program)), items)


def carried_review(program: Program) -> NextReview | None:
    """What a draft takes over, where its case has had a version; a first one is asked instead."""
    earlier = list(_earlier(program))
    return _proposed(program, earlier) if earlier else None


def _proposed(
    program: Program,
    earlier: list[EarlierReview | None],
    items: Iterable[ProgramItem] | None = None,
) -> NextReview:
    spans = (item.dose().weeks for item in (program.items.active() if items is None else items))
    practice = program.case.practice
    return next_review(
        program.case.today(),
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
