"""What was done: sessions, and the exercises of each, beside what was asked.

Exercise logs are only ever added; a correction is a new row that names the one it replaces.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from clinic.models.owned import InheritedPractice
from patients.models import Case
from patients.models.columns import HELPER_LENGTH, ITEM_LENGTH, NAME_LENGTH
from patients.models.log import CorrectableQuerySet
from programs.prescriptions.models import IssuedPrescription
from programs.sessions.entries import LONGEST_WORDS

REASON_LENGTH = 20


class SessionLog(models.Model):
    """One run through the exercises. Begun is not done: the exercise logs say what was done.

    ``client_id`` is made where the session was begun. ``prescription``: the version it followed.
    ``reason``: why it was stopped early, a code of ``programs.sessions.reasons``. ``helper``: who
    began it by a link of their own; empty for the patient.
    """

    OPEN = "open"
    FINISHED = "finished"
    STOPPED = "stopped"

    practice = InheritedPractice(parent="case")
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, db_index=False, related_name="session_logs"
    )
    client_id = models.UUIDField()
    prescription = models.ForeignKey(
        IssuedPrescription, on_delete=models.PROTECT, related_name="sessions"
    )
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, default=OPEN)
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    words = models.CharField(max_length=LONGEST_WORDS, blank=True)
    received_at = models.DateTimeField(default=timezone.now)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    helper = models.CharField(max_length=HELPER_LENGTH, blank=True, default="", db_default="")

    class Meta:
        ordering: ClassVar = ["started_at", "pk"]
        indexes: ClassVar = [models.Index(fields=["case", "started_at"], name="sessions_by_time")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["id", "practice"], name="session_and_practice"),
            models.UniqueConstraint(fields=["case", "client_id", "practice"], name="session_once"),
            models.CheckConstraint(
                name="session_state_known", condition=Q(state__in=["open", "finished", "stopped"])
            ),
            models.CheckConstraint(
                name="session_ends_when_not_open",
                condition=Q(state="open", ended_at=None)
                | (~Q(state="open") & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="session_not_from_the_future", condition=Q(started_at__lte=F("received_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"Session {self.pk}"


class ExerciseLog(models.Model):
    """What became of one exercise in a session. Null: not counted or not said.

    ``asked`` is the dose as prescribed (``Dosage.to_dict``), null where it is that of the version
    that the session followed; see ``prescribed.dose_asked``. ``sets``, ``reps`` (of a set) and
    ``seconds`` (of a hold, or of timed work) are what was really done, ``side`` where.
    """

    DONE = "done"
    PARTLY = "partly"
    SKIPPED = "skipped"

    practice = InheritedPractice(parent="session")
    session = models.ForeignKey(
        SessionLog, on_delete=models.PROTECT, db_index=False, related_name="exercises"
    )
    client_id = models.UUIDField()
    item = models.CharField(max_length=ITEM_LENGTH)
    item_name = models.CharField(max_length=NAME_LENGTH)
    asked = models.JSONField(null=True, default=None)
    state = models.CharField(max_length=10)
    side = models.CharField(max_length=5, blank=True)
    sets = models.PositiveSmallIntegerField(null=True, blank=True)
    reps = models.PositiveSmallIntegerField(null=True, blank=True)
    seconds = models.PositiveIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    words = models.CharField(max_length=LONGEST_WORDS, blank=True)
    at = models.DateTimeField()
    received_at = models.DateTimeField(default=timezone.now)
    helper = models.CharField(max_length=HELPER_LENGTH, blank=True, default="", db_default="")
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="correction"
    )

    objects = CorrectableQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["session", "client_id", "practice"], name="exercise_log_once"
            ),
            models.CheckConstraint(
                name="exercise_state_known",
                condition=Q(state__in=["done", "partly", "skipped"]),
            ),
            models.CheckConstraint(
                name="exercise_side_known", condition=Q(side__in=["", "left", "right", "both"])
            ),
            models.CheckConstraint(
                name="exercise_amount_in_bounds",
                condition=(Q(sets=None) | Q(sets__lte=100))
                & (Q(reps=None) | Q(reps__lte=1000))
                & (Q(seconds=None) | Q(seconds__lte=86400)),
            ),
            models.CheckConstraint(
                name="exercise_not_from_the_future", condition=Q(at__lte=F("received_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_name}: {self.state}"
