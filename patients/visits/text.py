"""A visit note as plain text, for another record system."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

from patients.measures.course import measured_on
from patients.models import VisitNote


def visit_text(visit: VisitNote) -> str:
    """The note whole: whose, when, what, who signed, and what was added later."""
    return "\n".join(_lines(visit)) + "\n"


def _lines(visit: VisitNote) -> Iterator[str]:
    case = visit.case
    yield f"Visit, {date_format(visit.visited_on)}"
    yield f"Patient: {case.patient.full_name}, born {date_format(case.patient.date_of_birth)}"
    yield f"Case: {case.title}"
    for heading, words in visit.parts:
        yield from ("", f"{heading}:", words.strip())
    measured = measured_on(case, visit.visited_on)
    if measured:
        yield from ("", "Measured:", *measured)
    yield ""
    if visit.signed_at is None:
        yield f"DRAFT of {visit.author}, not signed."
    else:
        yield f"Signed by {visit.signature}, {_moment(visit.signed_at)}."
    for added in visit.amendments.all():
        yield from ("", f"Added by {added.by}, {_moment(added.at)}:", added.words.strip())


def _moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), "DATETIME_FORMAT")
