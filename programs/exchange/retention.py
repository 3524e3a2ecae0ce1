"""Records whose time is over, by the years that a practice has set.

Counted from the last contact: the latest change to the patient or a case, or report of theirs.
A child's record is kept until the 25th birthday, or the 26th where the last contact was at 17.
Source: NHS England, Records Management Code of Practice (2023), appendix II.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Greatest

from clinic.models import Practice
from patients.models import Patient, SymptomLog
from programs.sessions.models import SessionLog

_GROWN: Final = 18
_YEARS_OF_A_CHILD: Final = {17: 26}
_USUAL_OF_A_CHILD: Final = 25


@dataclass(frozen=True, slots=True)
class OverdueRecord:
    """A patient whose record need not be kept any more, and since when."""

    patient: Patient
    last_contact: dt.date
    kept_until: dt.date


def overdue(practice: Practice, now: dt.datetime) -> Iterator[OverdueRecord]:
    """The records to erase, the longest untouched first; none where no years are set."""
    if practice.keep_years is None:
        return
    today = now.astimezone(practice.zone).date()
    for patient in _longest_untouched(practice, _years_before(today, practice.keep_years)):
        last = patient.last_contact.astimezone(practice.zone).date()
        until = keep_until(patient.date_of_birth, last, practice.keep_years)
        if until <= today:
            yield OverdueRecord(patient, last, until)


def keep_until(born: dt.date, last_contact: dt.date, years: int) -> dt.date:
    """The day from which a record need not be kept."""
    usual = _years_before(last_contact, -years)
    grown = _years_before(born, -_GROWN)
    if last_contact >= grown:
        return usual
    age = _GROWN - 1 if last_contact >= _years_before(born, 1 - _GROWN) else 0
    child = _years_before(born, -_YEARS_OF_A_CHILD.get(age, _USUAL_OF_A_CHILD))
    return max(usual, child)


def _longest_untouched(practice: Practice, before: dt.date) -> QuerySet[Any]:
    last = Greatest(F("touched_at"), _latest(SymptomLog), _latest(SessionLog))
    patients = practice.patients.standing().annotate(last_contact=last)
    patients = patients.order_by("last_contact", "pk")
    # A day more, since the days of the practice are not those of the database.
    return patients.filter(last_contact__date__lte=before + dt.timedelta(days=1))


def _latest(model: Any) -> Subquery:
    """When something of this kind came last. The greatest of several passes over what is empty."""
    rows = model.objects.filter(case__patient=OuterRef("pk")).order_by().values("case__patient")
    return Subquery(rows.annotate(latest=Max("received_at")).values("latest"))


def _years_before(day: dt.date, years: int) -> dt.date:
    """The same day, so many years earlier; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return dt.date(day.year - years, 3, 1)
