"""The history of a case."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from clinic.models.owned import InheritedPractice
from patients.models.case import Case
from patients.models.columns import HELPER_LENGTH, THE_PATIENT


class CaseRevision(models.Model):
    """The whole case as it stood after one change. Rows are only added.

    ``changed_by`` is null where the patient did it on their own page, or the ``helper`` named.
    ``fields`` names what changed (``goals``, ``conditions``, ``answer:osteoporosis``…);
    ``snapshot`` holds every fact, as ``patients.record.snapshot`` wrote it.
    """

    practice = InheritedPractice(parent="case")
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, db_index=False, related_name="revisions"
    )
    number = models.PositiveIntegerField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    helper = models.CharField(max_length=HELPER_LENGTH, blank=True, default="", db_default="")
    #: Shared by all that was written with one press; null in rows from before there was one.
    save_id = models.UUIDField(null=True, editable=False)
    changed_at = models.DateTimeField(default=timezone.now)
    fields = ArrayField(models.CharField(max_length=80), default=list)
    snapshot = models.JSONField()

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "number", "practice"], name="case_revision_once"
            )
        ]

    def __str__(self) -> str:
        return f"Revision {self.number}"

    @property
    def who(self) -> str:
        """Who changed it, as it is shown."""
        return str(self.changed_by) if self.changed_by else self.helper or THE_PATIENT
