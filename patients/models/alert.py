"""What a clinician is told of a case, and the letter that tells of it."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils import timezone

from clinic.models.owned import InheritedPractice
from clinic.outbox import Letter
from patients.models.case import Case
from patients.models.columns import CODE_LENGTH, ITEM_LENGTH, NAME_LENGTH, code_column
from patients.response.facts import Urgency

OCCASION_LENGTH = 80


class EndedWhy(models.TextChoices):
    """Why something does not hold any more, as the inbox says it."""

    PROGRAM_ENDED = "program_ended", "The program has ended."
    ITEM_GONE = "item_gone", "The exercise is not in the patient’s program any more."
    REISSUED = "reissued", "A new version of the program was issued since."
    CORRECTED = "corrected", "The patient corrected the entry that it came from."
    RECORDED = "recorded", "The direction is recorded by now."
    REINSTATED = "reinstated", "A clinician let the patient go on with the exercise."
    ANSWERED = "answered", "It was answered on the safety screen since."
    KNOWN = "known", "It is recorded as known at the start of the case."
    LATER = "later", "What came in since does not show it any more."
    UNKNOWN = "", "The reports do not show it any more."


class AlertQuerySet(models.QuerySet["Alert"]):
    """Sets of alerts and reviews."""

    def open(self) -> AlertQuerySet:
        """Those nobody has acknowledged."""
        return self.filter(acknowledged_at=None)

    def waiting(self, now: dt.datetime | None = None) -> AlertQuerySet:
        """Open ones that are not snoozed now, most urgent first, then the latest."""
        return (
            self.open()
            .filter(Q(snoozed_until=None) | Q(snoozed_until__lte=now or timezone.now()))
            .order_by("rank", "-raised_at", "pk")
        )

    def put_off(self) -> AlertQuerySet:
        """Open ones that are snoozed until a moment to come."""
        return self.open().filter(snoozed_until__gt=timezone.now())

    def with_card(self) -> Any:
        """Each with ``card``: what tells the events of one case apart. See ``Alert.card_key``."""
        alone = Cast("pk", models.CharField(max_length=OCCASION_LENGTH))
        return self.annotate(card=Coalesce(NullIf(F("occasion"), Value("")), alone))

    def beside(self, alert: Alert) -> AlertQuerySet:
        """Those of the same event as ``alert``, itself included."""
        if not alert.occasion:
            return self.filter(pk=alert.pk)
        return self.filter(case=alert.case_id, occasion=alert.occasion)

    def standing_with(self, alert: Alert) -> AlertQuerySet:
        """Those that are shown where ``alert`` is: waiting, put off, or acknowledged with it."""
        if not alert.is_open:
            return self.filter(acknowledged_at=alert.acknowledged_at)
        until = alert.snoozed_until
        return self.put_off() if until and until > timezone.now() else self.waiting()


class Alert(models.Model):
    """Something a clinician must see (an alert), or may decide (a review).

    ``code``, ``item``, ``facts`` and ``rules`` are those of the response; ``event`` tells one
    occurrence from the next. ``rank`` orders by urgency, 0 first. ``occasion`` names the session or
    the question it came from: what one event raises stands on one card. ``ended_at``: since then it
    no longer holds, and ``ended_why`` says why; it stays in the inbox until somebody puts it away.
    """

    ALERT = "alert"
    REVIEW = "review"
    RANKS: ClassVar = {urgency.value: n for n, urgency in enumerate(Urgency)}

    practice = InheritedPractice(parent="case")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False, related_name="alerts")
    kind = models.CharField(max_length=6)
    code = models.CharField(max_length=CODE_LENGTH)
    item = models.CharField(max_length=ITEM_LENGTH, blank=True)
    item_name = models.CharField(max_length=NAME_LENGTH, blank=True)
    urgency = models.CharField(max_length=10)
    rank = models.PositiveSmallIntegerField()
    facts = models.JSONField(default=dict)
    rules = ArrayField(code_column(), default=list)
    event = models.CharField(max_length=200, blank=True)
    occasion = models.CharField(max_length=OCCASION_LENGTH, blank=True)
    raised_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=20, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.TextField(max_length=2000, blank=True)
    snoozed_until = models.DateTimeField(null=True, blank=True)
    snoozed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    snooze_reason = models.CharField(max_length=300, blank=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["rank", "-raised_at", "pk"]
        indexes: ClassVar = [
            models.Index(
                fields=["practice", "rank", "-raised_at"],
                condition=Q(acknowledged_at=None),
                name="alerts_waiting",
            ),
            models.Index(
                fields=["practice", "case"],
                include=["id", "occasion", "snoozed_until"],
                condition=Q(acknowledged_at=None),
                name="alerts_counted",
            ),
            models.Index(
                fields=["practice", "-acknowledged_at"],
                condition=Q(acknowledged_at__isnull=False),
                name="alerts_done",
            ),
            models.Index(
                fields=["practice", "code"],
                condition=Q(acknowledged_at__isnull=False, ended_at=None),
                name="alerts_uncleared",
            ),
            models.Index(fields=["case", "code"], name="alerts_by_case"),
            models.Index(fields=["case", "occasion"], name="alerts_by_occasion"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["id", "practice"], name="alert_and_practice"),
            models.UniqueConstraint(
                "case",
                "kind",
                "code",
                "item",
                Coalesce(KeyTextTransform("seen", "facts"), Value("")),
                "practice",
                condition=Q(acknowledged_at=None, ended_at=None) & ~Q(code="red_flag"),
                name="alert_open_once",
            ),
            models.UniqueConstraint(
                fields=["case", "event", "practice"],
                condition=Q(acknowledged_at=None, code="red_flag"),
                name="red_flag_alert_open_once",
            ),
            models.CheckConstraint(
                name="alert_kind_known", condition=Q(kind__in=["alert", "review"])
            ),
            models.CheckConstraint(
                name="alert_urgency_known", condition=Q(urgency__in=[u.value for u in Urgency])
            ),
            models.CheckConstraint(
                name="alert_acknowledged_with_name_and_note",
                condition=Q(acknowledged_at=None)
                | Q(acknowledged_by__isnull=False, note__regex=r"\S"),
            ),
            models.CheckConstraint(
                name="alert_snoozed_with_name_and_reason",
                condition=Q(snoozed_until=None)
                | Q(snoozed_by__isnull=False, snooze_reason__regex=r"\S"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"

    @property
    def is_open(self) -> bool:
        """Nobody has acknowledged it."""
        return self.acknowledged_at is None

    @property
    def card_key(self) -> str:
        """The event within its case; what has none stands alone."""
        return self.occasion or str(self.pk)

    @property
    def ended_words(self) -> str:
        """Why it no longer holds, as a sentence."""
        return str(EndedWhy(self.ended_why).label)


class AlertState(models.Model):
    """An alert as it stood from one change to the next: what nobody changes or removes.

    The database writes one with each alert and with each change of it, whoever makes the change;
    ``row`` is the alert's row by the names of its columns. The alert itself is the latest of them.
    """

    practice = InheritedPractice(parent="alert")
    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="states")
    written_at = models.DateTimeField(default=timezone.now)
    row = models.JSONField()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.alert_id} at {self.written_at}"


class AlertMail(Letter):
    """An e-mail to the practice's alert address, kept until it is sent. It holds no health data."""

    practice = InheritedPractice(parent="alert")
    alert = models.OneToOneField(Alert, on_delete=models.PROTECT, related_name="mail")
    to = models.EmailField()
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["next_try_at", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["next_try_at"], condition=Q(sent_at=None), name="mail_unsent")
        ]

    def __str__(self) -> str:
        return f"Mail for alert {self.alert_id}"
