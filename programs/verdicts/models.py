"""What the rules say of each running program, kept so that no page has to judge them all."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clinic.models.owned import InheritedPractice
from clinic.models.practice import LONG_AGO
from programs.prescriptions.models import Program


class ProgramCheck(models.Model):
    """One issued program as it was last judged; see ``programs.verdicts.checks``.

    The database makes the row with the first version, and sets ``stale`` in the transaction of
    whatever the judgement depends on, with the beginning of that by its own clock in ``stale_at``.
    ``running``: it was judged as a program that a patient has. ``edition`` names the rules,
    ``settings_at`` the settings of the practice, and ``due_on`` is the day from which time alone
    may change it. ``flags``: the exercises that are not for this patient any more. ``lapsed``: all
    of them for the lack of an override that has run out. ``unasked``: it went out with a question
    that nobody has answered since.
    """

    practice = InheritedPractice(parent="program")
    program = models.OneToOneField(Program, on_delete=models.PROTECT, related_name="live_check")
    stale = models.BooleanField(default=True)
    stale_at = models.DateTimeField(null=True, blank=True)
    running = models.BooleanField(default=False)
    edition = models.CharField(max_length=16, blank=True)
    settings_at = models.DateTimeField(default=LONG_AGO, db_default=LONG_AGO)
    due_on = models.DateField(null=True, blank=True)
    flagged = models.BooleanField(default=False)
    lapsed = models.BooleanField(default=False)
    unasked = models.BooleanField(default=False)
    flags = models.JSONField(default=list)
    since = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["practice", "stale_at"],
                condition=Q(stale=True),
                name="checks_stale_since",
            ),
            models.Index(
                fields=["due_on", "practice"], condition=Q(running=True), name="checks_due"
            ),
            models.Index(
                fields=["edition", "practice"], condition=Q(running=True), name="checks_edition"
            ),
            models.Index(
                fields=["practice", "settings_at"],
                condition=Q(running=True),
                name="checks_settings",
            ),
            models.Index(
                F("practice"),
                F("lapsed"),
                F("since").desc(),
                condition=Q(flagged=True),
                name="checks_flagged",
            ),
            models.Index(fields=["practice"], condition=Q(unasked=True), name="checks_unasked"),
        ]

    def __str__(self) -> str:
        return f"Check of program {self.program_id}"
