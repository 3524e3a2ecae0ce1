"""What was measured at a visit: numbers that are only ever added."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from clinic.models.owned import InheritedPractice
from patients.models.case import Case


class MeasureKind(models.TextChoices):
    """What can be measured; ``patients.measures.kinds`` says how, and what a change means."""

    PAIN = "pain", "Pain"
    CHAIR_STANDS = "chair_stands", "Stands from a chair in 30 seconds"
    WALKING_MINUTES = "walking_minutes", "Walking time"


class CaseMeasure(models.Model):
    """One number of one day. Of several on a day the last stands; none is changed or removed.

    ``key`` is the number of the form it came with: sent twice, it counts once.
    """

    practice = InheritedPractice(parent="case")
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, db_index=False, related_name="measures"
    )
    kind = models.CharField(max_length=20, choices=MeasureKind.choices)
    value = models.PositiveSmallIntegerField()
    taken_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    key = models.UUIDField()

    class Meta:
        ordering: ClassVar = ["taken_on", "at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "key", "kind", "practice"], name="case_measure_once"
            ),
            models.CheckConstraint(
                name="case_measure_known_and_in_range",
                condition=Q(kind=MeasureKind.PAIN, value__lte=10)
                | Q(kind=MeasureKind.CHAIR_STANDS, value__lte=60)
                | Q(kind=MeasureKind.WALKING_MINUTES, value__lte=600),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"
