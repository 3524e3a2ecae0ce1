"""Programs that another may begin from."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from clinic.models import Practice
from patients.models import Case
from programs.prescriptions.models import Program
from programs.prescriptions.queries import programs_of

MOST_ALIKE = 3


def usable(practice: Practice) -> QuerySet[Program]:
    """Programs of the practice with something in them."""
    rows = programs_of(practice).filter(case__archived_at=None)
    rows = rows.annotate(count=Count("items", filter=Q(items__removed_at=None)))
    return rows.filter(count__gt=0)


def alike(practice: Practice, case: Case) -> list[Program]:
    """The latest of other patients with a condition of this case."""
    codes = [row.code for row in case.current_conditions]
    if not codes:
        return []
    others = practice.cases.exclude(patient=case.patient_id).filter(conditions__code__in=codes)
    rows = usable(practice).filter(case__in=others)
    return list(rows.order_by("-changed_at", "pk")[:MOST_ALIKE])
