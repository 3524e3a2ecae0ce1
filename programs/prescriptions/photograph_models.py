"""Photographs of issued versions, in the database or in the bucket."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from clinic.models.owned import InheritedPractice
from clinic.models.stored import StoredFile
from programs.prescriptions import photograph_digests
from programs.prescriptions.photograph_digests import Photograph


class IssuedPhotograph(StoredFile):
    """A photograph as one version shows it; ``digest`` is its SHA-256, wherever it lies.

    It hangs on its version, and goes with it when the patient's record is erased. In the bucket
    the versions of a practice share one file.
    """

    FILE = "content"

    practice = InheritedPractice(parent="prescription")
    prescription = models.ForeignKey(
        "programs.IssuedPrescription",
        on_delete=models.PROTECT,
        db_index=False,
        related_name="photographs",
    )
    digest = models.CharField(max_length=64, editable=False)
    content = models.BinaryField()
    content_type = models.CharField(max_length=20)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["practice", "id"], condition=Q(stored_digest=""), name="photos_to_store"
            ),
            models.Index(
                fields=["stored_digest", "practice"],
                condition=~Q(stored_digest=""),
                name="photos_stored",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["prescription", "digest", "practice"], name="photograph_once_a_version"
            ),
        ]

    def __str__(self) -> str:
        return f"Photograph {self.pk}"


def keep(issued: Any, photographs: Mapping[str, Photograph]) -> None:
    """Keep the photographs that a version names, in the transaction that makes the version."""
    IssuedPhotograph.objects.bulk_create(
        [
            IssuedPhotograph(prescription=issued, digest=digest, **taken._asdict())
            for digest, taken in sorted(photographs.items())
        ]
    )


def put_back(issued: Any, payload: Mapping[str, Any]) -> dict[str, Any]:
    """The stored form with its photographs; one query, and none where no photograph is named.

    Raises ``KeyError`` where one is not there, ``StoreAwayError`` where it cannot be had now.
    """
    if not photograph_digests.digests_named(payload):
        return dict(payload)
    rows = IssuedPhotograph.objects.filter(prescription=issued)
    return photograph_digests.put_in(payload, {row.digest: row.whole() for row in rows})
