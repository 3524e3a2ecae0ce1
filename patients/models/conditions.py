"""The diagnoses and operations of a case. The case is named, not imported: it reads these rows."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from clinic.models.owned import InheritedPractice
from patients import vocabulary
from patients.models.columns import CODE_LENGTH, CONDITION_SIDES

SUBSCAPULARIS = "subscapularis"
"""How a snapshot says that this tendon was torn too."""


def trimmed(row: list[str], least: int) -> list[str]:
    """The row without what is empty at its end, as it was written before it could say more."""
    while len(row) > least and not row[-1]:
        row = row[:-1]
    return row


class CaseCondition(models.Model):
    """A diagnosis of a case, with its side."""

    practice = InheritedPractice(parent="case")
    case = models.ForeignKey(
        "patients.Case", on_delete=models.PROTECT, db_index=False, related_name="conditions"
    )
    code = models.CharField(max_length=CODE_LENGTH)
    side = models.CharField(max_length=12)
    #: How far it has come, where the rules depend on that; empty: not recorded.
    stage = models.CharField(max_length=12, blank=True, default="")
    #: The day it began or last happened, where the rules count weeks from it.
    began_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "code", "side", "practice"], name="condition_once"
            ),
            models.CheckConstraint(
                name="condition_side_known", condition=Q(side__in=CONDITION_SIDES)
            ),
            models.CheckConstraint(
                name="condition_stage_known",
                condition=Q(stage__in=["", *(v.value for v in vocabulary.Stage)]),
            ),
        ]

    def __str__(self) -> str:
        return vocabulary.condition_text(self.code, self.side, self.stage)

    @property
    def facts(self) -> list[str]:
        """The row as ``patients.record.snapshot`` writes it."""
        began = self.began_on.isoformat() if self.began_on else ""
        return trimmed([self.code, self.side, self.stage, began], 2)

    def weeks_ago(self, on: date) -> int | None:
        """Whole weeks since it began; None where the day is not known."""
        return None if self.began_on is None else max(0, (on - self.began_on).days // 7)


class CaseSurgery(models.Model):
    """An operation; the weeks since it decide which movements are restricted."""

    practice = InheritedPractice(parent="case")
    case = models.ForeignKey(
        "patients.Case", on_delete=models.PROTECT, db_index=False, related_name="surgeries"
    )
    code = models.CharField(max_length=CODE_LENGTH)
    performed_on = models.DateField()
    side = models.CharField(max_length=12, blank=True)
    approach = models.CharField(max_length=12, blank=True)
    #: Of a repaired cuff: how large the tear was, and whether the subscapularis was torn too.
    tear_size = models.CharField(max_length=16, blank=True, default="")
    subscapularis = models.BooleanField(default=False)
    #: The day the surgeon lifted the limits of load.
    cleared_on = models.DateField(null=True, blank=True)
    #: How far the surgeon lets joints go, as ``patients.vocabulary.MovementLimit.kept``.
    limits = models.JSONField(default=list, db_default=[], blank=True)

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
            models.CheckConstraint(
                name="surgery_tear_known",
                condition=Q(tear_size__in=["", *(v.value for v in vocabulary.TearSize)]),
            ),
        ]

    def __str__(self) -> str:
        return vocabulary.surgery_text(self.code, self.side, self.approach, self.tear_size)

    @property
    def facts(self) -> list[str]:
        """The row as ``patients.record.snapshot`` writes it."""
        cleared = self.cleared_on.isoformat() if self.cleared_on else ""
        done = [self.code, self.performed_on.isoformat(), self.side, self.approach]
        tear = [self.tear_size, SUBSCAPULARIS if self.subscapularis else ""]
        limits = vocabulary.limits_written(self.movement_limits)
        return trimmed([*done, *tear, cleared, limits], 4)

    @property
    def movement_limits(self) -> tuple[vocabulary.MovementLimit, ...]:
        """How far the surgeon lets joints go."""
        return vocabulary.limits_of(self.limits)

    @property
    def limits_text(self) -> str:
        """The surgeon's limits in words; empty where there is none."""
        return vocabulary.limits_text(self.movement_limits)

    def weeks_ago(self, on: date) -> int:
        """Whole weeks from the operation to ``on``; a date before the operation counts as 0."""
        return max(0, (on - self.performed_on).days // 7)
