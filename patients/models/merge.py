"""Two records of one person made one, and taken apart again. Rows are only added."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from patients.models.patient import Patient


class MergeChoice(models.TextChoices):
    """Whose value of a field stands in the record that stays."""

    KEPT = "kept", "From the record that stays"
    GONE = "gone", "From the record that goes"
    BOTH = "both", "Both, one after the other"


class PatientMerge(models.Model):
    """One merge: who made it, when and why, what moved, and what each record said before.

    ``moved``: the keys of the rows that went over, by table. ``values``: for each field of the
    patient what either record said (``kept``, ``gone``), the ``choice`` and the ``result``.
    """

    practice = models.ForeignKey(
        "clinic.Practice", on_delete=models.PROTECT, related_name="patient_merges"
    )
    kept = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="merges")
    gone = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="goings")
    reason = models.CharField(max_length=500)
    moved = models.JSONField()
    values = models.JSONField()
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    merged_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["id", "practice"], name="merge_and_practice"),
            models.CheckConstraint(name="merge_of_two", condition=~Q(kept=F("gone"))),
            models.CheckConstraint(name="merge_has_reason", condition=Q(reason__regex=r"\S")),
        ]

    def __str__(self) -> str:
        return f"Merge {self.pk}"

    @property
    def is_taken_back(self) -> bool:
        """Whether the two are two again."""
        return hasattr(self, "taken_back")

    @property
    def cases_moved(self) -> int:
        """How many cases went over."""
        return len(self.moved.get("patients.Case", []))

    def not_kept(self) -> list[tuple[str, Any]]:
        """Fields of either record that say something else than the result, with their value."""
        return [
            (name, said[side])
            for name, said in self.values.items()
            for side in ("kept", "gone")
            if said["choice"] != MergeChoice.BOTH
            if said[side] not in ("", said["result"])
        ]


class PatientMergeReturn(models.Model):
    """A merge that was taken back."""

    practice = models.ForeignKey("clinic.Practice", on_delete=models.PROTECT, related_name="+")
    merge = models.OneToOneField(PatientMerge, on_delete=models.PROTECT, related_name="taken_back")
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    returned_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"Merge {self.merge_id}, taken back"
