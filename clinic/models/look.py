"""Who looked at what: every page of a patient's record that was shown, printed or taken out."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from clinic.models.practice import Practice


class LookKind(models.TextChoices):
    """What somebody did without changing anything."""

    READ = "read", "Read"
    PRINT = "print", "Printed"
    EXPORT = "export", "Exported"
    SIGN_IN = "sign_in", "Signed in"
    SIGN_OUT = "sign_out", "Signed out"


class Look(models.Model):
    """One page that somebody was shown. ``clinic.looks`` writes it, and nothing changes it.

    A table of its own beside ``AuditEntry``: people look twenty times for each change they make,
    and whoever asks who changed a case last should not read through all that. A row is some 130
    bytes, so that twenty clinicians with 400 pages a day make about 400 MB a year.

    ``patient`` and ``case`` are ids without a key: the row stays when the record is erased. They
    are empty for a list of many patients and for a sign-in. ``page`` is the name of the address;
    what was searched for or typed is nowhere in it.
    """

    practice = models.ForeignKey(
        Practice, on_delete=models.PROTECT, db_index=False, related_name="looks"
    )
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=LookKind.choices)
    page = models.CharField(max_length=60)
    patient = models.UUIDField(null=True)
    case = models.UUIDField(null=True)
    request_id = models.UUIDField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["practice", "-at", "-id"], name="looks_by_practice"),
            models.Index(
                fields=["practice", "patient", "-at", "-id"],
                name="looks_by_patient",
                condition=Q(patient__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.page} {self.patient or ''}".strip()
