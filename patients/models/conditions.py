"""The diagnoses and operations of a case. The case is named, not imported: it reads these rows."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from clinic.models.owned import InheritedPractice
from patients import vocabulary
from patients.models.columns import CODE_LENGTH, CONDITION_SIDES


class CaseCondition(models.Model):
    """A diagnosis of a case, with its side."""

    practice = InheritedPractice(parent="case")
    case = models.ForeignKey("patients.Case", on_delete=models.PROTECT, related_name="conditions")
    code = models.CharField(max_length=CODE_LENGTH)
    side = models.CharField(max_length=12)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "code", "side", "practice"], name="condition_once"
            ),
            models.CheckConstraint(
                name="condition_side_known", condition=Q(side__in=CONDITION_SIDES)
            ),
        ]

    def __str__(self) -> str:
        return vocabulary.condition_text(self.code, self.side)


class CaseSurgery(models.Model):
    """An operation; the weeks since it decide which movements are restricted."""

    practice = InheritedPractice(parent="case")
    case = models.ForeignKey("patients.Case", on_delete=models.PROTECT, related_name="surgeries")
    code = models.CharField(max_length=CODE_LENGTH)
    performed_on = models.DateField()
    side = models.CharField(max_length=12, blank=True)
    approach = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering: ClassVar = ["-performed_on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "code", "performed_on", "side", "practice"], name="surgery_once"
            ),
            models.CheckConstraint(
                name="surgery_side_known", condition=Q(side__in=["", "left", "right", "bilateral"])
            ),
            models.CheckConstraint(
                name="surgery_approach_known",
                condition=Q(approach__in=["", *(v.value for v in vocabulary.Approach)]),
            ),
        ]

    def __str__(self) -> str:
        return vocabulary.surgery_text(self.code, self.side, self.approach)

    def weeks_ago(self, on: date) -> int:
        """Whole weeks from the operation to ``on``; a date before the operation counts as 0."""
        return max(0, (on - self.performed_on).days // 7)
