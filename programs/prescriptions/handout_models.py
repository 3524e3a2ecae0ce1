"""The papers of what was issued, kept so that a download is a file."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from clinic.models.owned import InheritedPractice
from clinic.models.stored import StoredFile
from programs.access.models import PatientAccess
from programs.prescriptions.models import IssuedPrescription


class Handout(StoredFile):
    """The PDF of one prescription, kept so that a download is a file.

    ``options``: how it was to be printed, as ``handout.options`` writes it; empty for how every
    version is printed at first. ``access`` and ``address``: the patient's link that is printed on
    it, and the site it leads to. A renewed link prints a new handout, and so does a site that has
    moved: a dead square code helps nobody.
    """

    FILE = "pdf"

    practice = InheritedPractice(parent="prescription")
    prescription = models.ForeignKey(
        IssuedPrescription, on_delete=models.PROTECT, db_index=False, related_name="handouts"
    )
    access = models.ForeignKey(PatientAccess, on_delete=models.PROTECT, related_name="+")
    large_print = models.BooleanField()
    options = models.CharField(max_length=80, default="")
    address = models.CharField(max_length=300, default="")
    pdf = models.BinaryField()
    rendered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["practice", "id"], condition=Q(stored_digest=""), name="handouts_to_store"
            ),
            models.Index(
                fields=["stored_digest", "practice"],
                condition=~Q(stored_digest=""),
                name="handouts_stored",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "prescription",
                    "access",
                    "large_print",
                    "options",
                    "address",
                    "practice",
                ],
                name="handout_once",
            )
        ]
