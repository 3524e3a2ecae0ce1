"""Writing down what was measured."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from clinic import audit
from clinic.models import User
from patients.models import Case, CaseMeasure


@transaction.atomic
def add_measures(
    *, case: Case, actor: User, taken_on: date, values: Mapping[str, int], key: UUID
) -> int:
    """Add a number for each kind and say how many are new. The same form sent twice counts once."""
    told = set(CaseMeasure.objects.filter(case=case, key=key).values_list("kind", flat=True))
    rows = [
        CaseMeasure(case=case, kind=kind, value=value, taken_on=taken_on, by=actor, key=key)
        for kind, value in values.items()
        if kind not in told
    ]
    CaseMeasure.objects.bulk_create(rows, ignore_conflicts=True)
    if rows:
        audit.record(
            practice=case.practice,
            actor=actor,
            action="measure.add",
            target=case,
            kinds=[row.kind for row in rows],
        )
    return len(rows)
