"""What was issued: frozen prescriptions and the handouts printed from them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from programs.models.access import PatientAccess
from programs.models.program import Program
from programs.prescription import Prescription


class IssuedPrescription(models.Model):
    """Version n of a program, frozen; a database trigger forbids change and deletion.

    ``payload`` is :class:`programs.prescription.Prescription` as JSON. ``draft`` is the working
    copy it was made from, to start an amendment or discard one. ``issue_key`` comes from the form,
    so that a double click issues once.
    """

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="prescriptions")
    version = models.PositiveIntegerField()
    payload = models.JSONField()
    draft = models.JSONField()
    digest = models.CharField(max_length=64)
    issue_key = models.UUIDField(unique=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    issued_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("-version",)
        constraints = [
            models.UniqueConstraint(fields=["program", "version"], name="version_once_a_program")
        ]

    def prescription(self) -> Prescription:
        """The frozen value object; raises ``PrescriptionError`` if the row is damaged."""
        return Prescription.from_dict(self.payload)


class Handout(models.Model):
    """The PDF of one prescription, kept so that a download is a file.

    ``access``: the patient's link that is printed on it; a renewed link prints a new handout.
    """

    prescription = models.ForeignKey(
        IssuedPrescription, on_delete=models.PROTECT, related_name="handouts"
    )
    access = models.ForeignKey(PatientAccess, on_delete=models.PROTECT, related_name="+")
    large_print = models.BooleanField()
    pdf = models.BinaryField()
    rendered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["prescription", "access", "large_print"], name="handout_once"
            )
        ]
