"""Where somebody is signed in, as they recognise it: a browser, a rough place, a time."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class SignedIn(models.Model):
    """One session of a person. The session itself is Django's, and is found by its row's key.

    Of the address only the network is kept, and only as long as the session.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="signed_in"
    )
    session_key = models.CharField(max_length=40, unique=True)
    browser = models.CharField(max_length=60)
    place = models.CharField(max_length=45)
    started_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-started_at", "-pk"]
        verbose_name_plural = "signed in"

    def __str__(self) -> str:
        return f"{self.browser}, {self.place}"
