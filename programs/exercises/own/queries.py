"""The exercises a practice may see, as rows: where every view of its own things starts."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from clinic.http import PracticeRequest
from programs.exercises.models import Exercise


def exercise_or_404(request: PracticeRequest, exercise_id: int) -> Exercise:
    """A built-in entry or one of the practice's own; anything else does not exist."""
    return get_object_or_404(Exercise.objects.for_practice(request.practice), pk=exercise_id)


def own_or_404(request: PracticeRequest, exercise_id: int) -> Exercise:
    """One of the practice's own exercises, retired or not."""
    exercise: Exercise = get_object_or_404(request.practice.exercises, pk=exercise_id)
    return exercise
