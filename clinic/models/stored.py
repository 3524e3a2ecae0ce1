"""Rows whose file may lie in the bucket, and files there that nobody needs any more."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from clinic.models.practice import Practice
from clinic.storehouse import place


class StoredFile(models.Model):
    """A row with a file in the column ``FILE``, or in the bucket under ``stored_digest``.

    Never both: where the column is empty, the digest is the SHA-256 of what was in it. The
    database lets a file go and come back only so.
    """

    FILE: ClassVar[str]
    #: Which rows' files may lie in the bucket.
    MAY_LEAVE: ClassVar[Q] = Q()
    practice: Any
    stored_digest = models.CharField(max_length=64, db_default="", editable=False)
    stored_bytes = models.PositiveIntegerField(db_default=0, editable=False)

    class Meta:
        abstract = True

    def whole(self) -> bytes:
        """The file, wherever it lies; ``StoreAwayError`` where it cannot be had now."""
        if self.stored_digest:
            return place.fetch(self.practice_id, self.stored_digest)  # type: ignore[attr-defined]
        return bytes(getattr(self, self.FILE))

    @property
    def size(self) -> int:
        """How many bytes it has; asks nobody."""
        return self.stored_bytes or len(getattr(self, self.FILE))


class UnwantedFile(models.Model):
    """A file that may lie in the bucket though no row needs it: it is to go.

    Written in the transaction that erases the row or brings its file back, by the database; and
    before a file is put there, so that one whose row was never told is found again.
    """

    practice = models.ForeignKey(
        Practice, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    digest = models.CharField(max_length=64)
    since = models.DateTimeField(default=timezone.now, db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["digest", "practice"], name="unwanted_file_once"),
        ]

    def __str__(self) -> str:
        return self.digest
