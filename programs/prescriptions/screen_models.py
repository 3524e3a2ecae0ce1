"""What was said about the safety screen when a program went out. Rows are only added."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from clinic.models.owned import InheritedPractice
from patients.models.columns import CODE_LENGTH, THE_PATIENT
from patients.questions import label_of
from programs.prescriptions.models import IssuedPrescription, Program


class ScreenWaiver(models.Model):
    """A clinician's named reason why one version went out with a question not asked.

    The question could have made an exercise of that version worse. The next version needs a reason
    of its own.
    """

    practice = InheritedPractice(parent="prescription")
    prescription = models.ForeignKey(
        IssuedPrescription, on_delete=models.PROTECT, db_index=False, related_name="waivers"
    )
    code = models.CharField(max_length=CODE_LENGTH)
    reason = models.TextField(max_length=1000)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["prescription", "code", "practice"], name="waived_once_a_version"
            ),
            models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="waiver_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.label}: not asked"

    @property
    def label(self) -> str:
        """The clinician's short name of the question."""
        return label_of(self.code)


class ScreenReview(models.Model):
    """What a clinician answered, before a new version, about changes since the last screen.

    ``screened_at`` and ``screened_by`` tell which screen that was: who gave its latest answer and
    when; without a name it was the patient.
    """

    practice = InheritedPractice(parent="program")
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="screen_reviews")
    version = models.PositiveIntegerField()
    changed = models.BooleanField()
    screened_at = models.DateTimeField(null=True, blank=True)
    screened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return "Something changed" if self.changed else "Nothing changed"

    @property
    def screened_who(self) -> str:
        """Who gave the latest answer of that screen, as it is shown."""
        return str(self.screened_by) if self.screened_by else THE_PATIENT
