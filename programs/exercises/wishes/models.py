"""What somebody asked for, one row a wish."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from clinic.models import Practice, User

LONGEST = 120


class ExerciseWish(models.Model):
    """Words that found nothing, and who wants an exercise for them. Ended, never deleted."""

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="exercise_wishes")
    words = models.CharField(max_length=LONGEST)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-asked_at", "-id")
        constraints = [
            models.UniqueConstraint(
                "practice",
                Upper("words"),
                condition=Q(ended_at=None),
                name="exercise_wish_once",
            )
        ]

    def __str__(self) -> str:
        return self.words
