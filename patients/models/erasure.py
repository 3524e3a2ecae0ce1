"""That a patient's record was erased: all that is left of it, and never changed itself."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class ErasureReason(models.TextChoices):
    """Why. A choice and not words, so that nothing about the person stays in it."""

    ASKED = "asked", "The patient asked for it"
    RETENTION = "retention", "The time to keep it is over"
    MISTAKE = "mistake", "It was recorded by mistake"


class Erasure(models.Model):
    """Who erased which record when, and how many rows of each table went.

    ``patient`` is the number that the record had: entries of the audit and of who looked name it
    still. Without ``erased_by`` the command did it. The database writes the row with the erasing.
    """

    practice = models.ForeignKey(
        "clinic.Practice", on_delete=models.PROTECT, db_index=False, related_name="erasures"
    )
    patient = models.UUIDField()
    reason = models.CharField(max_length=10, choices=ErasureReason.choices)
    erased_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    erased_at = models.DateTimeField(default=timezone.now)
    counts = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["-erased_at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["practice", "-erased_at", "-id"], name="erasures_by_time")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="erasure_reason_known",
                condition=Q(reason__in=["asked", "retention", "mistake"]),
            )
        ]

    def __str__(self) -> str:
        return f"Erasure of {self.patient}"

    @property
    def rows(self) -> int:
        """How many rows went."""
        return sum(self.counts.values())
