"""A guess at a door of the site, counted to slow down whoever goes on."""

from typing import ClassVar

from django.db import models


class Guess(models.Model):
    """A try that was wrong, or is being judged. ``key`` and ``place`` are keyed hashes."""

    key = models.CharField(max_length=64)
    place = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name_plural = "guesses"
        indexes: ClassVar = [models.Index(fields=["key", "-at"], name="guess_by_key")]

    def __str__(self) -> str:
        return f"Guess at {self.at}"
