"""A clinician's way with an exercise, and the templates of a practice."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from clinic.models import Practice, User
from programs.exercises.models import Exercise


class ExerciseUse(models.Model):
    """How one clinician of a practice gave an exercise last, how often, and whether they like it.

    Written when a program is issued: what was only tried in a draft is nobody's habit.
    """

    practice = models.ForeignKey(
        Practice, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    clinician = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="+")
    dosage = models.JSONField(default=dict)
    times = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(default=timezone.now)
    favourite = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["practice", "clinician", "exercise"], name="exercise_use_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Exercise {self.exercise_id}, {self.times} times"


class OwnStarterQuerySet(models.QuerySet["OwnStarter"]):
    """Templates of practices: who sees which."""

    def seen_by(self, user: User) -> OwnStarterQuerySet:
        """What is shared, and what this clinician made; the removed ones too."""
        return self.filter(Q(shared=True) | Q(made_by=user))

    def listed_for(self, user: User, changeable: OwnStarterQuerySet) -> OwnStarterQuerySet:
        """What this clinician may use, by name; then the removed ones among ``changeable``."""
        rows = self.seen_by(user).filter(Q(retired_at=None) | Q(pk__in=changeable.values("pk")))
        return rows.order_by(F("retired_at").desc(nulls_first=True), "name", "pk")


class OwnStarter(models.Model):
    """A template made from a program: its maker's, or shared with the practice.

    ``data`` is what a template's file holds, see :mod:`programs.exercises.starters`.
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="own_starters")
    name = models.CharField(max_length=90)
    data = models.JSONField()
    shared = models.BooleanField(default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = OwnStarterQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["practice", "made_by", "name"],
                condition=Q(retired_at=None),
                name="own_starter_once",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="own_starter_has_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def phases(self) -> int:
        """Of a plan in phases, how many; 0 for a template without them."""
        return 1 + len(self.data["phase"]) if "phase" in self.data else 0

    @property
    def entries(self) -> int:
        """Exercises and tips that it begins with."""
        return len(self.data["item"])
