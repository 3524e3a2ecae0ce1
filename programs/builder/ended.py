"""Programs that have ended where none runs: the case says so, and so do the lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from clinic.models import Practice
from clinic.said_once import ANY_NUMBER, SaidOnce
from patients.inbox.attention import CaseLine
from programs.prescriptions.models import IssuedPrescription, Program


def ended_words(program: Program) -> str:
    """``ended on 3 Nov 2026 by Bob Brown``."""
    day = date_format(timezone.localtime(program.ended_at), "j M Y") if program.ended_at else ""
    return f"ended on {day} by {program.changed_by}"


def ended_programs(practice: Practice, patients: Sequence[Any]) -> list[CaseLine]:
    """A line for each open case of these patients whose last program has ended; for ``CASE_LINES``.

    One query, however many, and a second where there is any.
    """
    found = _ENDED.rows_of("case__patient_id", [patient.pk for patient in patients], practice.pk)
    if not found:
        return []
    rows = Program.objects.filter(pk__in=[pk for _, pk in found]).order_by("-ended_at", "pk")
    return [
        CaseLine(row.case.patient_id, row.case_id, f"Program {ended_words(row)}")
        for row in rows.select_related("case", "changed_by")
    ]


def _ended(practice: int) -> QuerySet[Any, Any]:
    """The last programs of open cases in which none runs: whose, and which."""
    of_case = Program.objects.filter(case=OuterRef("case"))
    later = of_case.filter(ended_at__gt=OuterRef("ended_at"))
    issued = IssuedPrescription.objects.filter(program=OuterRef("pk"))
    rows = (
        Program.objects.filter(case__practice=practice)
        .filter(Exists(issued), case__closed_at=None, ended_at__isnull=False)
        .exclude(Exists(of_case.filter(ended_at=None)))
        .exclude(Exists(later.filter(prescriptions__isnull=False)))
    )
    return rows.order_by().values_list("case__patient_id", "pk")


_ENDED: Final = SaidOnce(_ended, ANY_NUMBER)
