"""Who did what, when. Entries are added and never changed; a database trigger holds that."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from clinic.models.practice import Practice


class AuditEntry(models.Model):
    """One thing that somebody did. Write it with ``clinic.audit.record``."""

    practice = models.ForeignKey(
        Practice, on_delete=models.PROTECT, db_index=False, related_name="audit_entries"
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text="Empty for a patient and for the system.",
    )
    actor_label = models.CharField(max_length=160)
    action = models.CharField(max_length=60)
    target_kind = models.CharField(max_length=60)
    target_id = models.CharField(max_length=40)
    details = models.JSONField(default=dict)
    patient = models.UUIDField(
        null=True, blank=True, help_text="Whose record it is about; no key, so that it stays."
    )
    request_id = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        verbose_name_plural = "audit entries"
        indexes: ClassVar = [
            models.Index(fields=["practice", "-at"], name="audit_by_practice"),
            models.Index(fields=["target_kind", "target_id"], name="audit_by_target"),
            models.Index(
                fields=["practice", "patient", "-at", "-id"],
                name="audit_by_patient",
                condition=Q(patient__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor_label}: {self.action} {self.target_kind} {self.target_id}"
