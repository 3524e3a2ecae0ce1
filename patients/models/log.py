"""What patients report, and what the response rules made of it.

Logs and scores are only ever added; a database trigger holds that. A correction is a new row that
names the one it replaces.
"""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from clinic.models.owned import InheritedPractice
from clinic.models.practice import LONG_AGO
from patients import vocabulary
from patients.models.case import Case
from patients.models.columns import (
    CODE_LENGTH,
    HELPER_LENGTH,
    ITEM_LENGTH,
    NAME_LENGTH,
    code_column,
)
from patients.response.facts import Outcome, Phase, Trend


class CorrectableQuerySet(models.QuerySet[Any]):
    """Sets of rows that are corrected by a later row which names them."""

    def standing(self) -> Self:
        """Rows that no later one corrects.

        Asked this way and not by an outer join, which the planner takes for almost no rows: it
        then reads the logs of every case first.
        """
        later = self.model._default_manager.using(self.db).filter(corrects=OuterRef("pk"))
        return self.filter(~Exists(later))


class SymptomLog(models.Model):
    """How it was at one moment. Null means not asked or not answered, never none or no.

    ``client_id`` is made where it was entered, so that sending twice stores once. ``at`` is the
    moment itself, never after ``received_at``. ``item`` names an exercise of the prescription by
    its id, with its name as it was; empty: the session as a whole. ``regions`` are codes of
    ``patients.body``, ``left`` and ``right`` the most distal location they mean. ``provoked``:
    items that brought it on, as the patient says. ``entered_by``: a clinician who typed it in from
    paper; null for the patient. ``helper``: who helps them and told it by a link of their own.
    """

    practice = InheritedPractice(parent="case")
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, db_index=False, related_name="symptom_logs"
    )
    client_id = models.UUIDField()
    session = models.UUIDField()
    phase = models.CharField(max_length=10)
    at = models.DateTimeField()
    received_at = models.DateTimeField(default=timezone.now)
    item = models.CharField(max_length=ITEM_LENGTH, blank=True)
    item_name = models.CharField(max_length=NAME_LENGTH, blank=True)
    pain = models.PositiveSmallIntegerField(null=True, blank=True)
    regions = ArrayField(code_column(), null=True, blank=True)
    left = models.CharField(max_length=20, blank=True)
    right = models.CharField(max_length=20, blank=True)
    kinds = ArrayField(code_column(), null=True, blank=True)
    provoked = ArrayField(code_column(), null=True, blank=True)
    red_flags = ArrayField(code_column(), default=list, blank=True)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="correction"
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    helper = models.CharField(max_length=HELPER_LENGTH, blank=True, default="", db_default="")

    objects = CorrectableQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        indexes: ClassVar = [models.Index(fields=["case", "at"], name="symptoms_by_time")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "client_id", "practice"], name="symptom_log_once"
            ),
            models.CheckConstraint(
                name="symptom_phase_known", condition=Q(phase__in=[p.value for p in Phase])
            ),
            models.CheckConstraint(
                name="symptom_pain_0_to_10",
                condition=Q(pain__isnull=True) | Q(pain__range=(0, 10)),
            ),
            models.CheckConstraint(
                name="symptom_locations_known",
                condition=Q(regions__isnull=True, left="", right="")
                | Q(
                    regions__isnull=False,
                    left__in=list(vocabulary.PLACE_LABELS),
                    right__in=list(vocabulary.PLACE_LABELS),
                ),
            ),
            models.CheckConstraint(
                name="symptom_not_from_the_future", condition=Q(at__lte=F("received_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"Log {self.pk}"


class CaseResponse(models.Model):
    """What the rules made of a case's logs, as of ``computed_at``; the answer is kept whole.

    ``answer`` is the ``respond`` contract's output. Written in the transaction that stores a log;
    its row is the lock under which the logs of a case are judged one after the other. ``edition``
    names the rules that made it, ``settings_at`` the settings of the practice. ``judge_at``: at
    every moment before it the answer is the same, as long as nothing else changes; what does sets
    it due in the same transaction. ``watched``: the case may have a running program. ``folded``:
    which sessions from before ``folded_before`` are still read (``programs.sessions.folding``); a
    log from before that day empties both at once.
    """

    practice = InheritedPractice(parent="case")
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="response")
    outcome = models.CharField(max_length=20, default=Outcome.CARRY_ON.value)
    trend = models.CharField(max_length=20, default=Trend.TOO_EARLY.value)
    answer = models.JSONField(default=dict)
    computed_at = models.DateTimeField(null=True, blank=True)
    edition = models.CharField(max_length=16, blank=True)
    settings_at = models.DateTimeField(default=LONG_AGO, db_default=LONG_AGO)
    #: From the beginning: due at once, by whatever clock.
    judge_at = models.DateTimeField(default=LONG_AGO)
    watched = models.BooleanField(default=True)
    folded_before = models.DateTimeField(null=True, blank=True)
    folded = models.JSONField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["judge_at", "practice"], condition=Q(watched=True), name="answers_due"
            ),
            models.Index(
                fields=["edition", "practice"], condition=Q(watched=True), name="answers_edition"
            ),
            models.Index(
                fields=["practice", "settings_at"],
                condition=Q(watched=True),
                name="answers_settings",
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="response_outcome_known", condition=Q(outcome__in=[o.value for o in Outcome])
            ),
            models.CheckConstraint(
                name="response_trend_known", condition=Q(trend__in=[t.value for t in Trend])
            ),
        ]

    def __str__(self) -> str:
        return f"Response of case {self.case_id}"


class ResponseMark(models.Model):
    """A clinician's word that a stopped exercise goes on, or that a sign is dealt with."""

    REINSTATED = "reinstated"
    CLEARED = "cleared"

    practice = InheritedPractice(parent="case")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="response_marks")
    kind = models.CharField(max_length=10)
    code = models.CharField(max_length=CODE_LENGTH)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(max_length=2000)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="mark_kind_known", condition=Q(kind__in=["reinstated", "cleared"])
            ),
            models.CheckConstraint(name="mark_has_note", condition=Q(note__regex=r"\S")),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.code}"
