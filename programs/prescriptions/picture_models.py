"""Drawings, movements and logos of issued versions, each kept once in a practice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models

from clinic.models import Practice
from programs.prescriptions import picture_digests


class FrozenPicture(models.Model):
    """A picture as versions of a practice have it; ``digest`` is its SHA-256, and the database
    compares the two. Rows are only added, and none is ever another.

    Each practice has its own: whether a digest is known tells nobody anything about another
    practice, and a practice stays whole wherever its rows lie.
    """

    practice = models.ForeignKey(
        Practice, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    digest = models.CharField(max_length=64)
    content = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["digest", "practice"], name="frozen_picture_once"),
        ]

    def __str__(self) -> str:
        return self.digest


def put_away(practice_id: Any, payload: Mapping[str, Any]) -> dict[str, Any]:
    """The stored form with names in the place of pictures; those that are new are kept first."""
    stored, pictures = picture_digests.taken_apart(payload)
    kept = FrozenPicture.objects.filter(practice=practice_id, digest__in=pictures)
    new = pictures.keys() - set(kept.values_list("digest", flat=True))
    FrozenPicture.objects.bulk_create(
        # In one order for all: two who issue at once wait for each other one way only.
        [
            FrozenPicture(practice_id=practice_id, digest=d, content=pictures[d])
            for d in sorted(new)
        ],
        ignore_conflicts=True,
    )
    return stored


def put_back(practice_id: Any, payload: Mapping[str, Any]) -> dict[str, Any]:
    """The stored form as it was issued; one query, and none where no picture is named.

    Raises ``KeyError`` where a picture is not there.
    """
    digests = picture_digests.digests_in(payload)
    if not digests:
        return dict(payload)
    rows = FrozenPicture.objects.filter(practice=practice_id, digest__in=digests)
    return picture_digests.put_together(payload, dict(rows.values_list("digest", "content")))
