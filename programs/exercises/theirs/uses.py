"""A clinician's usual doses and favourites."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from clinic.models import Practice, User
from programs.exercises.dosage import Dosage
from programs.exercises.models import Exercise
from programs.exercises.theirs.models import ExerciseUse

USUAL = "your usual dose"
"""What stands beside a dose that was taken over from the clinician's own habit."""


def exercise_of(practice: Practice, number: int) -> Exercise | None:
    """An exercise that the practice may use, by its key."""
    return Exercise.objects.for_practice(practice).filter(pk=number).first()


def keep_uses(*, practice: Practice, clinician: User, doses: Mapping[int, dict[str, Any]]) -> None:
    """Exercise → the dose it has just gone out with; within the transaction that issues."""
    rows = ExerciseUse.objects.filter(practice=practice, clinician=clinician)
    here = {row.exercise_id: row for row in rows.filter(exercise_id__in=doses)}
    now = timezone.now()
    for pk, row in here.items():
        row.dosage, row.times, row.last_at = doses[pk], row.times + 1, now
    ExerciseUse.objects.bulk_update(here.values(), ["dosage", "times", "last_at"])
    ExerciseUse.objects.bulk_create(
        [
            ExerciseUse(
                practice=practice,
                clinician=clinician,
                exercise_id=pk,
                dosage=dose,
                times=1,
                last_at=now,
            )
            for pk, dose in doses.items()
            if pk not in here
        ],
        ignore_conflicts=True,
    )


def usual_dose(*, practice: Practice, clinician: User, exercise_id: int) -> Dosage | None:
    """How this clinician gave it last; none where they never did, or without a dose."""
    row = ExerciseUse.objects.filter(
        practice=practice, clinician=clinician, exercise_id=exercise_id, times__gt=0
    ).first()
    return Dosage.from_dict(row.dosage) if row and row.dosage else None


def used_most(*, practice: Practice, clinician: User) -> QuerySet[ExerciseUse]:
    """Favourites first, then what is given most, the latest first."""
    rows = ExerciseUse.objects.filter(practice=practice, clinician=clinician)
    return rows.order_by("-favourite", "-times", "-last_at")


def set_favourite(*, practice: Practice, clinician: User, exercise_id: int, on: bool) -> None:
    """Put an exercise among the favourites, or take it off; twice is once."""
    ExerciseUse.objects.update_or_create(
        practice=practice,
        clinician=clinician,
        exercise_id=exercise_id,
        defaults={"favourite": on},
    )
