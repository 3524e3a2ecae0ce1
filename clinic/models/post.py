"""Letters of the site itself that wait to go out, and when what is due was last done."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from clinic.outbox import Letter


class PostedLetter(Letter):
    """A letter about an account, an address or a setting; its row goes when it is out.

    It may carry a link that opens an account, so that it is sealed. ``about`` is what a page asks
    by whether a letter of its own is still here, such as ``test-of-practice-7``.
    """

    sealed = models.BinaryField()
    about = models.CharField(max_length=60, blank=True, db_index=True)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Letter {self.pk}: {self.about or 'of the site'}"


class Heartbeat(models.Model):
    """When something that goes on by itself was last well, one row for each such thing."""

    name = models.CharField(max_length=30, unique=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return f"{self.name}: {self.at}"
