"""What a patient wants to be able to do, and how well it goes: scores are only ever added."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from clinic.models.owned import InheritedPractice
from patients.models.case import Case
from patients.models.columns import HELPER_LENGTH


class FunctionalGoal(models.Model):
    """Something the patient wants to be able to do, in their own words.

    Scored 0 (cannot do it) to 10 (as well as before). Source: the Patient-Specific Functional
    Scale, which asks for 3 to 5 of them.
    """

    practice = InheritedPractice(parent="case")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="functional_goals")
    words = models.CharField(max_length=120)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["id", "practice"], name="goal_and_practice"),
            models.CheckConstraint(name="goal_has_words", condition=Q(words__regex=r"\S")),
        ]

    def __str__(self) -> str:
        return self.words


class GoalScore(models.Model):
    """How well a goal goes today, 0 to 10.

    ``by`` is null where it was scored online: by the patient, or by the ``helper`` named.
    """

    practice = InheritedPractice(parent="goal")
    goal = models.ForeignKey(
        FunctionalGoal, on_delete=models.PROTECT, db_index=False, related_name="scores"
    )
    score = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    helper = models.CharField(max_length=HELPER_LENGTH, blank=True, default="", db_default="")
    client_id = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="goal_score_0_to_10", condition=Q(score__range=(0, 10))),
            models.UniqueConstraint(
                fields=["goal", "client_id", "practice"], name="goal_score_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.score)
