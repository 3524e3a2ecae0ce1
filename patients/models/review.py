"""What was decided when a case was reviewed: rows are only added."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from clinic.models.owned import InheritedPractice
from patients.models.case import Case

REVIEW_LENGTH = 3000


class ReviewEnd(models.TextChoices):
    """How a review ended."""

    AMEND = "amend", "Change the program"
    CONTINUE = "continue", "Continue as it is"
    DISCHARGE = "discharge", "Discharge"


class CaseReview(models.Model):
    """One review of a case: how it ended, why, and for one that continues when the next is.

    ``key`` is the number of the form: sent twice, it makes one review.
    """

    practice = InheritedPractice(parent="case")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False, related_name="reviews")
    outcome = models.CharField(max_length=10, choices=ReviewEnd.choices)
    note = models.TextField(max_length=REVIEW_LENGTH)
    next_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    key = models.UUIDField()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "key", "practice"], name="case_review_once"),
            models.CheckConstraint(
                name="case_review_end_known", condition=Q(outcome__in=ReviewEnd.values)
            ),
            models.CheckConstraint(name="case_review_says_why", condition=Q(note__regex=r"\S")),
            models.CheckConstraint(
                name="case_review_continues_to_a_day",
                condition=Q(outcome=ReviewEnd.CONTINUE, next_on__isnull=False)
                | (~Q(outcome=ReviewEnd.CONTINUE) & Q(next_on=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"Review {self.pk}: {self.outcome}"
