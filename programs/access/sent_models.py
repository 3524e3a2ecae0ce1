"""What was sent to a patient about their link. Rows are only added."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from clinic.models.owned import InheritedPractice
from programs.access.models import PatientAccess

WAYS = (
    ("email", "E-mail from here"),
    ("message", "Message from the clinic’s phone"),
    ("own_email", "E-mail from the clinic’s own mailbox"),
    ("copied", "Copied"),
)
LINK_IN_TEXT = "[link]"
"""Stands for the link in a text that is kept: a stolen database opens nothing."""


class LinkSent(models.Model):
    """The link was handed to the patient: how, where to, in which words, by whom.

    ``key`` comes from the form, so that a double click sends once.
    """

    practice = InheritedPractice(parent="access")
    access = models.ForeignKey(
        PatientAccess, on_delete=models.PROTECT, db_index=False, related_name="sendings"
    )
    key = models.UUIDField()
    way = models.CharField(max_length=12, choices=WAYS)
    to = models.CharField(max_length=254, blank=True)
    text = models.TextField(max_length=2000)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("-sent_at", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["access", "key", "practice"], name="link_sent_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_way_display()}, {self.sent_at:%Y-%m-%d}"
