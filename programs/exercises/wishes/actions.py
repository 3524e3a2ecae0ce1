"""Asking for an exercise, and taking a wish off the list: audited, safe to send twice."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from clinic import audit
from clinic.models import Practice, User
from programs.exercises.wishes.models import ExerciseWish


@transaction.atomic
def ask_for_exercise(*, practice: Practice, actor: User, words: str) -> bool:
    """Put the words on the practice's list; whether they were not on it yet."""
    Practice.objects.select_for_update().get(pk=practice.pk)
    if practice.exercise_wishes.filter(words__iexact=words, ended_at=None).exists():
        return False
    wish = practice.exercise_wishes.create(words=words, asked_by=actor)
    audit.record(practice=practice, actor=actor, action="exercise_wish.create", target=wish)
    return True


@transaction.atomic
def end_wish(*, wish: ExerciseWish, actor: User) -> bool:
    """Take it off the list; whether it was still on it."""
    changed = ExerciseWish.objects.filter(pk=wish.pk, ended_at=None).update(ended_at=timezone.now())
    if changed:
        audit.record(practice=wish.practice, actor=actor, action="exercise_wish.end", target=wish)
    return bool(changed)
